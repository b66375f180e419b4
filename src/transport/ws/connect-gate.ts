import type { Clock } from '../clock.js';
import { createRateLimiter } from '../rate-limiter.js';

const MINUTE_MS = 60_000;

/** Bounds how often sockets are opened to one host. Shared by all connections of a client. */
export interface ConnectGate {
  /**
   * Resolves when one more attempt may be made, in the order of asking; the attempt counts from then.
   * @throws {AbortedError} when the signal fires first; nothing has been counted then.
   */
  enter(signal?: AbortSignal): Promise<void>;
}

/** @param options.maxPerMinute attempts in any 60 s, at least 1; an exact sliding window, so all may come at once. */
export function createConnectGate(options: { readonly clock: Clock; readonly maxPerMinute: number }): ConnectGate {
  const limiter = createRateLimiter({ clock: options.clock });
  const attempt = [{ key: 'connects', capacity: options.maxPerMinute, intervalMs: MINUTE_MS, weight: 1 }];
  return { enter: (signal) => limiter.acquire(attempt, { signal }) };
}
