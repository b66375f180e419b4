import type { Venue } from '../adapter/venue.js';
import { type ExchangeError, isExchangeError } from '../errors/exchange-error.js';
import { retryDelayMs } from '../transport/backoff.js';
import type { RetryPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';

/** Ms to wait before another try, or `undefined` when there must be none. */
export function nextWait(
  failure: unknown,
  tried: number,
  idempotent: boolean,
  retry: RetryPolicy,
  random: Random,
): number | undefined {
  if (!isExchangeError(failure) || !failure.retryable || tried >= retry.maxAttempts) return undefined;
  if (!idempotent && failure.outcome !== 'not_sent') return undefined;
  const reason = failure.code === 'rate_limit' ? 'rate_limit' : 'failure';
  return retryDelayMs(retry, tried, reason, failure.retryAfterMs, random);
}

/** Refused for its time stamp alone: nothing was done. */
export function isTimestampRefusal(failure: unknown): boolean {
  return isExchangeError(failure, 'timestamp') && failure.outcome === 'rejected';
}

/** An earlier try may have been carried out, whatever this one says. */
export function leaveOpen(failure: unknown): void {
  if (isExchangeError(failure) && failure.outcome !== 'unknown') Object.assign(failure, { outcome: 'unknown' });
}

/** What is known of the command after a failure. */
export function outcomeOf(failure: unknown): ExchangeError['outcome'] {
  return isExchangeError(failure) ? failure.outcome : 'unknown';
}

/** Errors of the transport and of decoders know neither venue nor endpoint: say both. */
export function withVenue(error: unknown, venue: Venue, endpoint: { method: string; path: string }): unknown {
  if (!isExchangeError(error) || error.venue !== undefined) return error;
  const fields = {
    venue: venue.id,
    ...(error.endpoint === undefined ? { endpoint: `${endpoint.method} ${endpoint.path}` } : {}),
  };
  return Object.assign(error, fields);
}
