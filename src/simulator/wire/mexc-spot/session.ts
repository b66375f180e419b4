import type { Clock, Timer } from '../../../transport/clock.js';
import type { Random } from '../../../transport/random.js';
import type { SimConnection, SimFrame, SimSession } from '../../contract.js';
import type { Hub } from '../mexc/hub.js';
import type { Subscriber } from '../mexc/publisher.js';
import { SlidingWindow } from '../mexc/sliding-window.js';
import { type Channel, parseChannel } from './channel.js';
import { acknowledgeText, type ControlMessage, INVALID_LISTEN_KEY, parseControl, pongText } from './control.js';
import type { WireMarkets } from './markets.js';
import { type AccountFeed, createAccountFeed, isPrivateChannel } from './private/account-feed.js';
import type { KeyStreams } from './private/key-streams.js';

/** Source: MEXC spot v3 docs, WebSocket limits; the silence limit from published measurements. */
const MAX_SUBSCRIPTIONS = 30;
const MAX_MESSAGES_PER_SECOND = 100;
const UNSUBSCRIBED_MS = 30_000;
const SILENT_MS = 60_000;
const LIFE_MS = 86_400_000;

/** As {@link SocketClose} counts: a close frame without a code, and a cut without a close frame. */
const CLOSED = 1005;
const CUT = 1006;

/** What a session shares with the others of its venue. */
export interface SessionContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly markets: WireMarkets;
  readonly hub: Hub<Channel>;
  readonly keyStreams: KeyStreams;
  /** Called once, when the session has ended, whoever ended it. */
  ended(session: Session): void;
}

/** One socket: its subscriptions, and the rules by which the venue drops it. */
export class Session implements SimSession, Subscriber {
  readonly #context: SessionContext;
  readonly #connection: SimConnection;
  readonly #subscriptions = new Set<string>();
  readonly #messages = new SlidingWindow(1_000);
  readonly #openedAt: number;
  readonly #listenKey: string | undefined;
  readonly #feed: AccountFeed | undefined;
  #unsubscribedAt: number;
  #activeAt: number;
  #watchdog: Timer | undefined;
  #ended = false;

  constructor(context: SessionContext, connection: SimConnection) {
    this.#context = context;
    this.#connection = connection;
    this.#openedAt = context.clock.monotonic();
    this.#unsubscribedAt = this.#openedAt;
    this.#activeAt = this.#openedAt;
    this.#watch();
    this.#listenKey = /[?&]listenKey=([^&]*)/.exec(connection.url)?.[1];
    this.#feed = this.#openFeed();
    if (this.#listenKey !== undefined && this.#feed === undefined) this.#answer(INVALID_LISTEN_KEY);
  }

  receive(data: string | Uint8Array): void {
    if (this.#ended) return;
    const now = this.#context.clock.monotonic();
    this.#activeAt = now;
    this.#messages.add(now, 1);
    if (this.#messages.total(now) > MAX_MESSAGES_PER_SECOND) this.#drop(CUT);
    else if (typeof data === 'string') this.#handle(parseControl(data));
  }

  #handle(message: ControlMessage | undefined): void {
    if (message === undefined) return;
    if (message.method === 'PING') this.#answer(pongText(message.id));
    else if (message.method === 'SUBSCRIPTION') this.#subscribe(message);
    else this.#unsubscribe(message);
  }

  deliver(frame: SimFrame): void {
    this.#activeAt = this.#context.clock.monotonic();
    this.#connection.send(frame);
  }

  closed(): void {
    this.end();
  }

  /** Stops everything without telling the client. Idempotent. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#watchdog?.cancel();
    for (const name of this.#subscriptions) this.#context.hub.unsubscribe(name, this);
    this.#subscriptions.clear();
    this.#feed?.close();
    if (this.#listenKey !== undefined) this.#context.keyStreams.close(this.#listenKey, this.#keyEnded);
    this.#context.ended(this);
  }

  #subscribe({ id, params }: ControlMessage): void {
    const accepted = new Set<string>();
    const rejected = new Set<string>();
    for (const name of params) (this.#accept(name) ? accepted : rejected).add(name);
    this.#answer(acknowledgeText(id, this.#anyOrder([...accepted]), [...rejected]));
  }

  #accept(name: string): boolean {
    if (this.#subscriptions.has(name)) return true;
    if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS) return false;
    const channel = parseChannel(name, this.#context.markets);
    if (channel !== undefined) this.#context.hub.subscribe(channel, this);
    else if (this.#feed !== undefined && isPrivateChannel(name)) this.#feed.subscribe(name);
    else return false;
    this.#subscriptions.add(name);
    return true;
  }

  #unsubscribe({ id, params }: ControlMessage): void {
    const before = this.#subscriptions.size;
    for (const name of params) {
      if (!this.#subscriptions.delete(name)) continue;
      if (isPrivateChannel(name)) this.#feed?.unsubscribe(name);
      else this.#context.hub.unsubscribe(name, this);
    }
    this.#answer(acknowledgeText(id, this.#anyOrder(params), []));
    if (before === 0 || this.#subscriptions.size > 0) return;
    this.#unsubscribedAt = this.#context.clock.monotonic();
    this.#watch();
  }

  /** The venue does not promise the order asked for. */
  #anyOrder(names: readonly string[]): readonly string[] {
    return names.length > 1 && this.#context.random.next() < 0.5 ? names.toReversed() : names;
  }

  #answer(text: string): void {
    this.#connection.send({ data: text, kind: 'control', topic: '' });
  }

  /** One timer for all three rules; activity only moves a number, the timer finds out when it is due. */
  #watch(): void {
    this.#watchdog?.cancel();
    const dueAt = Math.min(this.#openedAt + LIFE_MS, this.#idleAt());
    const delay = dueAt - this.#context.clock.monotonic();
    this.#watchdog = this.#context.clock.setTimer(delay, this.#check, { background: true });
  }

  #openFeed(): AccountFeed | undefined {
    const { keyStreams, clock, random } = this.#context;
    const account = this.#listenKey === undefined ? undefined : keyStreams.open(this.#listenKey, this.#keyEnded);
    return account && createAccountFeed(account, clock, random, (frame) => this.deliver(frame));
  }

  readonly #keyEnded = (): void => this.#drop(CLOSED);

  readonly #check = (): void => {
    const now = this.#context.clock.monotonic();
    if (now >= this.#openedAt + LIFE_MS) this.#drop(CLOSED);
    else if (now >= this.#idleAt()) this.#drop(this.#subscriptions.size === 0 ? CLOSED : CUT);
    else this.#watch();
  };

  #idleAt(): number {
    return this.#subscriptions.size === 0 ? this.#unsubscribedAt + UNSUBSCRIBED_MS : this.#activeAt + SILENT_MS;
  }

  #drop(code: number): void {
    this.end();
    this.#connection.close(code, '');
  }
}
