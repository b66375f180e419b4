import { PerformanceObserver } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from './rounds.js';

/** Passes before measuring: everything is compiled by then. */
const WARM_UP_MS = 1_500;

/**
 * Bytes of heap that one unit of work allocates, garbage included. The process runs with a young generation so large that
 * nothing is collected on the way (see `HEAP_FLAGS`); a collection during the pass throws the sample away.
 * @throws {Error} when every pass was interrupted by a collection.
 */
export async function bytesPerUnit(contender: Contender, units: number, passes: number): Promise<number[]> {
  if (gc === undefined) throw new Error('bytesPerUnit needs --expose-gc');
  let collectedAt = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) collectedAt = Math.max(collectedAt, startTime);
  });
  observer.observe({ entryTypes: ['gc'] });
  const until = performance.now() + WARM_UP_MS;
  while (performance.now() < until) {
    await contender.prepare?.();
    await contender.run();
  }
  const samples: number[] = [];
  for (let pass = 0; pass < passes; pass++) {
    await contender.prepare?.();
    gc();
    const startedAt = performance.now();
    const before = heapUsed();
    const pending = contender.run();
    if (pending !== undefined) await pending;
    const after = heapUsed();
    // Collections are told in a later turn.
    await sleep(5);
    if (collectedAt < startedAt) samples.push(Math.max(0, after - before - READING) / units);
  }
  observer.disconnect();
  if (samples.length === 0) throw new Error(`${contender.name}: the heap was collected during every pass`);
  return samples;
}

/** Flags of the process that measures allocation: no collection within a pass. */
export const HEAP_FLAGS = ['--expose-gc', '--min-semi-space-size=512', '--max-semi-space-size=512'];

/** Reading the figure allocates its own answer. */
const READING = costOfReading();

function costOfReading(): number {
  const samples = Array.from({ length: 64 }, () => {
    const before = heapUsed();
    return heapUsed() - before;
  });
  return Math.max(0, Math.min(...samples.slice(32)));
}

function heapUsed(): number {
  const { heapUsed: onHeap, arrayBuffers } = process.memoryUsage();
  return onHeap + arrayBuffers;
}
