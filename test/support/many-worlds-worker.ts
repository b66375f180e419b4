import { parentPort, workerData } from 'node:worker_threads';
import { addWorld, emptyTotals, type WorldJob, type WorldResult } from './many-worlds.js';

interface WorldModule {
  prepareWorlds(): Promise<void>;
  runWorld(seed: string): Promise<WorldResult>;
}

const { module, seed, first, step, ms, count } = workerData as WorldJob;
const { prepareWorlds, runWorld } = (await import(module)) as WorldModule;
// Most refusals are meant here, and nobody reads their stacks.
Error.stackTraceLimit = 0;
const totals = emptyTotals();
await prepareWorlds();
const until = performance.now() + ms;
for (let world = first; performance.now() < until && totals.count < count; world += step) {
  parentPort?.postMessage(`${seed}:${world}`);
  addWorld(totals, await runWorld(`${seed}:${world}`));
}
parentPort?.postMessage(totals);
