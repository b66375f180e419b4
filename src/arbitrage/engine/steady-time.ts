import type { Clock } from '../../transport/clock.js';

/** Epoch ms that only go forward at the pace of time: setting the wall clock moves no deadline of a running engine. */
export function createSteadyTime(clock: Clock): () => number {
  const [wall, start] = [clock.now(), clock.monotonic()];
  return () => wall + Math.floor(clock.monotonic() - start);
}
