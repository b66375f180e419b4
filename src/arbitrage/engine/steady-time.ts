import type { Clock } from '../../transport/clock.js';

/**
 * Epoch ms that only go forward at the pace of time: setting the wall clock moves no deadline of a running engine.
 * @param notBefore epoch ms that an earlier run has seen already: a wall clock that was set back meanwhile stops no deadline.
 */
export function createSteadyTime(clock: Clock, notBefore = 0): () => number {
  const [wall, start] = [Math.max(clock.now(), notBefore), clock.monotonic()];
  return () => wall + Math.floor(clock.monotonic() - start);
}
