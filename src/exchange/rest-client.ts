import type { DecodeContext, EncodeContext, Endpoint, Lane, RequestParts } from '../adapter/endpoint.js';
import type { Refusal } from '../adapter/error-classifier.js';
import { parseJson } from '../adapter/json.js';
import type { Signer } from '../adapter/signer.js';
import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import type { Venue } from '../adapter/venue.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import {
  AbortedError,
  ClosedError,
  createExchangeError,
  MalformedResponseError,
  TimeoutError,
} from '../errors/kinds.js';
import type { Clock } from '../transport/clock.js';
import type { HttpResponse, HttpTransport } from '../transport/http/http.js';
import type { RetryPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';
import type { RateLimiter, Spend } from '../transport/rate-limiter.js';
import { sleep } from '../transport/sleep.js';
import { buildRequest, type Signing } from './build-request.js';
import { isTimestampRefusal, leaveOpen, nextWait, outcomeOf, withVenue } from './call-failures.js';
import { CallSignals } from './call-signals.js';
import type { Metrics } from './metrics.js';
import { PRIORITY, Spending } from './spending.js';

/** Calls a venue's endpoints: limited, retried where harmless, classified, decoded. Close it once. */
export interface RestClient {
  /**
   * @param mapper needed by endpoints that name a symbol.
   * @throws {ExchangeError} of the kind that the venue's table names.
   */
  call<P, R>(endpoint: Endpoint<P, R>, params: P, options?: CallOptions): Promise<R>;
  /**
   * Takes the cost of a call that goes another way, waiting for the budget at most `withinMs`.
   * @param lane default the endpoint's own.
   * @returns `undefined` where it was free at once.
   */
  spend<P, R>(endpoint: Endpoint<P, R>, params: P, withinMs: number, lane?: Lane): Promise<void> | undefined;
  close(): Promise<void>;
}

export interface CallOptions {
  readonly mapper?: SymbolMapper;
  readonly signal?: AbortSignal;
  /** Called right before the bytes of a try leave, with the time after which the venue will not act on them. */
  readonly beforeSend?: (expiresAt: number | undefined) => void;
  /** Called once the bytes of a try have left, as far as the transport can tell; else when they have been handed to it. */
  readonly afterSend?: () => void;
  /** Goes first among those that wait for the same budget; default the endpoint's own lane. */
  readonly lane?: Lane;
}

/** How signed calls are signed. */
export interface RestAuth {
  /** A promise while the keys or the venue's clock are not known. */
  signer(): Signer | Promise<Signer>;
  /** Epoch ms by the venue's clock. */
  venueNow(): number;
  /** So long the venue may act on a command after it was signed, ms. */
  readonly commandLifeMs: number;
  /** The venue refused a time stamp: learns its clock anew. Must not throw. */
  resyncClock(): Promise<void>;
}

/** One call through all its tries. */
interface Call<P, R> {
  readonly endpoint: Endpoint<P, R>;
  readonly params: P;
  readonly parts: RequestParts;
  readonly mapper: SymbolMapper;
  readonly signal: AbortSignal;
  /** Monotonic ms. */
  readonly deadline: number;
  readonly label: string;
  readonly lane: Lane;
  readonly beforeSend: CallOptions['beforeSend'];
  readonly afterSend: CallOptions['afterSend'];
}

const NO_SYMBOLS: SymbolMapper = { toVenue: noList, toCanonical: () => undefined, instrument: noList };

function noList(symbol: string): never {
  throw new MalformedResponseError({ message: `no instrument list for ${symbol}`, outcome: 'not_sent' });
}

export function createRestClient(options: {
  readonly venue: Venue;
  /** Base with path, without a slash at the end. */
  readonly base: string;
  readonly http: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  readonly retry: RetryPolicy;
  readonly timeoutMs: number;
  /** The budgets of the address, which other clients spend, too. */
  readonly limiter: RateLimiter;
  /** Fraction of the venue's limits that this client may spend. */
  readonly share: number;
  /** Names the account of signed calls. */
  readonly account?: string;
  readonly metrics: Metrics;
  drift(what: string): void;
  /** Absent for a client of public calls only. */
  readonly auth?: RestAuth;
}): RestClient {
  const { venue, http, clock, random, retry, timeoutMs, metrics, limiter } = options;
  const base = options.base.replace(/\/+$/, '');
  const basePath = new URL(base).pathname.replace(/\/$/, '');
  const spending = new Spending(venue, options.share, options.account);
  const signals = new CallSignals(http.leavesSignal);
  let isClosed = false;

  /** One try: wait for the budget, sign, send, classify, decode. */
  async function attempt<P, R>(call: Call<P, R>): Promise<R> {
    const { endpoint, params, parts, signal, deadline, mapper, label } = call;
    const spends = spending.of(endpoint, params);
    if (!limiter.tryAcquire(spends)) {
      const priority = PRIORITY[call.lane];
      await limiter.acquire(spends, { signal, deadlineMs: deadline - clock.monotonic(), priority });
    }
    const prepared = endpoint.auth === 'signed' ? prepareSigning(endpoint) : undefined;
    // What is ready is not waited for: whatever else happens in this turn would come before the first byte.
    const signing = prepared instanceof Promise ? await prepared : prepared;
    const startedAt = clock.monotonic();
    if (startedAt >= deadline)
      throw new TimeoutError({ message: `${label}: no time left`, outcome: 'not_sent', endpoint: label });
    const { method, path, idempotent } = endpoint;
    const { headers: common } = venue;
    const timeoutMs = deadline - startedAt;
    const frame = {
      method,
      path,
      idempotent,
      base,
      basePath,
      headers: common,
      label,
      timeoutMs,
      written: call.afterSend,
    };
    const request = buildRequest(frame, parts, signing);
    call.beforeSend?.(signing?.expiresAt);
    const answer = http(request, signal);
    if (http.tellsWritten !== true) call.afterSend?.();
    const response = await answer;
    metrics.count('rest.requests');
    metrics.observe('rest.roundTripMs', clock.monotonic() - startedAt);
    const json = parseBody(response.body);
    const { status, headers, body } = response;
    const refusal = venue.classify({ status, headers, text: body, json, now: clock.now() });
    if (refusal !== undefined) throw refused(refusal, response, label, spends);
    if (json === undefined && body !== '') throw unreadable(response, label);
    return endpoint.decode(json, params, decodeContext(mapper));
  }

  /** A promise only where the signer is one. */
  function prepareSigning({ expires = false, path }: Endpoint<never, unknown>): Signing | Promise<Signing> {
    const { auth } = options;
    if (auth === undefined) throw new TypeError(`${venue.id}: ${path} needs credentials`);
    const signWith = (signer: Signer): Signing => {
      const now = auth.venueNow();
      return { signer, now, expiresAt: expires ? now + auth.commandLifeMs : undefined };
    };
    const signer = auth.signer();
    return signer instanceof Promise ? signer.then(signWith) : signWith(signer);
  }

  function refused(refusal: Refusal, response: HttpResponse, label: string, spends: readonly Spend[]): ExchangeError {
    const { banMs, retryAfterMs } = refusal;
    if (banMs !== undefined) limiter.block(banMs);
    // One budget is empty: a cancel does not wait because orders were too many.
    else if (refusal.code === 'rate_limit' && retryAfterMs !== undefined) limiter.block(retryAfterMs, spends);
    metrics.count(`rest.refused.${refusal.code}`);
    const isListed = refusal.venueCode === undefined || Object.hasOwn(venue.errors, refusal.venueCode);
    if (refusal.code === 'unknown' || !isListed)
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
    const { toCanonical, instrument } = mapper;
    return { toCanonical, instrument, receivedAt: clock.now(), drift: options.drift };
  }

  async function repeat<P, R>(call: Call<P, R>): Promise<R> {
    const { endpoint, signal, deadline } = call;
    let resigned = false;
    let hasLeft = false;
    for (let tried = 1; ; tried++) {
      try {
        requireWanted(signal);
        return await attempt(call);
      } catch (error) {
        const failure = isClosed ? closedDuring(error) : withVenue(error, venue, endpoint);
        // What keeps this try from leaving, or has it refused, says nothing of an earlier one that may have been carried out.
        if (hasLeft) leaveOpen(failure);
        hasLeft ||= endpoint.method !== 'GET' && outcomeOf(failure) === 'unknown';
        if (!isClosed && !resigned && options.auth !== undefined && isTimestampRefusal(failure)) {
          // Refused for its time stamp alone: nothing was done, so even a command may be signed again, once.
          resigned = true;
          await options.auth.resyncClock();
          continue;
        }
        const waitMs = isClosed ? undefined : nextWait(failure, tried, endpoint.idempotent, retry, random);
        if (waitMs === undefined || clock.monotonic() + waitMs >= deadline) throw failure;
        metrics.count('rest.retries');
        await sleep(clock, waitMs, signal);
      }
    }
  }

  return {
    async call(endpoint, params, callOptions = {}) {
      const { mapper = NO_SYMBOLS, beforeSend, afterSend, lane = endpoint.lane ?? 'data' } = callOptions;
      const own = signals.begin(callOptions.signal);
      try {
        const call = {
          endpoint,
          params,
          mapper,
          beforeSend,
          afterSend,
          lane,
          parts: endpoint.encode(params, mapper as EncodeContext),
          signal: own.signal,
          deadline: clock.monotonic() + timeoutMs,
          label: `${endpoint.method} ${endpoint.path}`,
        };
        return await repeat(call);
      } finally {
        own.end();
      }
    },
    spend(endpoint, params, withinMs, lane = endpoint.lane ?? 'data') {
      const spends = spending.of(endpoint, params);
      if (!isClosed && limiter.tryAcquire(spends)) return undefined;
      const { signal, end } = signals.begin(undefined);
      const told = (error: unknown): never => {
        throw isClosed ? closedDuring(error) : error;
      };
      return limiter
        .acquire(spends, { signal, deadlineMs: withinMs, priority: PRIORITY[lane] })
        .catch(told)
        .finally(end);
    },
    async close() {
      isClosed = true;
      signals.close();
      await http.close?.();
    },
  };
}

function parseBody(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
