import type { Level } from '../model/order-book.js';

/** Below this many levels a plain loop moves them faster than `copyWithin` is called. */
const SHORT_MOVE = 48;

/** Levels looked at one by one before the search is halved: most changes are near the top, or near the change before. */
const NEAR = 8;

/** Doubling would leave a large book half empty. */
const GROWTH = 1.5;

/**
 * One side of an order book: sorted typed arrays with the best level at the end, so a change near the top moves little.
 * Knows its **horizon**: the worst price up to which every level of the venue is known. What lies beyond is not kept.
 *
 * Prices are kept as rank = price for bids and −price for asks, so that a higher rank is a better price on both sides.
 */
export class BookSide {
  readonly #sign: 1 | -1;
  #ranks = new Float64Array(16);
  #quantities = new Float64Array(16);
  #count = 0;
  #horizon = Number.NEGATIVE_INFINITY;

  constructor(side: 'bid' | 'ask') {
    this.#sign = side === 'bid' ? 1 : -1;
  }

  /** Levels kept. */
  get count(): number {
    return this.#count;
  }

  /** Whether the venue may have levels beyond the horizon; `false`: the whole side is known. */
  get cut(): boolean {
    return this.#horizon !== Number.NEGATIVE_INFINITY;
  }

  /** Quote per base; `NaN` when empty. */
  get bestPrice(): number {
    return this.#count === 0 ? Number.NaN : (this.#ranks[this.#count - 1] as number) * this.#sign;
  }

  /** Base asset; 0 when empty. */
  get bestQuantity(): number {
    return this.#count === 0 ? 0 : (this.#quantities[this.#count - 1] as number);
  }

  /** Price of the level `index` places behind the best (0 = the best); `NaN` where there is none. */
  priceAt(index: number): number {
    const rank = this.#ranks[this.#count - 1 - index];
    return index < 0 || rank === undefined ? Number.NaN : rank * this.#sign;
  }

  /** Quantity of the level `index` places behind the best (0 = the best); 0 where there is none. */
  quantityAt(index: number): number {
    return index < 0 ? 0 : (this.#quantities[this.#count - 1 - index] ?? 0);
  }

  /** The level `index` places behind the best (0 = the best). */
  at(index: number): Level | undefined {
    const price = this.priceAt(index);
    return Number.isNaN(price) ? undefined : { price, quantity: this.quantityAt(index) };
  }

  /** Copies of the best `depth` levels, best first. */
  levels(depth: number): Level[] {
    const levels: Level[] = [];
    const end = Math.min(depth, this.#count);
    for (let index = 0; index < end; index++) {
      levels.push({ price: this.priceAt(index), quantity: this.quantityAt(index) });
    }
    return levels;
  }

  /**
   * Puts the quantity at a price; 0 removes the level, and an unknown price may be removed. Beyond the horizon it does
   * nothing. The caller has checked that both numbers are finite, the price above zero and the quantity not below.
   */
  set(price: number, quantity: number): void {
    this.#put(price * this.#sign, quantity, this.#count);
  }

  /**
   * Puts the first `count` levels, as {@link BookSide.set} does. Venues print the best ones first, so each is looked for from
   * the place of the one before.
   * @returns what is impossible about the first level that is; those before it have been put.
   */
  change(prices: Float64Array, quantities: Float64Array, count: number): 'ok' | 'price' | 'quantity' {
    const sign = this.#sign;
    let before = Number.NEGATIVE_INFINITY;
    let place = 0;
    for (let index = 0; index < count; index++) {
      const price = prices[index] as number;
      const quantity = quantities[index] as number;
      if (!(price > 0 && price < Number.POSITIVE_INFINITY)) return 'price';
      if (!(quantity >= 0 && quantity < Number.POSITIVE_INFINITY)) return 'quantity';
      const rank = price * sign;
      place = this.#put(rank, quantity, rank < before ? place : this.#count);
      before = rank;
    }
    return 'ok';
  }

  /**
   * Drops all but the best `depth` levels. A side that has so many or more is cut from now on: its horizon moves to the
   * worst level kept.
   */
  truncate(depth: number): void {
    const excess = this.#count - depth;
    if (excess < 0) return;
    if (excess > 0) {
      this.#ranks.copyWithin(0, excess, this.#count);
      this.#quantities.copyWithin(0, excess, this.#count);
      this.#count = depth;
    }
    this.#horizon = Math.max(this.#horizon, this.#ranks[0] as number);
  }

  /** Nothing beyond this price is known: drops what lies there. The horizon only ever moves towards the best price. */
  cutAt(price: number): void {
    const rank = price * this.#sign;
    if (rank <= this.#horizon) return;
    this.#horizon = rank;
    const excess = this.#find(rank);
    this.#ranks.copyWithin(0, excess, this.#count);
    this.#quantities.copyWithin(0, excess, this.#count);
    this.#count -= excess;
  }

  /** Empties it, forgets the horizon, and makes room for `capacity` levels. */
  clear(capacity = 0): void {
    this.#count = 0;
    this.#horizon = Number.NEGATIVE_INFINITY;
    if (capacity > this.#ranks.length) {
      this.#ranks = new Float64Array(capacity);
      this.#quantities = new Float64Array(capacity);
    }
  }

  /**
   * @param from every level from this place on is better.
   * @returns the place of the level, or the one where it would be.
   */
  #put(rank: number, quantity: number, from: number): number {
    if (rank < this.#horizon) return 0;
    const at = this.#find(rank, from);
    if (at < this.#count && this.#ranks[at] === rank) {
      if (quantity === 0) this.#remove(at);
      else this.#quantities[at] = quantity;
    } else if (quantity !== 0) {
      this.#insert(at, rank, quantity);
    }
    return at;
  }

  /** Index of the first level whose rank is not below `rank`, where `from` is not below it. */
  #find(rank: number, from = this.#count): number {
    const ranks = this.#ranks;
    let high = from;
    const near = Math.max(0, high - NEAR);
    while (high > near && (ranks[high - 1] as number) >= rank) high--;
    if (high > near || high === 0) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ranks[middle] as number) < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(at: number, rank: number, quantity: number): void {
    if (this.#count === this.#ranks.length) this.#grow();
    const ranks = this.#ranks;
    const quantities = this.#quantities;
    const count = this.#count;
    if (count - at > SHORT_MOVE) {
      ranks.copyWithin(at + 1, at, count);
      quantities.copyWithin(at + 1, at, count);
    } else {
      for (let index = count; index > at; index--) {
        ranks[index] = ranks[index - 1] as number;
        quantities[index] = quantities[index - 1] as number;
      }
    }
    ranks[at] = rank;
    quantities[at] = quantity;
    this.#count = count + 1;
  }

  #remove(at: number): void {
    const ranks = this.#ranks;
    const quantities = this.#quantities;
    const last = this.#count - 1;
    if (last - at > SHORT_MOVE) {
      ranks.copyWithin(at, at + 1, this.#count);
      quantities.copyWithin(at, at + 1, this.#count);
    } else {
      for (let index = at; index < last; index++) {
        ranks[index] = ranks[index + 1] as number;
        quantities[index] = quantities[index + 1] as number;
      }
    }
    this.#count = last;
  }

  #grow(): void {
    const ranks = new Float64Array(Math.ceil(this.#ranks.length * GROWTH));
    const quantities = new Float64Array(ranks.length);
    ranks.set(this.#ranks);
    quantities.set(this.#quantities);
    this.#ranks = ranks;
    this.#quantities = quantities;
  }
}
