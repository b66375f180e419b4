import type { BookUpdate } from '../model/book-update.js';
import { BookSide } from './side.js';

/**
 * Whether a book may be shown after a message. `crossed`: best bid at or above best ask. `price`, `quantity`: one is not
 * a possible number. `unsorted`: a whole book out of order or with a price twice. `exhausted`: every known level of a
 * side is gone while the venue may have more beyond the horizon, so the best price is unknown.
 */
export type BookVerdict = 'ok' | 'crossed' | 'price' | 'quantity' | 'unsorted' | 'exhausted';

/** More levels than memory holds. */
const UNBOUNDED = 0x3fff_ffff;

/**
 * One order book: two sides and the sequence number at which they hold. Not live, it knows no network or time.
 * After a verdict other than `ok` its levels are undefined until the next {@link OrderBook.replace}.
 */
export class OrderBook {
  readonly bids = new BookSide('bid');
  readonly asks = new BookSide('ask');
  /** A small integer: `Infinity` would be a number on the heap. */
  readonly #mostLevels: number;
  #sequence = -1;
  #venueTime = Number.NaN;

  /** @param publishedDepth levels per side that the feed keeps true; `Infinity` = every level it was told of. */
  constructor(publishedDepth: number) {
    this.#mostLevels = Math.min(publishedDepth, UNBOUNDED);
  }

  /** Last sequence number applied; -1 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Epoch ms by the venue's clock of the last message applied; `NaN` where it had none. */
  get venueTime(): number {
    return this.#venueTime;
  }

  /** Fewest levels of a side that is cut; `Infinity` where both sides are known to their end. */
  get cutDepth(): number {
    const bids = this.bids.cut ? this.bids.count : Number.POSITIVE_INFINITY;
    const asks = this.asks.cut ? this.asks.count : Number.POSITIVE_INFINITY;
    return Math.min(bids, asks);
  }

  /**
   * Levels per side, from the best, that are exactly the venue's. Only cut sides limit it: a side known to its end holds
   * every level there is, however few, so it is true to any depth. Where both are whole, the longer one counts.
   */
  get reliableDepth(): number {
    const depth = this.cutDepth;
    return depth === Number.POSITIVE_INFINITY ? Math.max(this.bids.count, this.asks.count) : depth;
  }

  /**
   * Becomes the whole book of `update`.
   * @param truncatedAt levels per side that were asked for: a side that has so many may go on at the venue.
   */
  replace(update: BookUpdate, truncatedAt: number): BookVerdict {
    this.#sequence = update.lastSequence;
    this.#venueTime = update.venueTime;
    const bids = fill(this.bids, update.bidPrices, update.bidQuantities, update.bidCount, -1);
    if (bids !== 'ok') return bids;
    const asks = fill(this.asks, update.askPrices, update.askQuantities, update.askCount, 1);
    if (asks !== 'ok') return asks;
    if (update.bidCount >= truncatedAt) this.bids.cutAt(update.bidPrices[update.bidCount - 1] as number);
    if (update.askCount >= truncatedAt) this.asks.cutAt(update.askPrices[update.askCount - 1] as number);
    return this.#settle();
  }

  /** Applies a change whole. */
  apply(update: BookUpdate): BookVerdict {
    this.#sequence = update.lastSequence;
    this.#venueTime = update.venueTime;
    const bids = this.bids.change(update.bidPrices, update.bidQuantities, update.bidCount);
    if (bids !== 'ok') return bids;
    const asks = this.asks.change(update.askPrices, update.askQuantities, update.askCount);
    return asks === 'ok' ? this.#settle() : asks;
  }

  /**
   * The feed tells nothing of levels behind its depth, and one may have come there unseen as soon as a side is that
   * long: so the horizon moves up even when nothing has to be dropped. Crossing is looked for at the best prices, which
   * are never dropped.
   */
  #settle(): BookVerdict {
    const { bids, asks } = this;
    bids.truncate(this.#mostLevels);
    asks.truncate(this.#mostLevels);
    if ((bids.cut && bids.count === 0) || (asks.cut && asks.count === 0)) return 'exhausted';
    return bids.bestPrice >= asks.bestPrice ? 'crossed' : 'ok';
  }
}

/** @param direction 1: prices must rise from level to level; -1: they must fall. */
function fill(
  side: BookSide,
  prices: Float64Array,
  quantities: Float64Array,
  count: number,
  direction: 1 | -1,
): BookVerdict {
  side.clear(count);
  let previous = direction * Number.NEGATIVE_INFINITY;
  for (let index = 0; index < count; index++) {
    const price = prices[index] as number;
    if ((price - previous) * direction <= 0) return 'unsorted';
    previous = price;
  }
  // Worst first, so that every level is appended behind the others.
  for (let index = count - 1; index >= 0; index--) {
    const price = prices[index] as number;
    const quantity = quantities[index] as number;
    if (!(price > 0 && price < Number.POSITIVE_INFINITY)) return 'price';
    if (!(quantity >= 0 && quantity < Number.POSITIVE_INFINITY)) return 'quantity';
    side.set(price, quantity);
  }
  return 'ok';
}
