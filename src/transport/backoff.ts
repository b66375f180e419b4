import { isExchangeError } from '../errors/exchange-error.js';
import type { ReconnectPolicy, RetryPolicy } from './policies.js';
import type { Random } from './random.js';

/** Beyond this every policy has reached its cap; keeps the power finite. */
const MAX_EXPONENT = 64;

/**
 * Wait before the next connection attempt, whole ms: uniform in [0, first × factor^(failures - 1)] (full jitter), the
 * bound capped by `maxDelayMs`, the result never below `floorMs`.
 * @param failures consecutive failures so far; 0 and 1 give the first delay.
 */
export function reconnectDelayMs(policy: ReconnectPolicy, failures: number, random: Random): number {
  const exponent = Math.min(Math.max(failures - 1, 0), MAX_EXPONENT);
  const bound = Math.min(policy.maxDelayMs, policy.firstDelayMs * policy.factor ** exponent);
  return Math.max(policy.floorMs, Math.round(random.next() * bound));
}

/**
 * {@link reconnectDelayMs} after a failure that may say how long it lasts, as a ban does: then it is at least so long, and no
 * longer for the failures before.
 */
export function nextAttemptMs(policy: ReconnectPolicy, failures: number, failure: unknown, random: Random): number {
  const retryAfterMs = isExchangeError(failure) ? failure.retryAfterMs : undefined;
  if (retryAfterMs === undefined) return reconnectDelayMs(policy, failures, random);
  return Math.max(retryAfterMs, reconnectDelayMs(policy, 1, random));
}

/**
 * Wait before try `attempt + 1` of a request, whole ms. Without a wish of the venue: uniform in the upper half of the
 * policy's delay, which `maxDelayMs` caps. With one: never less than it (clamped to `maxRetryAfterMs`), the jitter only adds.
 * @param attempt the try that has failed, from 1.
 * @param retryAfterMs what the venue asked for, ms.
 */
export function retryDelayMs(
  policy: RetryPolicy,
  attempt: number,
  reason: 'rate_limit' | 'failure',
  retryAfterMs: number | undefined,
  random: Random,
): number {
  const half = Math.min(policy.maxDelayMs, policy.delayMs(attempt, reason, policy.baseDelayMs)) / 2;
  const asked = Math.min(retryAfterMs ?? 0, policy.maxRetryAfterMs);
  return Math.ceil(Math.max(asked, half) + random.next() * half);
}
