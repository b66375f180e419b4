import type { Endpoint } from '../../../src/adapter/endpoint.js';
import type { ErrorClassifier } from '../../../src/adapter/error-classifier.js';
import type { Venue } from '../../../src/adapter/venue.js';
import { type ExchangeError, isExchangeError } from '../../../src/errors/exchange-error.js';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { createMetrics } from '../../../src/exchange/metrics.js';
import { type CallOptions, createRestClient } from '../../../src/exchange/rest-client.js';
import { aborted, timedOut } from '../../../src/transport/http/failures.js';
import type { HttpRequest, HttpResponse, HttpTransport } from '../../../src/transport/http/http.js';
import type { RetryPolicy } from '../../../src/transport/policies.js';
import { createRateLimiter, type RateLimiter } from '../../../src/transport/rate-limiter.js';
import { parseRetryAfter } from '../../../src/transport/retry-after.js';
import { createVirtualClock, type VirtualClock } from '../../../src/transport/virtual-clock.js';
import { gateioSpot } from '../../../src/venues/gateio/spot/venue.js';

/** Named so that a leak of the query into an error would show. */
export const QUERY_TEXT = 'not-for-errors';

export type Answer = Partial<HttpResponse> | Error;

const classify: ErrorClassifier = ({ status, headers, now }) => {
  const retryAfterMs = parseRetryAfter(headers['retry-after'], now);
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429)
    return { code: 'rate_limit', outcome: 'rejected', venueCode: '429', message: 'slow down', ...wait };
  if (status === 418) return { code: 'rate_limit', outcome: 'rejected', message: 'banned', banMs: 60_000 };
  if (status >= 500) return { code: 'server', outcome: 'unknown', message: 'failed', ...wait };
  if (status === 400) return { code: 'bad_request', outcome: 'rejected', venueCode: '-7', message: 'bad a' };
  return status === 200 ? undefined : { code: 'unknown', outcome: 'unknown', venueCode: '99', message: 'new' };
};

interface Params {
  readonly a?: number;
}

export const read: Endpoint<Params, number> = {
  method: 'GET',
  path: '/things',
  auth: 'none',
  cost: { ip: 1 },
  idempotent: true,
  encode: ({ a }) => ({ query: { a, note: QUERY_TEXT } }),
  decode: (body) => {
    const value = (body as { value?: unknown } | undefined)?.value;
    if (typeof value === 'number') return value;
    throw new MalformedResponseError({ message: 'value: expected a number', outcome: 'unknown' });
  },
};

export const write: Endpoint<Params, number> = {
  ...read,
  method: 'POST',
  idempotent: false,
  encode: ({ a }) => ({ body: { a } }),
};

export const ok = (value: number): Answer => ({ body: JSON.stringify({ value }) });

interface WorldOptions {
  readonly timeoutMs?: number;
  readonly retry?: Partial<RetryPolicy>;
  readonly share?: number;
  /** Of another client at the same address. Default: its own. */
  readonly shared?: { readonly clock: VirtualClock; readonly limiter: RateLimiter };
  /** Budget of ten seconds. Default 1,000. */
  readonly capacity?: number;
}

/** A REST client on the virtual clock; each request takes the next answer, and waits for ever where there is none. */
export function restWorld(answers: Answer[] = [], options: WorldOptions = {}) {
  const clock = options.shared?.clock ?? createVirtualClock();
  const limiter = options.shared?.limiter ?? createRateLimiter({ clock });
  const sent: Array<HttpRequest & { readonly at: number }> = [];
  const drifts: string[] = [];
  let isHttpClosed = false;
  const metrics = createMetrics(undefined);
  const send = (request: HttpRequest, signal?: AbortSignal): Promise<HttpResponse> =>
    new Promise((resolve, reject) => {
      sent.push({ ...request, at: clock.monotonic() });
      const answer = answers.shift();
      if (answer instanceof Error) reject(answer);
      else if (answer !== undefined) resolve({ status: 200, headers: {}, body: '', ...answer });
      const { label, timeoutMs = 0 } = request;
      const deadline = clock.setTimer(timeoutMs, () => reject(timedOut(label, timeoutMs, 'unknown')));
      if (answer !== undefined) deadline.cancel();
      signal?.addEventListener('abort', () => {
        deadline.cancel();
        reject(aborted(label, 'unknown'));
      });
    });
  const http: HttpTransport = Object.assign(send, {
    close: async () => {
      isHttpClosed = true;
    },
  });
  const venue: Venue = {
    ...gateioSpot,
    id: 'test',
    name: 'Test',
    headers: { accept: 'x' },
    classify,
    limits: { ip: { capacity: options.capacity ?? 1_000, intervalMs: 10_000, scope: 'ip' } },
  };
  const client = createRestClient({
    venue,
    base: 'https://venue.test/api/',
    http,
    clock,
    random: { next: () => 0 },
    retry: {
      maxAttempts: 3,
      baseDelayMs: 1_000,
      maxDelayMs: 8_000,
      maxRetryAfterMs: 5_000,
      delayMs: (attempt, _reason, baseDelayMs) => baseDelayMs * 2 ** attempt,
      ...options.retry,
    },
    timeoutMs: options.timeoutMs ?? 20_000,
    limiter,
    share: options.share ?? 1,
    metrics,
    drift: (what) => drifts.push(what),
  });

  /** Runs to the end, as far as `ms` suffice; gives the value, the error, or `'pending'`. */
  async function settled(call: Promise<unknown>, ms = 0): Promise<unknown> {
    let result: unknown = 'pending';
    call.then(
      (value) => {
        result = value;
      },
      (error: unknown) => {
        result = error;
      },
    );
    await clock.advance(ms);
    return result;
  }

  const start = (endpoint: Endpoint<Params, number> = read, callOptions: CallOptions = {}, a = 1): Promise<number> =>
    client.call(endpoint, { a }, callOptions);

  return {
    client,
    clock,
    limiter,
    metrics,
    drifts,
    sent,
    start,
    settled,
    /** One call, run for `ms`. */
    run: (endpoint = read, ms = 60_000, callOptions: CallOptions = {}) => settled(start(endpoint, callOptions), ms),
    isHttpClosed: () => isHttpClosed,
    times: () => sent.map(({ at }) => at),
  };
}

/** What an error tells a program. */
export function facts(error: unknown): unknown {
  if (!isExchangeError(error)) return error;
  const { code, outcome, venue, endpoint, httpStatus, venueCode, retryAfterMs }: ExchangeError = error;
  return JSON.parse(JSON.stringify({ code, outcome, venue, endpoint, httpStatus, venueCode, retryAfterMs }));
}
