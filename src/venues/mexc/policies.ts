import type { LimitBucket } from '../../adapter/limits.js';
import type { Venue } from '../../adapter/venue.js';

/** MEXC may block requests that look like a browser's: a plain name and nothing else. */
export const MEXC_HEADERS: Readonly<Record<string, string>> = { 'User-Agent': 'cex-sdk' };

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

/**
 * How reads are repeated: `base × 3^attempt` after a rate limit, else `base × 2^(attempt - 1)`, never above `10 ×
 * base`.
 */
export const MEXC_RETRY_POLICY: Venue['policies']['retry'] = {
  maxAttempts: 3,
  baseDelayMs: 1_000,
  maxDelayMs: 10_000,
  maxRetryAfterMs: 120_000,
  delayMs: (attempt, reason, baseDelayMs) =>
    Math.min(10 * baseDelayMs, baseDelayMs * (reason === 'rate_limit' ? 3 ** attempt : 2 ** (attempt - 1))),
};

/**
 * The firewall before spot and futures blocks an address for a minute or more at about 20 to 30 requests a second or a
 * burst of about 120 (measured, not documented), so no second may hold more than 20.
 */
export const MEXC_FIREWALL_BUDGET: LimitBucket = { capacity: 20, intervalMs: 1_000, scope: 'ip', cancelReserve: 2 };
