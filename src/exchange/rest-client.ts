import type { EncodeContext, Endpoint, Lane, RequestParts } from '../adapter/endpoint.js';
import type { Signer } from '../adapter/signer.js';
import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import type { Venue } from '../adapter/venue.js';
import { AbortedError, ClosedError, MalformedResponseError, TimeoutError } from '../errors/kinds.js';
import type { Clock } from '../transport/clock.js';
import type { HttpResponse, HttpTransport } from '../transport/http/http.js';
import type { RetryPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';
import type { RateLimiter, Spend } from '../transport/rate-limiter.js';
import { sleep } from '../transport/sleep.js';
import { buildRequest, type RequestFrame, type Signing } from './build-request.js';
import { isTimestampRefusal, leaveOpen, nextWait, outcomeOf, withVenue } from './call-failures.js';
import { CallSignals } from './call-signals.js';
import type { Metrics } from './metrics.js';
import { type Asked, createAnswerReader } from './read-answer.js';
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

/** How one call is sent through all its tries, whatever it asks. */
interface Sending {
  readonly label: string;
  readonly spends: readonly Spend[];
  readonly frame: RequestFrame;
  readonly signal: AbortSignal;
  /** Monotonic ms. */
  readonly deadline: number;
  readonly lane: Lane;
  readonly beforeSend: CallOptions['beforeSend'];
  readonly afterSend: CallOptions['afterSend'];
  readonly tries: Tries;
}

/** What became of the tries so far. */
interface Tries {
  failed: number;
  /** Signed again after a refusal of the time stamp. */
  resigned: boolean;
  /** One may have been carried out. */
  hasLeft: boolean;
  /** When the newest was sent, monotonic ms. */
  sentAt: number;
}

type Call<P, R> = Asked<P, R> & Sending;

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
  const read = createAnswerReader({ venue, clock, limiter, metrics, drift: options.drift });
  const frames = new WeakMap<object, RequestFrame>();
  let isClosed = false;

  /** What does not change from call to call. */
  function frameOf(endpoint: Endpoint<never, unknown>): RequestFrame {
    let frame = frames.get(endpoint);
    if (frame === undefined) {
      const { method, path, idempotent } = endpoint;
      const { headers } = venue;
      frame = { method, path, idempotent, base, basePath, headers, label: `${method} ${path}` };
      frames.set(endpoint, frame);
    }
    return frame;
  }

  /** A promise only while the budget is short. */
  function takeBudget({ spends, signal, deadline, lane }: Sending): Promise<void> | undefined {
    if (limiter.tryAcquire(spends)) return undefined;
    return limiter.acquire(spends, { signal, deadlineMs: deadline - clock.monotonic(), priority: PRIORITY[lane] });
  }

  /** All of it up to the first byte in one go: whatever else happens in this turn would come before. */
  function send(call: Sending, parts: RequestParts, signing: Signing | undefined): Promise<HttpResponse> {
    const { frame, deadline, signal, afterSend, label } = call;
    const startedAt = clock.monotonic();
    if (startedAt >= deadline)
      throw new TimeoutError({ message: `${label}: no time left`, outcome: 'not_sent', endpoint: label });
    const request = buildRequest(frame, parts, signing, deadline - startedAt, afterSend);
    call.beforeSend?.(signing?.expiresAt);
    call.tries.sentAt = startedAt;
    const answer = http(request, signal);
    if (http.tellsWritten !== true) afterSend?.();
    return answer;
  }

  /** A promise only where the signer is one. */
  function prepareSigning({ expires = false, path }: Endpoint<never, unknown>): Signing | Promise<Signing> {
    const { auth } = options;
    if (auth === undefined) throw new TypeError(`${venue.id}: ${path} needs credentials`);
    const signer = auth.signer();
    return signer instanceof Promise
      ? signer.then((one) => signingBy(one, auth, expires))
      : signingBy(signer, auth, expires);
  }

  function requireWanted(signal: AbortSignal): void {
    if (isClosed) throw new ClosedError({ message: `${venue.name} is closed`, venue: venue.id });
    if (signal.aborted)
      throw new AbortedError({ message: 'aborted before sending', outcome: 'not_sent', venue: venue.id });
  }

  function closedDuring(failure: unknown): ClosedError {
    return new ClosedError({ message: `${venue.name} was closed`, venue: venue.id, outcome: outcomeOf(failure) });
  }

  function begin<P, R>(
    endpoint: Endpoint<P, R>,
    params: P,
    { mapper = NO_SYMBOLS, beforeSend, afterSend, lane = endpoint.lane ?? 'data' }: CallOptions,
    signal: AbortSignal,
  ): Call<P, R> {
    const frame = frameOf(endpoint);
    const { label } = frame;
    const spends = spending.of(endpoint, params);
    const deadline = clock.monotonic() + timeoutMs;
    const tries = { failed: 0, resigned: false, hasLeft: false, sentAt: 0 };
    return { endpoint, params, mapper, label, spends, frame, signal, deadline, lane, beforeSend, afterSend, tries };
  }

  /** Each try: wait for the budget, sign, send, classify, decode. */
  async function repeat<P, R>(endpoint: Endpoint<P, R>, params: P, callOptions: CallOptions): Promise<R> {
    const own = signals.begin(callOptions.signal);
    try {
      const call = begin(endpoint, params, callOptions, own.signal);
      const parts = endpoint.encode(params, call.mapper as EncodeContext);
      for (;;) {
        try {
          requireWanted(own.signal);
          const waiting = takeBudget(call);
          if (waiting !== undefined) await waiting;
          const prepared = endpoint.auth === 'signed' ? prepareSigning(endpoint) : undefined;
          // What is ready is not waited for.
          const signing = prepared instanceof Promise ? await prepared : prepared;
          const response = await send(call, parts, signing);
          metrics.count('rest.requests');
          metrics.observe('rest.roundTripMs', clock.monotonic() - call.tries.sentAt);
          return read(call, response);
        } catch (error) {
          await waitForNext(call, error);
        }
      }
    } finally {
      own.end();
    }
  }

  /** Resolves when another try may begin. @throws the failure, where there is none. */
  async function waitForNext({ frame, signal, deadline, tries }: Sending, error: unknown): Promise<void> {
    const failure = isClosed ? closedDuring(error) : withVenue(error, venue, frame);
    // What keeps this try from leaving, or has it refused, says nothing of an earlier one that may have been carried out.
    if (tries.hasLeft) leaveOpen(failure);
    tries.hasLeft ||= frame.method !== 'GET' && outcomeOf(failure) === 'unknown';
    tries.failed++;
    if (!isClosed && !tries.resigned && options.auth !== undefined && isTimestampRefusal(failure)) {
      // Refused for its time stamp alone: nothing was done, so even a command may be signed again, once.
      tries.resigned = true;
      return options.auth.resyncClock();
    }
    const waitMs = isClosed ? undefined : nextWait(failure, tries.failed, frame.idempotent, retry, random);
    if (waitMs === undefined || clock.monotonic() + waitMs >= deadline) throw failure;
    metrics.count('rest.retries');
    await sleep(clock, waitMs, signal);
  }

  return {
    call: (endpoint, params, callOptions = {}) => repeat(endpoint, params, callOptions),
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

function signingBy(signer: Signer, auth: RestAuth, expires: boolean): Signing {
  const now = auth.venueNow();
  return { signer, now, expiresAt: expires ? now + auth.commandLifeMs : undefined };
}
