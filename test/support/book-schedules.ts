import { Worker } from 'node:worker_threads';
import type { WorldReport } from './book-world.js';

/** A share of a run. */
export interface ScheduleJob {
  readonly seed: string;
  /** Number of the first world. */
  readonly first: number;
  readonly step: number;
  /** Epoch ms at which no new world is begun. */
  readonly until: number;
  /** Enough for this job. */
  readonly schedules: number;
}

export interface ScheduleTotals {
  worlds: number;
  schedules: number;
  checks: number;
  failedWorlds: number;
  readonly faults: Record<string, number>;
  readonly schedulesByFeed: Record<string, number>;
  /** The first few, each with the seed of its world. */
  readonly failures: string[];
}

const SHOWN_FAILURES = 10;
/** A world takes less than a second; one that is not over by then stands still. */
const GRACE_MS = 15_000;

/** Node 20 does not take a TypeScript file as the entry of a thread. */
const BOOT = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./book-schedules-worker.ts', import.meta.url).href)});
});`;

export function emptyTotals(): ScheduleTotals {
  return { worlds: 0, schedules: 0, checks: 0, failedWorlds: 0, faults: {}, schedulesByFeed: {}, failures: [] };
}

export function addReport(totals: ScheduleTotals, report: WorldReport): void {
  const { seed, feed, schedules, checks, faults, failures } = report;
  add(totals, {
    worlds: 1,
    schedules,
    checks,
    failedWorlds: failures.length > 0 ? 1 : 0,
    faults,
    schedulesByFeed: { [feed]: schedules },
    failures: failures.slice(0, 1).map((failure) => `seed ${seed}, ${feed}: ${failure}`),
  });
}

/** Runs worlds in two threads for `ms`, or until there are `schedules` of them. */
export async function runSchedules(seed: string, limits: { ms: number; schedules: number }): Promise<ScheduleTotals> {
  const threads = 2;
  const until = Date.now() + limits.ms;
  const totals = emptyTotals();
  const jobs = Array.from({ length: threads }, (_, first) =>
    runJob({ seed, first, step: threads, until, schedules: limits.schedules / threads }),
  );
  for (const part of await Promise.all(jobs)) add(totals, part);
  return totals;
}

/** One line of what happened. */
export function printTotals(seed: string, totals: ScheduleTotals, seconds: number): string {
  const list = (counts: Record<string, number>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const rate = Math.round(totals.schedules / seconds);
  return (
    `books under faults: seed ${seed}, ${totals.schedules} schedules in ${seconds.toFixed(1)} s (${rate}/s), ` +
    `${totals.worlds} worlds, ${totals.checks} comparisons, ${totals.failedWorlds} failed; ` +
    `feeds: ${list(totals.schedulesByFeed)}; faults: ${list(totals.faults)}`
  );
}

function runJob(job: ScheduleJob): Promise<ScheduleTotals> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(BOOT, { eval: true, workerData: job });
    let world = 'none';
    const limit = setTimeout(
      () => {
        const totals = emptyTotals();
        totals.failedWorlds = 1;
        totals.failures.push(`seed ${world}: the world does not end`);
        resolve(totals);
        void worker.terminate();
      },
      job.until + GRACE_MS - Date.now(),
    );
    worker.on('message', (message: string | ScheduleTotals) => {
      if (typeof message === 'string') world = message;
      else resolve(message);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`the worker ended with code ${code} and no result`));
    });
  });
}

function add(totals: ScheduleTotals, part: ScheduleTotals): void {
  totals.worlds += part.worlds;
  totals.schedules += part.schedules;
  totals.checks += part.checks;
  totals.failedWorlds += part.failedWorlds;
  for (const [kind, count] of Object.entries(part.faults)) totals.faults[kind] = (totals.faults[kind] ?? 0) + count;
  for (const [feed, count] of Object.entries(part.schedulesByFeed)) {
    totals.schedulesByFeed[feed] = (totals.schedulesByFeed[feed] ?? 0) + count;
  }
  for (const failure of part.failures) if (totals.failures.length < SHOWN_FAILURES) totals.failures.push(failure);
}
