import type { DecodeContext, Endpoint } from '../adapter/endpoint.js';
import type { Refusal } from '../adapter/error-classifier.js';
import { parseJson } from '../adapter/json.js';
import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import type { Venue } from '../adapter/venue.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import { createExchangeError, MalformedResponseError } from '../errors/kinds.js';
import type { Clock } from '../transport/clock.js';
import type { HttpResponse } from '../transport/http/http.js';
import type { RateLimiter, Spend } from '../transport/rate-limiter.js';
import type { Metrics } from './metrics.js';

/** What an answer is read against. */
export interface Asked<P, R> {
  readonly endpoint: Endpoint<P, R>;
  readonly params: P;
  readonly mapper: SymbolMapper;
  readonly label: string;
  /** What it took from the venue's budgets. */
  readonly spends: readonly Spend[];
}

/** Classifies and decodes an answer. @throws {ExchangeError} of the kind that the venue's table names. */
export type ReadAnswer = <P, R>(asked: Asked<P, R>, response: HttpResponse) => R;

/** @returns what also stops the limiter where the venue says so, and reports what its table does not list. */
export function createAnswerReader(options: {
  readonly venue: Venue;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  readonly metrics: Metrics;
  drift(what: string): void;
}): ReadAnswer {
  const { venue, clock, limiter, metrics, drift } = options;

  function refused(refusal: Refusal, response: HttpResponse, label: string, spends: readonly Spend[]): ExchangeError {
    const { banMs, retryAfterMs } = refusal;
    if (banMs !== undefined) limiter.block(banMs);
    // One budget is empty: a cancel does not wait because orders were too many.
    else if (refusal.code === 'rate_limit' && retryAfterMs !== undefined) limiter.block(retryAfterMs, spends);
    metrics.count(`rest.refused.${refusal.code}`);
    const isListed = refusal.venueCode === undefined || Object.hasOwn(venue.errors, refusal.venueCode);
    if (refusal.code === 'unknown' || !isListed)
      drift(`${label}: code ${refusal.venueCode ?? 'none'}, status ${response.status}`);
    return createExchangeError(refusal.code, {
      message: refusal.message,
      outcome: refusal.outcome,
      venue: venue.id,
      venueCode: refusal.venueCode,
      retryable: refusal.retryable,
      retryAfterMs: refusal.banMs ?? refusal.retryAfterMs,
      httpStatus: response.status,
      endpoint: label,
    });
  }

  function unreadable(response: HttpResponse, label: string): ExchangeError {
    return new MalformedResponseError({
      message: `${label}: expected JSON, received ${response.body.length} characters of something else`,
      outcome: 'unknown',
      venue: venue.id,
      httpStatus: response.status,
      endpoint: label,
    });
  }

  return ({ endpoint, params, mapper, label, spends }, response) => {
    const { status, headers, body } = response;
    const json = parseBody(body);
    const now = clock.now();
    const refusal = venue.classify({ status, headers, text: body, json, now });
    if (refusal !== undefined) throw refused(refusal, response, label, spends);
    if (json === undefined && body !== '') throw unreadable(response, label);
    const { toCanonical, instrument } = mapper;
    const context: DecodeContext = { toCanonical, instrument, receivedAt: now, drift };
    return endpoint.decode(json, params, context);
  };
}

function parseBody(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
