import type { OrderBook } from '../book/order-book.js';
import type { BookSync } from '../book/sync.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Clock, Timer } from '../transport/clock.js';
import { type BookSource, LiveBookView } from './live-book-view.js';
import type { LiveOrderBook, LiveOrderBookState } from './live-order-book.js';
import { PushLag } from './push-lag.js';
import { SILENCE, SilenceLimit, type SilenceSettings } from './silence-limit.js';

/** A timer that is due this much too late, ms, is set anew; reads compare the clock themselves. */
const WATCH_SLACK_MS = 1_000;

interface BookStatusOptions {
  readonly symbol: MarketSymbol;
  readonly sync: BookSync;
  readonly clock: Clock;
  readonly silence: Partial<SilenceSettings> | undefined;
  readonly report: (error: unknown) => void;
  /** The book was live and nothing has proven it for the silence limit. */
  silent(): void;
  /** The last view was closed. */
  unwatched(): Promise<void>;
}

/**
 * What is said of one book: its state, its proofs, and when the last of them is too old. A book is shown while its
 * state is `live` and the clock, compared at **every read**, is within the silence limit of the last proof; so a
 * suspended process or a stalled loop cannot show a dead book, whatever its timers do. Only inside `update` handlers
 * the clock is not asked: the book has been proven by the very message that they are called for.
 */
export class BookStatus implements BookSource {
  readonly symbol: MarketSymbol;
  readonly ready: Promise<void>;
  readonly silence: SilenceLimit;
  readonly #options: BookStatusOptions;
  readonly #clock: Clock;
  readonly #sync: BookSync;
  readonly #lag = new PushLag();
  /** Replaced, never changed: a handler may close its view, or open another one. */
  #views: readonly LiveBookView[] = [];
  #published: LiveOrderBookState = 'syncing';
  #notifying = false;
  /** Monotonic ms. */
  #provenAt = Number.NEGATIVE_INFINITY;
  #appliedAt = Number.NEGATIVE_INFINITY;
  #updatedAt = Number.NaN;
  #watch: Timer | undefined;
  #watchDueAt = 0;
  #resolveReady: () => void = () => {};
  #rejectReady: (error: unknown) => void = () => {};

  constructor(options: BookStatusOptions) {
    this.symbol = options.symbol;
    this.#options = options;
    this.#clock = options.clock;
    this.#sync = options.sync;
    this.silence = new SilenceLimit(options.silence === undefined ? SILENCE : { ...SILENCE, ...options.silence });
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Nobody has to listen to it.
    this.ready.catch(() => {});
  }

  /** The state of the last event. */
  get published(): LiveOrderBookState {
    return this.#published;
  }

  get state(): LiveOrderBookState {
    return this.#published === 'live' && this.shown === undefined ? 'stale' : this.#published;
  }

  get shown(): OrderBook | undefined {
    if (this.#published !== 'live' || this.#sync.state !== 'live') return undefined;
    return this.#notifying || !this.overdue(this.#clock.monotonic()) ? this.#sync.book : undefined;
  }

  get sequence(): number {
    return this.#sync.book.sequence;
  }

  get updatedAt(): number {
    return this.#updatedAt;
  }

  get receivedAt(): number {
    return Math.round(this.#clock.now() - (this.#clock.monotonic() - this.#appliedAt));
  }

  get ageMs(): number {
    return this.#clock.monotonic() - this.#provenAt;
  }

  /** Whether the last proof is too old at `now` (monotonic ms). */
  overdue(now: number): boolean {
    return now - this.#provenAt >= this.silence.ms;
  }

  /**
   * A push was applied.
   * @returns whether it proves the book: one that ends a silence may have waited on its way, or here while the process
   * stood still. Newer ones follow it, or a probe proves the book.
   */
  changed(now: number): boolean {
    if (this.#published !== 'live' && this.#lag.isLate(now, this.#sync.book.venueTime)) return false;
    this.silence.heard(now);
    this.applied(now);
    return true;
  }

  /** A message was applied: the book is proven and has changed. */
  applied(now: number): void {
    const venueTime = this.#sync.book.venueTime;
    this.#updatedAt = Number.isNaN(venueTime) ? this.#clock.now() : venueTime;
    this.#appliedAt = now;
    this.#lag.learn(now, venueTime);
    this.proven(now);
  }

  /** The book is what the venue has, at `now`. */
  proven(now: number): void {
    this.#provenAt = now;
    // The limit may have shrunk since the timer was set.
    if (this.#watch !== undefined && this.#watchDueAt > now + this.silence.ms + WATCH_SLACK_MS) this.#arm(now);
  }

  /** Makes the state known, once; a handler may close the book meanwhile. */
  publish(state: LiveOrderBookState, reason?: string): void {
    if (state === this.#published || this.#published === 'closed') return;
    this.#published = state;
    if (state === 'live') {
      this.#arm(this.#clock.monotonic());
      this.#resolveReady();
    } else {
      this.#watch?.cancel();
      this.#watch = undefined;
    }
    for (const view of this.#views) view.changed(state, reason);
  }

  /** Calls the `update` handlers. */
  notify(): void {
    this.#notifying = true;
    try {
      for (const view of this.#views) view.updated();
    } finally {
      this.#notifying = false;
    }
  }

  /** Says the last word; nothing is called afterwards. */
  end(error: Error): void {
    this.#rejectReady(error);
    this.publish('closed', error.message);
    this.#views = [];
  }

  watch(): LiveOrderBook {
    const view = new LiveBookView(this, this.#options.report);
    if (this.#published !== 'closed') this.#views = [...this.#views, view];
    return view;
  }

  async left(view: LiveBookView): Promise<void> {
    this.#views = this.#views.filter((other) => other !== view);
    if (this.#views.length === 0) await this.#options.unwatched();
  }

  #arm(now: number): void {
    this.#watch?.cancel();
    this.#watchDueAt = this.#provenAt + this.silence.ms;
    // Never zero: rounding may say "not yet" at the very moment it is due.
    this.#watch = this.#clock.setTimer(Math.max(1, Math.ceil(this.#watchDueAt - now)), () => this.#due());
  }

  #due(): void {
    const now = this.#clock.monotonic();
    if (this.overdue(now)) this.#options.silent();
    else this.#arm(now);
  }
}
