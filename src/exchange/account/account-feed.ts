import type { AccountChannel, AccountStreams } from '../../adapter/account-streams.js';
import type { OrderReport } from '../../adapter/order-endpoints.js';
import type { ListedPosition } from '../../adapter/position-endpoints.js';
import type { ExchangeError } from '../../errors/exchange-error.js';
import { MalformedResponseError } from '../../errors/kinds.js';
import type { Balance } from '../../model/balance.js';
import type { Fill } from '../../model/fill.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { nextAttemptMs } from '../../transport/backoff.js';
import type { Timer } from '../../transport/clock.js';
import type { ReconnectPolicy } from '../../transport/policies.js';
import type { Moment } from '../clock-sync.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { ExchangeStatus } from '../exchange-events.js';
import type { TopicSubscription } from '../topic.js';
import { isKeyRefusal, KeyRefusals } from './key-refusal.js';
import { createRelisting } from './relisting.js';

/** With the streams down the account is read this often, ms. */
const POLL_MS = 5_000;

interface AccountFeedOptions {
  readonly core: ExchangeCore;
  readonly streams: AccountStreams;
  readonly policy: ReconnectPolicy;
  /** With the streams up the account is compared this often, ms. */
  readonly reconcileEveryMs: number;
  readonly sink: {
    order(report: OrderReport): void;
    fill(fill: Fill): void;
    /** @param now monotonic ms. */
    balance(balance: Balance | 'moved', now: number): void;
    /** @param now monotonic ms. */
    position(position: ListedPosition, now: number): void;
    status(status: ExchangeStatus, previous: ExchangeStatus): void;
    /** The venue will not give the streams at all. */
    refused(error: ExchangeError): void;
  };
  /** Learns what the streams need before they are opened. @throws what asking throws; it is asked again then. */
  prepare(): Promise<void>;
  /** Reads what may have been missed since then and merges it. @throws what reading throws. */
  reconcile(completeTo: Moment, signal: AbortSignal): Promise<void>;
}

/** The private streams: up with the first who needs them; live only after what may have been missed has been merged. */
export class AccountFeed {
  readonly #options: AccountFeedOptions;
  readonly #up = new Set<object>();
  #subscriptions: TopicSubscription[] = [];
  #users = 0;
  #status: ExchangeStatus = 'idle';
  #wasLive = false;
  /** Nothing before it was missed. */
  #completeTo: Moment | undefined;
  /** With the streams time may have been lost, too: the machine was asleep. */
  #isClockSure = true;
  #failures = 0;
  readonly #refusals = new KeyRefusals();
  readonly #newlyListed: () => undefined;
  /** Monotonic ms. */
  #begunAt = Number.NEGATIVE_INFINITY;
  #work: AbortController | undefined;
  #timer: Timer | undefined;
  #waiting: ((error: ExchangeError | undefined) => void)[] = [];

  constructor(options: AccountFeedOptions) {
    this.#options = options;
    this.#newlyListed = createRelisting(options.core, () => {
      if (this.#users > 0) this.#begin();
    });
  }

  get status(): ExchangeStatus {
    return this.#status;
  }

  /** Whether something may have been missed that has not been read yet. */
  get isReconciling(): boolean {
    return this.#users > 0 && this.#status !== 'live';
  }

  /** Somebody needs the streams. Resolves when they are live. */
  join(): Promise<void> {
    if (this.#users++ === 0) this.#open();
    if (this.#status === 'live') return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push((error) => (error === undefined ? resolve() : reject(error)));
    });
  }

  async leave(): Promise<void> {
    if (this.#users === 0 || --this.#users > 0) return;
    await this.stop();
  }

  /** Ends the streams for all who use them. */
  async stop(): Promise<void> {
    this.#users = 0;
    await this.#shut();
    // While the streams went down somebody may have come back, or closed everything.
    if (this.#users === 0 && this.#status !== 'closed') this.#setStatus('idle');
  }

  /** The venue will not give the streams: all who wait are told why. */
  refuse(error: ExchangeError): void {
    if (this.#status === 'closed') return;
    this.#settleWaiting(error);
    this.#options.sink.refused(error);
  }

  /** Opens the streams anew, for all who use them. */
  renew(): void {
    if (this.#status === 'closed' || this.#users === 0) return;
    this.#lost();
    this.#up.clear();
    void this.#closeAll().then(() => {
      if (this.#users > 0) void this.#start();
    });
  }

  async close(): Promise<void> {
    this.#users = 0;
    this.#setStatus('closed');
    await this.#shut();
  }

  #open(): void {
    this.#wasLive = false;
    this.#refusals.clear();
    this.#setStatus('connecting');
    void this.#start();
  }

  /** Pushes name markets by the venue's strings: the instrument list comes first. */
  async #start(): Promise<void> {
    const { sink, core, streams, prepare } = this.#options;
    const { orders, fills, balances, positions } = streams;
    try {
      await core.catalog.usable();
      await core.time.ready();
      await prepare();
    } catch (error) {
      if (this.#users === 0) return;
      core.report(error);
      this.#timer = core.clock.setTimer(this.#pauseMs(error), () => void this.#start(), { background: true });
      return;
    }
    if (this.#users === 0 || this.#subscriptions.length > 0) return;
    // What was missed since the streams were live is still to be read.
    if (!this.#wasLive) this.#completeTo = core.time.moment();
    this.#subscriptions = [
      this.#subscribe(orders, sink.order),
      this.#subscribe(fills, sink.fill),
      this.#subscribe(balances, (balance) => sink.balance(balance, core.clock.monotonic())),
    ];
    if (positions !== undefined) {
      const emit = (position: ListedPosition): void => sink.position(position, core.clock.monotonic());
      this.#subscriptions.push(this.#subscribe(positions, emit));
    }
    this.#plan(POLL_MS);
  }

  #subscribe<E>(channel: AccountChannel<E>, emit: (event: E) => void): TopicSubscription {
    const { core } = this.#options;
    return core.stream.subscribe(
      channel.topic,
      {
        confirmed: () => {
          this.#up.add(channel);
          if (this.#isWhole()) this.#begin();
        },
        data: (payload, venueTime) => this.#read(channel, payload, venueTime, emit),
        lost: () => {
          this.#up.delete(channel);
          this.#lost();
        },
        refused: (error) => {
          this.#up.delete(channel);
          this.refuse(error);
        },
      },
      Number.POSITIVE_INFINITY,
    );
  }

  #read<E>(channel: AccountChannel<E>, payload: unknown, venueTime: number, emit: (event: E) => void): void {
    const { core } = this.#options;
    const context = {
      toCanonical: (venueSymbol: string) => core.catalog.known(venueSymbol) ?? this.#newlyListed(),
      instrument: (symbol: MarketSymbol) => core.catalog.listed(symbol) ?? notListed(symbol),
      receivedAt: core.clock.now(),
      venueTime,
      drift: core.unknown,
    };
    try {
      channel.decode(payload, context, emit);
    } catch (error) {
      // What it said is missing now: the account is read again.
      core.metrics.count('malformedMessages');
      core.report(error);
      this.#lost();
      // One after the other may be unreadable; the account cannot be read for each.
      this.#plan(Math.max(0, this.#begunAt + POLL_MS - core.clock.monotonic()));
    }
  }

  #lost(): void {
    this.#isClockSure = false;
    this.#work?.abort();
    this.#work = undefined;
    if (this.#status === 'closed' || this.#users === 0) return;
    this.#setStatus(this.#wasLive ? 'degraded' : 'connecting');
    this.#plan(POLL_MS);
  }

  /** All topics are there: fetches what may have been missed, then goes live. */
  #begin(): void {
    this.#work?.abort();
    this.#begunAt = this.#options.core.clock.monotonic();
    const work = new AbortController();
    this.#work = work;
    this.#timer?.cancel();
    void this.#catchUp(work.signal);
  }

  async #catchUp(signal: AbortSignal): Promise<void> {
    const { core, reconcile, reconcileEveryMs } = this.#options;
    if (!this.#isClockSure) await core.time.sync().catch(core.report);
    if (signal.aborted) return;
    this.#isClockSure = true;
    const started = core.time.moment();
    try {
      await reconcile(this.#completeTo ?? started, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (this.#refusals.areFinal(error, this.#wasLive)) return this.refuse(error);
      // What happens until they are taken again is not known.
      if (this.#wasLive && isKeyRefusal(error)) this.#setStatus('degraded');
      core.report(error);
      this.#plan(this.#pauseMs(error));
      return;
    }
    if (signal.aborted || this.#users === 0) return;
    this.#failures = 0;
    this.#refusals.clear();
    this.#completeTo = started;
    const isWhole = this.#isWhole();
    if (isWhole) {
      this.#wasLive = true;
      this.#setStatus('live');
      this.#settleWaiting(undefined);
    }
    this.#plan(isWhole ? reconcileEveryMs : POLL_MS);
  }

  #pauseMs(failure: unknown): number {
    const { core, policy } = this.#options;
    return Math.max(1, nextAttemptMs(policy, ++this.#failures, failure, core.random));
  }

  #isWhole(): boolean {
    return this.#up.size === (this.#options.streams.positions === undefined ? 3 : 4);
  }

  #plan(delayMs: number): void {
    this.#timer?.cancel();
    this.#timer = this.#options.core.clock.setTimer(delayMs, () => this.#begin(), { background: true });
  }

  async #shut(): Promise<void> {
    this.#timer?.cancel();
    this.#work?.abort();
    this.#work = undefined;
    this.#up.clear();
    this.#settleWaiting(this.#options.core.closedError());
    await this.#closeAll();
  }

  async #closeAll(): Promise<void> {
    await Promise.all(this.#subscriptions.splice(0).map((subscription) => subscription.close()));
  }

  #settleWaiting(error: ExchangeError | undefined): void {
    for (const settle of this.#waiting.splice(0)) settle(error);
  }

  #setStatus(status: ExchangeStatus): void {
    if (status === this.#status) return;
    const previous = this.#status;
    this.#status = status;
    this.#options.sink.status(status, previous);
  }
}

function notListed(symbol: MarketSymbol): never {
  throw new MalformedResponseError({ message: `${symbol} is not in the instrument list`, outcome: 'unknown' });
}
