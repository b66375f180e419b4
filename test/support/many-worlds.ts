import { Worker } from 'node:worker_threads';
import type { SeededRandom } from '../../src/transport/seeded-random.js';

/** What one world of a kind did. */
export interface WorldResult {
  /** Replays it. */
  readonly seed: string;
  /** What sort of world it was: a feed, a venue. */
  readonly sort: string;
  /** What is proven by it, in the unit of the harness: fault schedules, ambiguous outcomes. */
  readonly count: number;
  /** Things that were looked at. */
  readonly checks: number;
  /** What really happened, by name. */
  readonly faults: Readonly<Record<string, number>>;
  /** Hash of everything that happened at the venue. */
  readonly trace?: string;
  /** How things ended, by name. */
  readonly outcomes?: Readonly<Record<string, number>>;
  /** Empty = proven. */
  readonly failures: readonly string[];
}

/** The harnesses whose worlds can be run in threads; each module exports `prepareWorlds` and `runWorld`. */
export const HARNESSES = {
  books: { module: './book-world.ts', title: 'books under faults', unit: 'schedules' },
  orders: { module: './order-world.ts', title: 'orders with lost answers', unit: 'ambiguous outcomes' },
  events: { module: './tracker-world.ts', title: 'news of orders mixed up', unit: 'interleavings' },
  trading: { module: './trading-world.ts', title: 'trading under faults', unit: 'calls' },
  accounts: { module: './perpetual-account-world.ts', title: 'accounts in perpetuals under faults', unit: 'fills' },
  clocks: { module: './clock-world.ts', title: 'clocks that jump, processes that stand still', unit: 'disturbances' },
  close: { module: './close-world.ts', title: 'closing at any instant', unit: 'closings' },
  frames: { module: './frame-world.ts', title: 'frames read in place', unit: 'frames' },
  fuzz: { module: './fuzz-world.ts', title: 'changed frames and bodies', unit: 'frames' },
  soak: { module: './soak-long-world.ts', title: 'books that live long', unit: 'book events' },
  soakSlice: { module: './soak-world.ts', title: 'books that live for a while', unit: 'book events' },
  limits: { module: './limit-world.ts', title: 'limits of the venues', unit: 'arrivals' },
  bodies: { module: './body-world.ts', title: 'damaged replies', unit: 'damages' },
  crashes: { module: './arbitrage-world.ts', title: 'arbitrage under crashes', unit: 'crashes' },
} as const;

export type Harness = keyof typeof HARNESSES;

/** A share of a run. */
export interface WorldJob {
  readonly module: string;
  readonly seed: string;
  /** Number of the first world. */
  readonly first: number;
  readonly step: number;
  /** No new world is begun so long after the first. */
  readonly ms: number;
  /** Enough for this job. */
  readonly count: number;
}

export interface Totals {
  worlds: number;
  count: number;
  checks: number;
  failedWorlds: number;
  readonly faults: Record<string, number>;
  readonly outcomes: Record<string, number>;
  readonly bySort: Record<string, number>;
  /** The first few, each with the seed of its world. */
  readonly failures: string[];
}

const SHOWN_FAILURES = 10;
/** A world takes less than a second, a start a few; what takes so long stands still. */
const STILL_MS = 120_000;

/** Node 20 does not take a TypeScript file as the entry of a thread. */
const BOOT = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./many-worlds-worker.ts', import.meta.url).href)});
});`;

export function emptyTotals(): Totals {
  return { worlds: 0, count: 0, checks: 0, failedWorlds: 0, faults: {}, outcomes: {}, bySort: {}, failures: [] };
}

export function addWorld(totals: Totals, world: WorldResult): void {
  const { seed, sort, count, checks, faults, outcomes = {}, failures } = world;
  add(totals, {
    worlds: 1,
    count,
    checks,
    failedWorlds: failures.length > 0 ? 1 : 0,
    faults,
    outcomes,
    bySort: { [sort]: count },
    failures: failures.slice(0, 1).map((failure) => `seed ${seed}, ${sort}: ${failure}`),
  });
}

/** Runs worlds in two threads for `ms`, or until they have proven `count`. */
export async function runWorlds(
  harness: Harness,
  seed: string,
  limits: { readonly ms: number; readonly count: number },
): Promise<Totals> {
  const threads = 2;
  const module = new URL(HARNESSES[harness].module, import.meta.url).href;
  const totals = emptyTotals();
  const jobs = Array.from({ length: threads }, (_, first) =>
    runJob({ module, seed, first, step: threads, ms: limits.ms, count: limits.count / threads }),
  );
  for (const part of await Promise.all(jobs)) add(totals, part);
  return totals;
}

/**
 * What sort of world a seed makes: in a run, whose seeds are numbered, each sort has exactly its part of all worlds; else by
 * chance. @param sorts each as often as its part says.
 */
export function sortOf<Sort>(seed: string, sorts: readonly Sort[], random: SeededRandom): Sort {
  const drawn = random.pick(sorts);
  const number = /:(\d+)$/.exec(seed)?.[1];
  // Each of two threads has every other number.
  return number === undefined ? drawn : (sorts[Math.floor(Number(number) / 2) % sorts.length] as Sort);
}

/** One line of what happened. */
export function printTotals(
  { title, unit }: { readonly title: string; readonly unit: string },
  seed: string,
  totals: Totals,
  seconds: number,
): string {
  const { count, worlds, checks, failedWorlds, bySort, outcomes, faults } = totals;
  const rate = Math.round(count / seconds);
  const parts = [
    `${title}: seed ${seed}, ${count} ${unit} in ${seconds.toFixed(1)} s (${rate}/s), ${worlds} worlds`,
    `${checks} checks, ${failedWorlds} failed`,
    ...[bySort, outcomes, faults].map(list).filter((text) => text !== ''),
  ];
  return parts.join('; ');
}

function list(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function runJob(job: WorldJob): Promise<Totals> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(BOOT, { eval: true, workerData: job });
    let world = 'none';
    const watchdog = setTimeout(() => {
      const totals = emptyTotals();
      totals.failedWorlds = 1;
      totals.failures.push(`seed ${world}: the world does not end`);
      resolve(totals);
      void worker.terminate();
    }, STILL_MS);
    worker.on('message', (message: string | Totals) => {
      watchdog.refresh();
      if (typeof message === 'string') world = message;
      else resolve(message);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(watchdog);
      reject(new Error(`the worker ended with code ${code} and no result`));
    });
  });
}

function add(totals: Totals, part: Totals): void {
  totals.worlds += part.worlds;
  totals.count += part.count;
  totals.checks += part.checks;
  totals.failedWorlds += part.failedWorlds;
  for (const name of ['faults', 'outcomes', 'bySort'] as const) {
    for (const [key, count] of Object.entries(part[name])) totals[name][key] = (totals[name][key] ?? 0) + count;
  }
  for (const failure of part.failures) if (totals.failures.length < SHOWN_FAILURES) totals.failures.push(failure);
}
