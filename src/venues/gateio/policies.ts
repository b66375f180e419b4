import type { Venue } from '../../adapter/venue.js';

/** How a Gate.io socket comes back: 2 s, doubled up to 60 s, for ever; at most 10 connects in any minute. */
export const GATEIO_RECONNECT_POLICY: Venue['policies']['reconnect'] = {
  firstDelayMs: 2_000,
  factor: 2,
  maxDelayMs: 60_000,
  floorMs: 100,
  maxAttempts: Number.POSITIVE_INFINITY,
  stableAfterMs: 60_000,
  resetOnCloseCodes: [],
  maxConnectsPerMinute: 10,
};

const CAP_IN_BASES = 10;

/** How an idempotent Gate.io request is repeated: base × 2^n after a rate limit, base × n otherwise, never above 10 × base. */
export const GATEIO_RETRY_POLICY: Venue['policies']['retry'] = {
  maxAttempts: 4,
  baseDelayMs: 500,
  maxDelayMs: CAP_IN_BASES * 500,
  maxRetryAfterMs: 60_000,
  delayMs: (attempt, reason, baseDelayMs) =>
    baseDelayMs * Math.min(reason === 'rate_limit' ? 2 ** attempt : attempt, CAP_IN_BASES),
};
