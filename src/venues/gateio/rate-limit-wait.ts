import type { AnswerToClassify } from '../../adapter/error-classifier.js';

const DIGITS = /^\d{1,16}(?:\.\d+)?$/;
const SHORTEST_MS = 500;
const LONGEST_MS = 3 * 24 * 3_600_000;
/** Windows last seconds: a reset further away is a clock's fault, and must not silence us for long. */
const LONGEST_RESET_MS = 60_000;

/**
 * How long a 429 asks to wait, ms, at least half a second: at most a minute by the reset header, three days by
 * `Retry-After`; the longer one counts. `undefined` where neither says anything usable.
 * Source: Gate API v4 docs, response headers of the rate limit.
 */
export function rateLimitWaitMs({ headers, now }: AnswerToClassify): number | undefined {
  const waits = [resetWaitMs(headers, now), retryAfterMs(headers['retry-after'], now)];
  const longest = Math.max(...waits.map((wait) => wait ?? 0));
  return longest > 0 ? Math.max(longest, SHORTEST_MS) : undefined;
}

/** Measured from the venue's own sending time (microseconds) where it is told: our clock may be wrong. */
function resetWaitMs(headers: AnswerToClassify['headers'], now: number): number | undefined {
  const reset = numberOf(headers['x-gate-ratelimit-reset-timestamp']);
  if (reset === undefined) return undefined;
  const sentAt = numberOf(headers['x-out-time']) ?? 0;
  const venueNow = sentAt >= 1e15 ? sentAt / 1_000 : now;
  // Seconds or milliseconds: the documents of the two transports differ, the magnitude tells.
  const resetAt = reset >= 1e12 ? reset : reset * 1_000;
  return Math.min(resetAt - venueNow, LONGEST_RESET_MS);
}

function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const seconds = numberOf(header);
  const wait = seconds === undefined ? Date.parse(header ?? '') - now : seconds * 1_000;
  return Number.isNaN(wait) ? undefined : Math.min(wait, LONGEST_MS);
}

function numberOf(header: string | undefined): number | undefined {
  return header !== undefined && DIGITS.test(header) ? Number(header) : undefined;
}
