import type { DecodeContext, EncodeContext, Endpoint, RequestParts } from '../adapter/endpoint.js';
import type { Refusal } from '../adapter/error-classifier.js';
import { parseJson } from '../adapter/json.js';
import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import type { Venue } from '../adapter/venue.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import { isExchangeError } from '../errors/exchange-error.js';
import {
  AbortedError,
  ClosedError,
  createExchangeError,
  MalformedResponseError,
  TimeoutError,
} from '../errors/kinds.js';
import { retryDelayMs } from '../transport/backoff.js';
import type { Clock } from '../transport/clock.js';
import type { HttpRequest, HttpResponse, HttpTransport } from '../transport/http/http.js';
import type { RetryPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';
import { createRateLimiter, type Spend } from '../transport/rate-limiter.js';
import { sleep } from '../transport/sleep.js';
import { CallSignals } from './call-signals.js';
import type { Metrics } from './metrics.js';

/** Calls a venue's endpoints: limited, retried where harmless, classified, decoded. Close it once. */
export interface RestClient {
  /**
   * @param mapper needed by endpoints that name a symbol.
   * @throws {ExchangeError} of the kind that the venue's table names.
   */
  call<P, R>(endpoint: Endpoint<P, R>, params: P, options?: CallOptions): Promise<R>;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly mapper?: SymbolMapper;
  readonly signal?: AbortSignal;
}

const NO_SYMBOLS: SymbolMapper = {
  toVenue: (symbol) => {
    throw new MalformedResponseError({ message: `no instrument list for ${symbol}`, outcome: 'not_sent' });
  },
  toCanonical: () => undefined,
};

export function createRestClient(options: {
  readonly venue: Venue;
  /** Base with path, without a slash at the end. */
  readonly base: string;
  readonly http: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  /** Fraction of the venue's limits that this client may spend. */
  readonly share: number;
  readonly metrics: Metrics;
  drift(what: string): void;
}): RestClient {
  const { venue, http, clock, random, retry, timeoutMs, metrics } = options;
  const base = options.base.replace(/\/+$/, '');
  const limiter = createRateLimiter({ clock });
  const spends = new Map<Endpoint<never, unknown>, readonly Spend[]>();
  const signals = new CallSignals();
  let isClosed = false;

  /** One try: wait for the budget, send, classify, decode. */
  async function attempt<P, R>(
    endpoint: Endpoint<P, R>,
    params: P,
    parts: RequestParts,
    mapper: SymbolMapper,
    signal: AbortSignal,
    deadline: number,
  ): Promise<R> {
    const label = `${endpoint.method} ${endpoint.path}`;
    const cost = spendsOf(endpoint as Endpoint<never, unknown>);
    if (!limiter.tryAcquire(cost)) await limiter.acquire(cost, { signal, deadlineMs: deadline - clock.monotonic() });
    const startedAt = clock.monotonic();
    if (startedAt >= deadline)
      throw new TimeoutError({ message: `${label}: no time left`, outcome: 'not_sent', endpoint: label });
    const response = await http(buildRequest(venue, base, endpoint, parts, label, deadline - startedAt), signal);
    metrics.count('rest.requests');
    metrics.observe('rest.roundTripMs', clock.monotonic() - startedAt);
    const json = parseBody(response.body);
    const refusal = venue.classify({
      status: response.status,
      headers: response.headers,
      text: response.body,
      json,
      now: clock.now(),
    });
    if (refusal !== undefined) throw refused(refusal, response, label);
    if (json === undefined) throw unreadable(response, label);
    return endpoint.decode(json, params, decodeContext(mapper));
  }

  function refused(refusal: Refusal, response: HttpResponse, label: string): ExchangeError {
    const pauseMs = refusal.banMs ?? (refusal.code === 'rate_limit' ? refusal.retryAfterMs : undefined);
    if (pauseMs !== undefined) limiter.block(pauseMs);
    metrics.count(`rest.refused.${refusal.code}`);
    if (refusal.code === 'unknown')
      options.drift(`${label}: code ${refusal.venueCode ?? 'none'}, status ${response.status}`);
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

  function requireWanted(signal: AbortSignal): void {
    if (isClosed) throw new ClosedError({ message: `${venue.name} is closed`, venue: venue.id });
    if (signal.aborted)
      throw new AbortedError({ message: 'aborted before sending', outcome: 'not_sent', venue: venue.id });
  }

  function closedDuring(failure: unknown): ClosedError {
    return new ClosedError({ message: `${venue.name} was closed`, venue: venue.id, outcome: outcomeOf(failure) });
  }

  function decodeContext(mapper: SymbolMapper): DecodeContext {
    return { toCanonical: mapper.toCanonical, receivedAt: clock.now(), drift: options.drift };
  }

  function spendsOf(endpoint: Endpoint<never, unknown>): readonly Spend[] {
    let known = spends.get(endpoint);
    if (known === undefined) {
      known = toSpends(venue, endpoint, options.share);
      spends.set(endpoint, known);
    }
    return known;
  }

  return {
    async call(endpoint, params, callOptions = {}) {
      const { mapper = NO_SYMBOLS } = callOptions;
      const deadline = clock.monotonic() + timeoutMs;
      const parts = endpoint.encode(params, mapper as EncodeContext);
      const call = signals.begin(callOptions.signal);
      try {
        for (let tried = 1; ; tried++) {
          requireWanted(call.signal);
          try {
            return await attempt(endpoint, params, parts, mapper, call.signal, deadline);
          } catch (error) {
            const failure = withVenue(error, venue, endpoint);
            if (isClosed) throw closedDuring(failure);
            const waitMs = nextWait(failure, tried, endpoint.idempotent, retry, random);
            if (waitMs === undefined || clock.monotonic() + waitMs >= deadline) throw failure;
            metrics.count('rest.retries');
            await sleep(clock, waitMs, call.signal);
          }
        }
      } finally {
        call.end();
      }
    },
    async close() {
      isClosed = true;
      signals.close();
      limiter.close();
      await http.close?.();
    },
  };
}

/** Ms to wait before another try, or `undefined` when there must be none. */
function nextWait(
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

function outcomeOf(failure: unknown): ExchangeError['outcome'] {
  return isExchangeError(failure) ? failure.outcome : 'unknown';
}

/** Errors of the transport and of decoders know neither venue nor endpoint: say both. */
function withVenue(error: unknown, venue: Venue, endpoint: { method: string; path: string }): unknown {
  if (!isExchangeError(error) || error.venue !== undefined) return error;
  const fields = {
    venue: venue.id,
    ...(error.endpoint === undefined ? { endpoint: `${endpoint.method} ${endpoint.path}` } : {}),
  };
  return Object.assign(error, fields);
}

function parseBody(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}

function buildRequest(
  venue: Venue,
  base: string,
  endpoint: { method: HttpRequest['method']; path: string; idempotent: boolean },
  parts: RequestParts,
  label: string,
  timeoutMs: number,
): HttpRequest {
  const query = encodeQuery(parts.query);
  return {
    method: endpoint.method,
    url: `${base}${parts.path ?? endpoint.path}${query === '' ? '' : `?${query}`}`,
    headers: parts.headers === undefined ? venue.headers : { ...venue.headers, ...parts.headers },
    ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
    label,
    idempotent: endpoint.idempotent,
    timeoutMs,
  };
}

function encodeQuery(query: RequestParts['query']): string {
  if (query === undefined) return '';
  let text = '';
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) text += `${text === '' ? '' : '&'}${name}=${encodeURIComponent(String(value))}`;
  }
  return text;
}

function toSpends(venue: Venue, endpoint: Endpoint<never, unknown>, share: number): readonly Spend[] {
  return Object.entries(endpoint.cost).map(([name, weight]) => {
    const bucket = venue.limits[name];
    if (bucket === undefined)
      throw new TypeError(`${venue.id}: ${endpoint.path} costs "${name}", which its limits do not list`);
    const key = bucket.scope === 'endpoint' ? `${name} ${endpoint.method} ${endpoint.path}` : name;
    return {
      key,
      capacity: Math.max(weight, Math.floor(bucket.capacity * share)),
      intervalMs: bucket.intervalMs,
      weight,
    };
  });
}
