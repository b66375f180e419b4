import type { Level, OrderBookSnapshot } from '../../model/order-book.js';
import type { MarketSymbol } from '../../model/symbol.js';

declare const liveBrand: unique symbol;

/** A book that may or may not be proven now: a `LiveOrderBook` of this package, or a recorded one. */
export interface BookSource {
  readonly symbol: MarketSymbol;
  readonly state: 'syncing' | 'live' | 'stale' | 'closed';
  readonly sequence: number;
  /** Epoch ms of the last change by the venue's clock. */
  readonly updatedAt: number;
  /** Ms since the book was last proven. */
  readonly ageMs: number;
  readonly bestBid: Level | undefined;
  readonly bestAsk: Level | undefined;
  /** @throws {StaleBookError} unless live. */
  snapshot(depth?: number): OrderBookSnapshot;
}

/** A book that was found live in this synchronous run. Only {@link asLive} makes one; do not keep it. */
export type LiveBook = BookSource & { readonly [liveBrand]: true };

/** The book as one that may be used, or `undefined` unless it is live. */
export function asLive(book: BookSource): LiveBook | undefined {
  return book.state === 'live' ? (book as LiveBook) : undefined;
}
