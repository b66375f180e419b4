import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { emptyTotals, type Totals } from './many-worlds.js';
import type { SameSeedJob, SameSeedTraces } from './same-seed-child.js';

/** What is proven. */
export const SAME_SEED = { title: 'the same seed twice', unit: 'seeds' };

const CHILD = fileURLToPath(new URL('./same-seed-child.ts', import.meta.url));
/** Seeds of one pair of processes. */
const MOST = 250;
/** A process that says nothing for so long stands still, ms. */
const STILL_MS = 300_000;

/**
 * Runs each seed in two fresh processes side by side, in one of them backwards, so that whatever the machine, the hour or an
 * earlier world puts into a world makes its two traces differ. `mistake` is such an influence.
 */
export async function runSameSeeds(
  seed: string,
  { ms, count }: { readonly ms: number; readonly count: number },
  mistake?: SameSeedJob['mistake'],
): Promise<Totals> {
  const totals = emptyTotals();
  const until = performance.now() + ms;
  for (let first = 0; first < count && performance.now() < until; first += MOST) {
    const job = { seed, first, count: Math.min(MOST, count - first), mistake };
    const pair = [false, true].map((isBackwards) => runProcess({ ...job, isBackwards }));
    compare(totals, await Promise.all(pair));
  }
  return totals;
}

function compare(totals: Totals, [forwards = {}, backwards = {}]: readonly SameSeedTraces[]): void {
  for (const [world, { sort, trace }] of Object.entries(forwards)) {
    totals.worlds += 2;
    totals.count++;
    totals.checks++;
    totals.bySort[sort] = (totals.bySort[sort] ?? 0) + 1;
    const other = backwards[world]?.trace;
    if (other === trace) continue;
    totals.failedWorlds++;
    if (totals.failures.length < 10) totals.failures.push(`seed ${world}, ${sort}: ${trace} and then ${other}`);
  }
}

function runProcess(job: SameSeedJob): Promise<SameSeedTraces> {
  return new Promise((resolve, reject) => {
    const child = fork(CHILD, [JSON.stringify(job)], { execArgv: ['--import', 'tsx'] });
    const watchdog = setTimeout(() => child.kill('SIGKILL'), STILL_MS);
    child.once('message', (traces: SameSeedTraces) => resolve(traces));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(watchdog);
      reject(new Error(`the worlds from ${job.seed}:${job.first} ended with ${signal ?? code} and no traces`));
    });
  });
}
