import type { Clock } from '../transport/clock.js';

/** A clock whose wall time is wrong by what `aheadMs` says at that moment; nothing else of it is. */
export function createSkewedClock(clock: Clock, aheadMs: () => number): Clock {
  return {
    now: () => clock.now() + aheadMs(),
    monotonic: () => clock.monotonic(),
    setTimer: (delayMs, callback, options) => clock.setTimer(delayMs, callback, options),
  };
}
