import { runWorlds, type Totals } from './many-worlds.js';

const LOOK_EVERY_MS = 2_000;
/** Fewer events say nothing: the heap breathes. */
const LEAST_EVENTS = 500_000_000;
/** Per so many events the process may grow by so much, bytes. */
const PER_EVENTS = 100_000_000;
const MOST_GROWTH = 1_048_576;

/** The long worlds, with an eye on what the whole process takes of the machine. */
export async function runSoak(seed: string, limits: { readonly ms: number; readonly count: number }): Promise<Totals> {
  const sizes: number[] = [];
  const timer = setInterval(() => sizes.push(process.memoryUsage.rss()), LOOK_EVERY_MS);
  const totals = await runWorlds('soak', seed, limits).finally(() => clearInterval(timer));
  if (totals.count < PER_EVENTS) return totals;
  const growth = Math.round((slopeOf(sizes) * PER_EVENTS) / totals.count);
  totals.outcomes['KiB of RSS per 100,000,000 events'] = Math.round(growth / 1_024);
  if (totals.count >= LEAST_EVENTS && growth >= MOST_GROWTH) {
    totals.failedWorlds++;
    totals.failures.push(`the process grows by ${growth} bytes in ${PER_EVENTS} events`);
  }
  return totals;
}

/** What the smallest sizes of the last third have grown by since the second one, for the whole run: the first warms up. */
function slopeOf(sizes: readonly number[]): number {
  const third = Math.floor(sizes.length / 3);
  if (third === 0) return 0;
  const low = (from: number): number => Math.min(...sizes.slice(from, from + third));
  return 3 * (low(2 * third) - low(third));
}
