import type { Level, OrderBookSnapshot } from '../model/order-book.js';
import type { Side } from '../model/side.js';
import type { MarketSymbol } from '../model/symbol.js';

/**
 * `syncing`: being built. `live`: proven equal to the venue's book at `sequence`. `stale`: it was live or on its way and
 * cannot be proven now; recovery runs by itself. `closed`: over.
 */
export type LiveOrderBookState = 'syncing' | 'live' | 'stale' | 'closed';

/** What filling a quantity at once against the book would cost, before fees. */
export interface BookPrice {
  /** Quantity-weighted mean, quote per base. */
  readonly averagePrice: number;
  /** Price of the last level touched, quote per base. */
  readonly worstPrice: number;
  /** Base asset, as asked. */
  readonly quantity: number;
}

/** Called once per applied message, synchronously, with the book itself. */
export type BookUpdateHandler = (book: LiveOrderBook) => unknown;

/** Called at every change of state; `reason` says why, in words, for `stale` and `closed`. */
export type BookStateHandler = (state: LiveOrderBookState, reason?: string) => unknown;

/**
 * An order book that follows the venue. Not a snapshot: it changes between two reads, never within one synchronous
 * run of your code. Numbers are given out only while they are proven: each side shows what is proven of it, and both are
 * proven at least down to {@link reliableDepth}. Watchers of the same book share it; each closes its own view.
 */
export interface LiveOrderBook extends AsyncDisposable {
  readonly symbol: MarketSymbol;
  /** Reading compares the clock too: after a long pause of the process it says `stale` before any event does. */
  readonly state: LiveOrderBookState;
  /** The venue's number of the state shown; `-1` before the first. */
  readonly sequence: number;
  /** Epoch ms of the last change by the venue's clock, where it sends none by ours; `NaN` before the first. */
  readonly updatedAt: number;
  /** Ms since the book was last proven (an applied update, or a probe that found no change); `Infinity` before and after. */
  readonly ageMs: number;
  /**
   * Levels per side, from the best, that are exactly the venue's. A side that is known to its end does not limit it:
   * where both are, it is the length of the longer. 0 unless live.
   */
  readonly reliableDepth: number;
  /** Resolves when the book is live for the first time; rejects when it is refused or closed before. */
  readonly ready: Promise<void>;
  /** Highest bid; `undefined` unless live, and where the side is empty. */
  readonly bestBid: Level | undefined;
  /** Lowest ask; `undefined` unless live, and where the side is empty. */
  readonly bestAsk: Level | undefined;
  /** Best ask − best bid, quote per base, always above zero; `undefined` unless live with both sides. */
  readonly spread: number | undefined;
  /** Half way between best bid and best ask; `undefined` unless live with both sides. */
  readonly mid: number | undefined;
  /**
   * A copy of the proven levels.
   * @param depth levels per side, 1 or more; default all that are proven.
   * @throws {StaleBookError} unless live.
   * @throws {ValidationError} when `depth` is not a whole number above zero.
   */
  snapshot(depth?: number): OrderBookSnapshot;
  /**
   * Walks the book: `'buy'` takes asks, `'sell'` takes bids.
   * @param quantity base asset, above zero.
   * @returns `undefined` unless live, and where the proven levels hold less than `quantity`.
   * @throws {ValidationError} for another side or quantity.
   */
  priceFor(side: Side, quantity: number): BookPrice | undefined;
  /**
   * Adds a handler. One that throws or rejects is reported and never stops the book or the other handlers.
   * @param options.signal removes the handler when it aborts.
   */
  on(event: 'update', handler: BookUpdateHandler, options?: { signal?: AbortSignal }): this;
  on(event: 'state', handler: BookStateHandler, options?: { signal?: AbortSignal }): this;
  /** Ends it and frees everything; no handler is called afterwards. Idempotent, never rejects. */
  close(): Promise<void>;
}
