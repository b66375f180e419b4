import type { BookFeed } from '../adapter/book-feed.js';
import { scaleUpdate } from '../book/scale-update.js';
import { BookSync, type SyncStep } from '../book/sync.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import { ClosedError, MalformedResponseError } from '../errors/kinds.js';
import { BookUpdate } from '../model/book-update.js';
import { createContractScale } from '../model/contracts.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import type { BookKeeper, BookKeeperOptions } from './book-keeper.js';
import { BookRecovery, DIVERGED, SILENT } from './book-recovery.js';
import { BookStatus } from './book-status.js';
import type { LiveOrderBook, LiveOrderBookState } from './live-order-book.js';
import type { TopicListener, TopicSubscription } from './topic.js';

/**
 * Starts to keep a live book, until it is closed.
 * @throws whatever `subscribe` throws; nothing is left running then.
 */
export function keepBook(options: BookKeeperOptions): BookKeeper {
  return new TopicBookKeeper(options).start();
}

/**
 * Refilled by every push of every book: between decoding and applying nobody else gets a turn, and a book keeps no view of
 * it. One of its own would cost a book as much memory as its levels.
 */
const UPDATE = new BookUpdate();

/** Runs one {@link BookSync} against its topic, and says through {@link BookStatus} what it is worth. */
class TopicBookKeeper implements BookKeeper, TopicListener {
  readonly #options: BookKeeperOptions;
  readonly #feed: BookFeed;
  readonly #isInBase: boolean;
  readonly #anchorBelow: number;
  readonly #stages: BookKeeperOptions['stages'];
  readonly #clock: Clock;
  readonly #sync: BookSync;
  readonly #status: BookStatus;
  readonly #recovery: BookRecovery;
  #toBase: ((contracts: number, price: number) => number) | undefined;
  #subscription: TopicSubscription | undefined;
  /** The topic is acknowledged. */
  #up = false;
  /** Monotonic ms; -Infinity before the first push. */
  #pushedAt = Number.NEGATIVE_INFINITY;
  #liveSince = 0;
  /** Sequence at which the topic fell silent; a book that comes back with it was only quiet. */
  #silentSequence = -1;
  #closed = false;
  #closing: Promise<void> = Promise.resolve();

  constructor(options: BookKeeperOptions) {
    const { symbol, feed, fetchSnapshot, clock, random, report, silence, on } = options;
    const sync = new BookSync(feed);
    this.#options = options;
    this.#feed = feed;
    this.#isInBase = feed.quantities !== 'contracts';
    this.#stages = options.stages;
    this.#clock = clock;
    this.#sync = sync;
    this.#status = new BookStatus({
      symbol,
      sync,
      clock,
      silence,
      report,
      silent: () => this.#silent(),
      unwatched: () => this.close('the order book was closed'),
    });
    this.#recovery = new BookRecovery({
      feed,
      sync,
      fetchSnapshot,
      clock,
      random,
      pushedAt: () => this.#pushedAt,
      settle: (step) => this.#settle(step),
      proven: (quiet) => this.#proven(quiet),
      moveTopic: (reason) => this.#moveTopic(reason),
      malformed: (what) => on.malformed(what),
      fail: (error) => this.#fail(error),
    });
    this.#anchorBelow = this.#recovery.anchorBelow;
  }

  start(): this {
    this.#subscription = this.#options.subscribe(this);
    // It may have been refused before `subscribe` returned.
    if (this.#closed) this.#closing = this.#unsubscribe();
    return this;
  }

  get symbol(): MarketSymbol {
    return this.#options.symbol;
  }

  get state(): LiveOrderBookState {
    return this.#status.state;
  }

  watch(): LiveOrderBook {
    return this.#status.watch();
  }

  close(message: string): Promise<void> {
    return this.#close(message);
  }

  confirmed(generation: number): void {
    if (this.#closed || !this.#sync.accepts(generation)) return;
    this.#up = true;
    // The size of a contract may have changed while the topic was away.
    this.#toBase = undefined;
    const step = this.#sync.confirmed(generation);
    // A planned change of connection: the live book just goes on.
    if (this.#sync.state === 'live' && step === 'ignored') return;
    this.#recovery.halt();
    this.#status.publish('syncing');
    if (!this.#closed) this.#settle(step);
  }

  data(payload: unknown, venueTime: number, generation: number, now = this.#clock.monotonic()): void {
    if (this.#closed || !this.#sync.accepts(generation)) return;
    this.#pushedAt = now;
    if (this.#sync.state !== 'live' || this.#sync.anchoring) this.#recovery.pushed();
    const late = this.#status.published === 'live' && this.#status.overdue(now);
    if (late) this.#status.publish('stale', SILENT);
    if (!this.#closed) this.#read(payload, venueTime, generation);
    if (late) this.#probe();
  }

  lost(reason: string): void {
    if (this.#closed) return;
    this.#drop(false);
    this.#status.publish('stale', reason);
  }

  refused(error: ExchangeError): void {
    this.#fail(error);
  }

  #read(payload: unknown, venueTime: number, generation: number): void {
    const update = this.#isInBase && payload instanceof BookUpdate ? payload : this.#decode(payload, generation);
    if (update === undefined) return;
    if (Number.isNaN(update.venueTime)) update.venueTime = venueTime;
    const stages = this.#stages;
    stages?.decoded();
    const step = this.#sync.update(update, generation);
    stages?.applied();
    if (step === 'diverged') this.#options.on.malformed(DIVERGED);
    if (step === 'changed' || step === 'diverged') this.#changed(this.#pushedAt);
    else this.#settle(step);
  }

  /** @returns `undefined` for what cannot be read; everything that follows from it has been done. */
  #decode(payload: unknown, generation: number): BookUpdate | undefined {
    UPDATE.reset();
    try {
      this.#feed.decode(payload, UPDATE);
      if (!this.#isInBase) scaleUpdate(UPDATE, this.#toBase ?? this.#learnTerms());
      return UPDATE;
    } catch (error) {
      this.#undecodable(error, generation);
      return undefined;
    }
  }

  /** @throws {MalformedResponseError} where the market is not counted in contracts. */
  #learnTerms(): (contracts: number, price: number) => number {
    const terms = this.#options.terms?.();
    if (terms !== undefined) this.#toBase = createContractScale(terms);
    if (this.#toBase !== undefined) return this.#toBase;
    throw new MalformedResponseError({ message: `${this.symbol} has no contract size`, outcome: 'unknown' });
  }

  #undecodable(error: unknown, generation: number): void {
    const what = error instanceof Error ? error.message : 'a push that cannot be read';
    const step = this.#sync.fault(what, generation);
    this.#options.on.malformed(what);
    if (!this.#closed) this.#settle(step);
  }

  #settle(step: SyncStep): void {
    if (step === 'live') this.#wentLive();
    else if (step === 'broken') this.#recover(this.#sync.reason);
    // While the topic is away everything is only kept: it begins again when it is confirmed.
    else if (!this.#up) return;
    else if (step === 'waiting') this.#recovery.progress();
    else if (step === 'too_old') this.#recovery.tooOld();
    else if (step === 'rejected') this.#rejected(this.#sync.reason);
  }

  #changed(now: number): void {
    const status = this.#status;
    if (!status.changed(now)) return;
    if (status.published !== 'live') {
      this.#recovery.stopProbe();
      status.publish('live');
      if (this.#closed) return;
    }
    if (this.#sync.book.cutDepth < this.#anchorBelow) this.#recovery.checkHorizon(now);
    status.notify();
  }

  #wentLive(): void {
    const now = this.#clock.monotonic();
    const { silence } = this.#status;
    this.#recovery.wentLive(now);
    this.#liveSince = now;
    silence.interrupted();
    if (this.#sync.book.sequence === this.#silentSequence) silence.quiet();
    this.#silentSequence = -1;
    this.#status.applied(now);
    this.#status.publish('live');
    if (!this.#closed) this.#status.notify();
  }

  /** A fresh snapshot stands at the sequence of the live book. */
  #proven(quiet: boolean): void {
    if (quiet) this.#status.silence.quiet();
    this.#status.proven(this.#clock.monotonic());
    this.#status.publish('live');
  }

  #silent(): void {
    this.#status.publish('stale', SILENT);
    this.#probe();
  }

  #probe(): void {
    if (this.#closed || this.#sync.state !== 'live' || this.#status.published !== 'stale') return;
    this.#silentSequence = this.#sync.book.sequence;
    this.#recovery.probe();
  }

  #rejected(what: string): void {
    this.#options.on.malformed(what);
    if (!this.#closed) this.#recovery.retry(what);
  }

  /** The live book broke: a new snapshot on the same topic, or the topic anew where it brings the snapshot. */
  #recover(reason: string): void {
    if (this.#feed.snapshot === 'stream') {
      this.#moveTopic(reason);
      return;
    }
    this.#recovery.halt();
    this.#liveEnded(true);
    this.#status.publish('stale', reason);
    if (!this.#closed) this.#options.on.resync(reason);
    if (!this.#closed) this.#status.publish('syncing');
    if (!this.#closed) this.#settle(this.#sync.resume());
  }

  #moveTopic(reason: string): void {
    this.#drop(true);
    this.#status.publish('stale', reason);
    if (!this.#closed) this.#options.on.resync(reason);
    if (!this.#closed) this.#recovery.resubscribe(() => this.#subscription?.resubscribe());
  }

  /** The topic is gone. */
  #drop(broke: boolean): void {
    const { state } = this.#sync;
    if (state === 'live' || state === 'broken') this.#liveEnded(broke);
    this.#recovery.halt();
    this.#sync.lost();
    this.#up = false;
  }

  #liveEnded(broke: boolean): void {
    this.#recovery.pace.liveEnded(this.#clock.monotonic() - this.#liveSince, broke);
  }

  #fail(error: ExchangeError): void {
    if (this.#closed) return;
    this.#options.report(error);
    void this.#close(error.message, error);
  }

  #close(message: string, error?: ExchangeError): Promise<void> {
    if (this.#closed) return this.#closing;
    this.#closed = true;
    this.#drop(false);
    this.#closing = this.#unsubscribe();
    this.#options.on.ended?.();
    this.#status.end(error ?? new ClosedError({ message: `${this.#options.symbol}: ${message}` }));
    return this.#closing;
  }

  async #unsubscribe(): Promise<void> {
    try {
      await this.#subscription?.close();
    } catch (error) {
      this.#options.report(error);
    }
  }
}
