/** How a connection comes back. Data: venues export theirs by name. */
export interface ReconnectPolicy {
  /** Wait before the first new attempt, ms; the actual wait is uniform in [0, wait] (full jitter), never below `floorMs`. */
  readonly firstDelayMs: number;
  readonly factor: number;
  readonly maxDelayMs: number;
  readonly floorMs: number;
  /** Consecutive failures before giving up; `Infinity` = never give up. */
  readonly maxAttempts: number;
  /** The wait starts again from `firstDelayMs` after the connection was up this long, ms. */
  readonly stableAfterMs: number;
  /** Close codes that start the wait again from `firstDelayMs` at once. */
  readonly resetOnCloseCodes: readonly number[];
  /** Upper bound of connection attempts in any 60 s to one host. */
  readonly maxConnectsPerMinute: number;
}

/** How an idempotent request is repeated. Data: venues export theirs by name. */
export interface RetryPolicy {
  /** All tries, the first included. 1 = no retry. */
  readonly maxAttempts: number;
  readonly baseDelayMs: number;
  /** Upper bound of one wait, ms. `Retry-After` may exceed it, up to `maxRetryAfterMs`. */
  readonly maxDelayMs: number;
  readonly maxRetryAfterMs: number;
  /** Wait before try `attempt + 1` without jitter, ms; `attempt` counts from 1. */
  delayMs(attempt: number, reason: 'rate_limit' | 'failure', baseDelayMs: number): number;
}
