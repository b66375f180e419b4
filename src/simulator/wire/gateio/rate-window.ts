import type { Clock } from '../../../transport/clock.js';

/** What a caller has left of one budget after a request. */
export interface RateVerdict {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Ms until the next request would be let through; 0 when allowed. */
  readonly waitMs: number;
}

/** An exact sliding window: at most `limit` requests of one key in any `windowMs`. Refused requests do not count. */
export interface RateWindow {
  /** @param count how many requests it stands for. Default 1. */
  take(key: string, count?: number): RateVerdict;
}

export function createRateWindow(clock: Clock, limit: number, windowMs: number): RateWindow {
  const taken = new Map<string, number[]>();
  return {
    take(key, count = 1) {
      const now = clock.monotonic();
      const times = taken.get(key) ?? [];
      taken.set(key, times);
      while (times.length > 0 && now - times[0]! >= windowMs) times.shift();
      const excess = times.length + count - limit;
      if (excess > 0) {
        const freedAt = (times[excess - 1] ?? now) + windowMs;
        return { allowed: false, remaining: Math.max(0, limit - times.length), waitMs: freedAt - now };
      }
      for (let i = 0; i < count; i++) times.push(now);
      return { allowed: true, remaining: limit - times.length, waitMs: 0 };
    },
  };
}
