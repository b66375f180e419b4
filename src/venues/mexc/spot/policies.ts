import type { Venue } from '../../../adapter/venue.js';

/**
 * How connections come back. MEXC drops idle connections without a close code (1005), which says nothing about its
 * health: the wait starts over then. Never gives up.
 */
export const MEXC_RECONNECT_POLICY: Venue['policies']['reconnect'] = {
  firstDelayMs: 1_000,
  factor: 2,
  maxDelayMs: 60_000,
  floorMs: 100,
  maxAttempts: Number.POSITIVE_INFINITY,
  stableAfterMs: 60_000,
  resetOnCloseCodes: [1005],
  maxConnectsPerMinute: 10,
};

/** How reads are repeated: `base × 3^attempt` after a rate limit, else `base × 2^(attempt - 1)`, never above `10 × base`. */
export const MEXC_RETRY_POLICY: Venue['policies']['retry'] = {
  maxAttempts: 3,
  baseDelayMs: 1_000,
  maxDelayMs: 10_000,
  maxRetryAfterMs: 120_000,
  delayMs: (attempt, reason, baseDelayMs) =>
    Math.min(10 * baseDelayMs, baseDelayMs * (reason === 'rate_limit' ? 3 ** attempt : 2 ** (attempt - 1))),
};
