import type { CommandAnswer, CommandContext, OrderSocket } from '../../adapter/account-streams.js';
import type { Endpoint, Lane } from '../../adapter/endpoint.js';
import type {
  AmendRequest,
  OrderEndpoints,
  OrderRef,
  OrderReport,
  OrderRequest,
} from '../../adapter/order-endpoints.js';
import type { Credentials } from '../../adapter/signer.js';
import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import {
  createExchangeError,
  MalformedResponseError,
  NetworkError,
  TimeoutError,
  UnsupportedError,
} from '../../errors/kinds.js';
import type { Timer } from '../../transport/clock.js';
import type { ReconnectPolicy } from '../../transport/policies.js';
import { createConnectGate } from '../../transport/ws/connect-gate.js';
import { type Connection, createConnection } from '../../transport/ws/connection.js';
import type { OpenSocket } from '../../transport/ws/socket.js';
import { withHeartbeat } from '../../transport/ws/with-heartbeat.js';
import { withIdleTimeout } from '../../transport/ws/with-idle-timeout.js';
import type { ExchangeCore } from '../exchange-core.js';

interface OrderSocketClientOptions {
  readonly core: ExchangeCore;
  readonly orders: OrderEndpoints;
  readonly socket: OrderSocket;
  readonly credentials: () => Promise<Credentials>;
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly policy: ReconnectPolicy;
  readonly commandLifeMs: number;
  readonly timeoutMs: number;
}

/** Repeating the login changes nothing. */
const REFUSED: ReadonlySet<string> = new Set(['authentication', 'permission_denied', 'configuration', 'validation']);

type Command<P, R> = [
  endpoint: Endpoint<P, R>,
  params: P,
  write: (context: CommandContext) => string,
  beforeSend?: (expiresAt: number) => void,
  lane?: Lane | undefined,
];

interface Pending {
  readonly timer: Timer;
  settle(answer: CommandAnswer | ExchangeError): void;
}

/** Order entry over one authenticated socket. No command is kept across a reconnect: what was not written was not sent. */
export class OrderSocketClient {
  readonly #options: OrderSocketClientOptions;
  readonly #connection: Connection;
  /** With what they cost here. */
  readonly #place: Endpoint<OrderRequest, OrderReport>;
  readonly #amend: Endpoint<AmendRequest, OrderReport> | undefined;
  readonly #pending = new Map<string, Pending>();
  #lastId = 0;
  /** The login was answered: commands may be written. */
  #isIn = false;
  /** A login that was refused for good. */
  #refused: ExchangeError | undefined;
  #waiting: ((error: ExchangeError | undefined) => void)[] = [];

  constructor(options: OrderSocketClientOptions) {
    this.#options = options;
    const { core, socket, url, openSocket, policy } = options;
    const { clock, random } = core;
    const { plan, extraCost } = socket;
    const { place, amend } = options.orders;
    this.#place = { ...place, cost: { ...place.cost, ...extraCost } };
    this.#amend = amend && { ...amend, cost: { ...amend.cost, ...extraCost } };
    const withPing = withHeartbeat({
      clock,
      intervalMs: plan.heartbeatMs,
      send: (one) => void one.send(socket.ping(core.time.now())),
    });
    this.#connection = createConnection({
      url: () => url,
      open: withPing(withIdleTimeout({ clock, timeoutMs: plan.idleTimeoutMs })(openSocket)),
      policy,
      plan,
      clock,
      random,
      gate: createConnectGate({ clock, maxPerMinute: policy.maxConnectsPerMinute }),
      handler: {
        open: () => this.#logIn(),
        message: (data) => this.#read(data),
        down: ({ error }) => this.#down(error),
        failed: (error) => this.#settleWaiting(error),
        threw: (error) => core.report(error),
      },
    });
  }

  /** Connects and logs in, so that the first order need not wait. @throws when that cannot be done in time. */
  warm(): Promise<void> {
    if (this.#isIn) return Promise.resolve();
    if (this.#refused !== undefined) return Promise.reject(this.#refused);
    this.#connection.start();
    const { core, timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      const settle = (error: ExchangeError | undefined): void => {
        timer.cancel();
        if (error === undefined) resolve();
        else reject(error);
      };
      const timer = core.clock.setTimer(timeoutMs, () => {
        this.#waiting.splice(this.#waiting.indexOf(settle), 1);
        settle(new TimeoutError({ message: 'the order socket is not up', outcome: 'not_sent', venue: core.venue.id }));
      });
      this.#waiting.push(settle);
    });
  }

  place(request: OrderRequest, beforeSend: (expiresAt: number) => void): Promise<OrderReport> {
    const { socket } = this.#options;
    const lane = request.reduceOnly === true ? 'reduce' : 'place';
    return this.#command(this.#place, request, (context) => socket.place(request, context), beforeSend, lane);
  }

  cancel(ref: OrderRef): Promise<OrderReport> {
    const { orders, socket } = this.#options;
    return this.#command(orders.cancel, ref, (context) => socket.cancel(ref, context));
  }

  get(ref: OrderRef): Promise<OrderReport> {
    const { orders, socket } = this.#options;
    return this.#command(orders.get, ref, (context) => socket.get(ref, context));
  }

  async amend(change: AmendRequest): Promise<OrderReport> {
    const { socket, core } = this.#options;
    if (this.#amend === undefined)
      throw new UnsupportedError({ message: `${core.venue.name} cannot amend orders`, venue: core.venue.id });
    return this.#command(this.#amend, change, (context) => socket.amend(change, context));
  }

  async close(): Promise<void> {
    this.#isIn = false;
    this.#settleWaiting(this.#options.core.closedError());
    this.#failPending('the exchange was closed');
    await this.#connection.close();
  }

  /** What was refused for its time stamp alone was not done: it is stamped again, once, by the venue's clock of now. */
  async #command<P, R>(...command: Command<P, R>): Promise<R> {
    try {
      return await this.#attempt(...command);
    } catch (error) {
      if (!isExchangeError(error, 'timestamp') || error.outcome !== 'rejected') throw error;
      const { core } = this.#options;
      await core.time.sync().catch(core.report);
      return this.#attempt(...command);
    }
  }

  async #attempt<P, R>(...[endpoint, params, write, beforeSend, lane = endpoint.lane]: Command<P, R>): Promise<R> {
    const { core, commandLifeMs, timeoutMs } = this.#options;
    const mapper = core.catalog.loadedMapper ?? (await core.catalog.mapper());
    if (!core.time.isKnown) await core.time.ready();
    if (!this.#isIn) await this.warm();
    const waiting = core.rest.spend(endpoint, params, timeoutMs, lane);
    if (waiting !== undefined) await waiting;
    const now = core.time.now();
    const requestId = `${++this.#lastId}`;
    const expiresAt = now + commandLifeMs;
    const { toVenue, toCanonical, instrument } = mapper;
    const text = write({ requestId, now, expiresAt, toVenue, instrument });
    if (!this.#isIn) throw this.#notConnected();
    beforeSend?.(expiresAt);
    const answer = await this.#exchange(requestId, text);
    const context = { toCanonical, instrument, receivedAt: core.clock.now(), drift: core.unknown };
    return endpoint.decode(this.#require(answer), params, context);
  }

  #exchange(requestId: string, text: string): Promise<CommandAnswer> {
    const { core, timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      if (!this.#connection.send(text)) return reject(this.#notConnected());
      const timer = core.clock.setTimer(timeoutMs, () => {
        this.#pending.delete(requestId);
        const message = `no answer on the order socket in ${timeoutMs} ms`;
        reject(new TimeoutError({ message, outcome: 'unknown', venue: core.venue.id }));
      });
      this.#pending.set(requestId, {
        timer,
        settle: (answer) => {
          timer.cancel();
          if (answer instanceof Error) reject(answer);
          else resolve(answer);
        },
      });
    });
  }

  /** The result's body. @throws the refusal. */
  #require({ status, body }: CommandAnswer): unknown {
    const { venue, clock } = this.#options.core;
    const refusal = venue.classify({ status, headers: {}, text: JSON.stringify(body), json: body, now: clock.now() });
    if (refusal === undefined) return body;
    const { code, message, outcome, venueCode, retryable, retryAfterMs } = refusal;
    const fields = { message, outcome, venueCode, retryable, retryAfterMs, httpStatus: status, venue: venue.id };
    throw createExchangeError(code, fields);
  }

  #logIn(): void {
    const { core } = this.#options;
    const { generation } = this.#connection;
    const { zero } = core.time;
    this.#doLogIn().catch(async (error: unknown) => {
      core.report(error);
      // Whatever the venue says of it: a login that is stamped wrongly is refused.
      const isByVenue = isExchangeError(error) && error.outcome === 'rejected';
      const isTimely = !isByVenue || (await core.time.wasOff(zero)) === false;
      if (generation !== this.#connection.generation) return;
      this.#settleWaiting(error as ExchangeError);
      if (isTimely && isExchangeError(error) && REFUSED.has(error.code)) {
        this.#refused = error;
        void this.#connection.close();
      } else this.#connection.reconnect('the login failed');
    });
  }

  async #doLogIn(): Promise<void> {
    const { core, socket, credentials } = this.#options;
    const { generation } = this.#connection;
    const keys = await credentials();
    await core.time.ready();
    if (generation !== this.#connection.generation) return;
    const requestId = `login-${++this.#lastId}`;
    const text = socket.createLogin(keys)(requestId, core.time.now());
    this.#require(await this.#exchange(requestId, text));
    this.#isIn = true;
    this.#settleWaiting(undefined);
  }

  #read(data: string | Uint8Array): void {
    const { socket, core } = this.#options;
    let answer: CommandAnswer | undefined;
    try {
      answer = socket.readAnswer(data);
    } catch (error) {
      core.malformed(error instanceof MalformedResponseError ? error.message : 'a frame that cannot be read');
      return;
    }
    if (answer === undefined || answer.isAck) return;
    const pending = this.#pending.get(answer.requestId);
    if (pending === undefined) return;
    this.#pending.delete(answer.requestId);
    pending.settle(answer);
  }

  #down(error: ExchangeError | undefined): void {
    this.#isIn = false;
    this.#failPending('the order socket was lost before the answer');
    if (error !== undefined) this.#options.core.report(error);
  }

  #notConnected(): NetworkError {
    const message = 'the order socket is not connected; nothing was sent';
    return new NetworkError({ message, outcome: 'not_sent', venue: this.#options.core.venue.id });
  }

  #failPending(message: string): void {
    const { venue } = this.#options.core;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of pending) one.settle(new NetworkError({ message, outcome: 'unknown', venue: venue.id }));
  }

  #settleWaiting(error: ExchangeError | undefined): void {
    for (const settle of this.#waiting.splice(0)) settle(error);
  }
}
