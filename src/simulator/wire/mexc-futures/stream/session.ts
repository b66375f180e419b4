import { gzipSync } from 'node:zlib';
import type { Timer } from '../../../../transport/clock.js';
import type { SimConnection, SimFrame, SimSession } from '../../../contract.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import type { Hub } from '../../mexc/hub.js';
import type { Subscriber } from '../../mexc/publisher.js';
import type { Contracts } from '../contracts.js';
import { type AccountFeed, createAccountFeed } from './account-feed.js';
import { type Channel, endedBy, readChannel, StreamRefusal } from './channel.js';
import { ackFrame, errorFrame, pongFrame } from './frames.js';
import { readLogin } from './login.js';
import { everything, nothing, readFilter } from './personal-filter.js';
import { readRequest, type StreamRequest } from './request.js';

/** Without a ping for so long the venue hangs up. Source: MEXC contract docs, WebSocket. */
const SILENT_MS = 60_000;
/** One client notes two pongs for one ping. */
const SECOND_PONG_CHANCE = 1 / 4;

/** Acknowledgements tell their time in either way. */
const TEXT_TIME_CHANCE = 1 / 4;

/** As {@link SocketClose} counts: a close frame without a code. */
const CLOSED = 1005;

/** What a session shares with the others of its venue. */
export interface SessionContext {
  readonly model: FuturesModel;
  readonly contracts: Contracts;
  readonly hub: Hub<Channel>;
  /** Called once, when the session has ended, whoever ended it. */
  ended(session: Session): void;
}

/** One socket: its subscriptions. Public and private ones live together. */
export class Session implements SimSession, Subscriber {
  readonly #context: SessionContext;
  readonly #connection: SimConnection;
  readonly #subscribed = new Map<string, Channel>();
  /** Names of the channels whose pushes are compressed. */
  readonly #gzipped = new Set<string>();
  #feed: AccountFeed | undefined;
  #watchdog: Timer | undefined;
  #ended = false;

  constructor(context: SessionContext, connection: SimConnection) {
    this.#context = context;
    this.#connection = connection;
    this.#watch();
  }

  receive(data: string | Uint8Array): void {
    const request = this.#ended ? undefined : readRequest(data);
    if (request === undefined) return;
    try {
      this.#handle(request);
    } catch (error) {
      if (!(error instanceof StreamRefusal)) throw error;
      this.#answer(errorFrame(error.message, this.#now()));
    }
  }

  deliver(frame: SimFrame): void {
    const isGzipped = this.#gzipped.has(frame.topic);
    this.#connection.send(isGzipped ? { ...frame, data: new Uint8Array(gzipSync(frame.data)) } : frame);
  }

  closed(): void {
    this.end();
  }

  /** Stops everything without telling the client. Idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#watchdog?.cancel();
    for (const name of this.#subscribed.keys()) this.#context.hub.unsubscribe(name, this);
    this.#subscribed.clear();
    this.#feed?.close();
    this.#context.ended(this);
  }

  #handle(request: StreamRequest): void {
    const { method } = request;
    if (method === 'ping') this.#pong();
    else if (method.startsWith('sub.')) this.#subscribe(request);
    else if (method.startsWith('unsub.')) this.#unsubscribe(request);
    else if (method === 'login') this.#login(request);
    else if (method === 'personal.filter') this.#filter(request);
    else throw new StreamRefusal(`Unknown method: ${method}`);
  }

  #pong(): void {
    this.#watch();
    this.#answer(pongFrame(this.#now()));
    if (this.#context.model.random.next() < SECOND_PONG_CHANCE) this.#answer(pongFrame(this.#now()));
  }

  #subscribe(request: StreamRequest): void {
    const channel = readChannel(request, this.#context.contracts);
    if (request.gzip) this.#gzipped.add(channel.name);
    else this.#gzipped.delete(channel.name);
    this.#subscribed.set(channel.name, channel);
    this.#acknowledge(request.method);
    this.#context.hub.subscribe(channel, this);
  }

  #unsubscribe(request: StreamRequest): void {
    for (const { name } of endedBy(request, this.#subscribed.values())) {
      this.#subscribed.delete(name);
      this.#context.hub.unsubscribe(name, this);
    }
    this.#acknowledge(request.method);
  }

  /** A second login replaces the first. Everything is pushed unless the login says otherwise. */
  #login(request: StreamRequest): void {
    const { model } = this.#context;
    const account = readLogin(request, model, this.#connection.ip);
    this.#feed?.close();
    this.#acknowledge(request.method, true);
    const filter = request.subscribe ? everything : nothing;
    this.#feed = createAccountFeed(account, model, filter, (frame) => this.#connection.send(frame));
  }

  #filter(request: StreamRequest): void {
    if (this.#feed === undefined) throw new StreamRefusal('Not logged in');
    this.#feed.setFilter(readFilter(request));
    this.#acknowledge(request.method);
  }

  /** Logins are always answered with their time as text, as published samples show. */
  #acknowledge(method: string, isTimeText = this.#context.model.random.next() < TEXT_TIME_CHANCE): void {
    this.#answer(ackFrame(method, this.#now(), isTimeText));
  }

  #answer(data: string): void {
    this.#connection.send({ data, kind: 'control', topic: '' });
  }

  #now(): number {
    return Math.floor(this.#context.model.clock.now());
  }

  #watch(): void {
    this.#watchdog?.cancel();
    const hangUp = (): void => {
      this.end();
      this.#connection.close(CLOSED, '');
    };
    this.#watchdog = this.#context.model.clock.setTimer(SILENT_MS, hangUp, { background: true });
  }
}
