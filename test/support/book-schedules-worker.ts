import { parentPort, workerData } from 'node:worker_threads';
import { addReport, emptyTotals, type ScheduleJob } from './book-schedules.js';
import { prepareWorlds, runBookWorld } from './book-world.js';

/** Runs the worlds of one job and posts their totals; seeds are `<seed>:<number>`, every `step`-th from `first`. */
const { seed, first, step, until, schedules } = workerData as ScheduleJob;
await prepareWorlds();
const totals = emptyTotals();
for (let world = first; totals.schedules < schedules && Date.now() < until; world += step) {
  parentPort?.postMessage(`${seed}:${world}`);
  addReport(totals, await runBookWorld(`${seed}:${world}`));
}
parentPort?.postMessage(totals);
