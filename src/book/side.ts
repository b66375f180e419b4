import type { Level } from '../model/order-book.js';

/** Below this many levels a plain loop moves them faster than `copyWithin` is called. */
const SHORT_MOVE = 48;

/** Levels looked at one by one before the search is halved: most changes are near the top, or near the change before. */
const NEAR = 8;

/** Doubling would leave a large book half empty. */
const GROWTH = 1.5;

/** Fewest places that an array has, and fewest that it has free where it is made for a known number of levels. */
const ROOM = 16;

const EMPTY = new Float64Array(0);

/** Rank and quantity of the level that is being put: a number handed to a function would be made anew on the heap. */
const LEVEL = new Float64Array(2);

/**
 * One side of an order book: sorted typed arrays with the best level at the end, so a change near the top moves little, and with
 * room at both ends, so what falls off the worse one is only left behind.
 * Knows its **horizon**: the worst price up to which every level of the venue is known. What lies beyond is not kept.
 *
 * Prices are kept as rank = price for bids and −price for asks, so that a higher rank is a better price on both sides.
 */
export class BookSide {
  readonly #sign: 1 | -1;
  #ranks = EMPTY;
  #quantities = EMPTY;
  /** Places of the worst level, and behind the best one. */
  #low = 0;
  #high = 0;
  #isCut = false;
  /** The horizon is the worst level kept, whatever `#horizon` says: so it need not be read to be remembered. */
  #endsAtWorst = false;
  #horizon = Number.NEGATIVE_INFINITY;

  constructor(side: 'bid' | 'ask') {
    this.#sign = side === 'bid' ? 1 : -1;
  }

  /** Levels kept. */
  get count(): number {
    return this.#high - this.#low;
  }

  /** Whether the venue may have levels beyond the horizon; `false`: the whole side is known. */
  get cut(): boolean {
    return this.#isCut;
  }

  /** Quote per base; `NaN` when empty. */
  get bestPrice(): number {
    return this.#high === this.#low ? Number.NaN : (this.#ranks[this.#high - 1] as number) * this.#sign;
  }

  /** Base asset; 0 when empty. */
  get bestQuantity(): number {
    return this.#high === this.#low ? 0 : (this.#quantities[this.#high - 1] as number);
  }

  /** Price of the level `index` places behind the best (0 = the best); `NaN` where there is none. */
  priceAt(index: number): number {
    if (!(index >= 0 && index < this.count)) return Number.NaN;
    return (this.#ranks[this.#high - index - 1] as number) * this.#sign;
  }

  /** Quantity of the level `index` places behind the best (0 = the best); 0 where there is none. */
  quantityAt(index: number): number {
    return index >= 0 && index < this.count ? (this.#quantities[this.#high - index - 1] as number) : 0;
  }

  /** The level `index` places behind the best (0 = the best). */
  at(index: number): Level | undefined {
    const price = this.priceAt(index);
    return Number.isNaN(price) ? undefined : { price, quantity: this.quantityAt(index) };
  }

  /** Copies of the best `depth` levels, best first. */
  levels(depth: number): Level[] {
    const levels: Level[] = [];
    const end = Math.min(depth, this.count);
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
    LEVEL[0] = price * this.#sign;
    LEVEL[1] = quantity;
    this.#put(LEVEL, this.#high);
  }

  /**
   * Puts the first `count` levels, as {@link BookSide.set} does. Venues print the best ones first, so each is looked for from
   * the place of the one before.
   * @returns what is impossible about the first level that is; those before it have been put.
   */
  change(prices: Float64Array, quantities: Float64Array, count: number): 'ok' | 'price' | 'quantity' {
    const sign = this.#sign;
    const level = LEVEL;
    let before = Number.NEGATIVE_INFINITY;
    let place = 0;
    for (let index = 0; index < count; index++) {
      const price = prices[index] as number;
      const quantity = quantities[index] as number;
      if (!(price > 0 && price < Number.POSITIVE_INFINITY)) return 'price';
      if (!(quantity >= 0 && quantity < Number.POSITIVE_INFINITY)) return 'quantity';
      const rank = price * sign;
      level[0] = rank;
      level[1] = quantity;
      place = this.#put(level, rank < before ? place : this.#high);
      before = rank;
    }
    return 'ok';
  }

  /**
   * Drops all but the best `depth` levels. A side that has so many or more is cut from now on: its horizon moves to the
   * worst level kept.
   */
  truncate(depth: number): void {
    const excess = this.count - depth;
    if (excess < 0) return;
    this.#low += excess;
    this.#isCut = true;
    this.#endsAtWorst = true;
  }

  /** Nothing beyond this price is known: drops what lies there. The horizon only ever moves towards the best price. */
  cutAt(price: number): void {
    const rank = price * this.#sign;
    const horizon = this.#endsAtWorst ? (this.#ranks[this.#low] as number) : this.#horizon;
    if (rank <= horizon) return;
    LEVEL[0] = rank;
    this.#low = this.#find(LEVEL, this.#high);
    this.#isCut = true;
    this.#endsAtWorst = false;
    this.#horizon = rank;
  }

  /** Empties it, forgets the horizon, and makes room for `count` levels and a few more. */
  clear(count = 0): void {
    this.#isCut = false;
    this.#endsAtWorst = false;
    this.#horizon = Number.NEGATIVE_INFINITY;
    const room = count === 0 ? 0 : count + Math.max(ROOM, count >> 3);
    if (room > this.#ranks.length) {
      this.#ranks = new Float64Array(room);
      this.#quantities = new Float64Array(room);
    }
    this.#low = (this.#ranks.length - count) >> 1;
    this.#high = this.#low;
  }

  /**
   * @param from every level from this place on is better.
   * @returns the place from which on every level is as good or better.
   */
  #put(level: Float64Array, from: number): number {
    const rank = level[0] as number;
    const quantity = level[1] as number;
    const at = this.#find(level, from);
    if (at < this.#high && this.#ranks[at] === rank) {
      if (quantity === 0) return this.#remove(at);
      this.#quantities[at] = quantity;
      return at;
    }
    if (quantity === 0 || (at === this.#low && (this.#endsAtWorst || rank < this.#horizon))) return at;
    return this.#insert(at, level);
  }

  /** Place of the first level whose rank is not below that of `level`, where the one at `from` is not below it. */
  #find(level: Float64Array, from: number): number {
    const rank = level[0] as number;
    const ranks = this.#ranks;
    const worst = this.#low;
    let high = from;
    const near = Math.max(worst, high - NEAR);
    while (high > near && (ranks[high - 1] as number) >= rank) high--;
    if (high > near || high === worst) return high;
    // Steps that double look at memory near the top only; halving the whole side would begin far from it.
    let low = high;
    for (let step = NEAR; low > worst && (ranks[low - 1] as number) >= rank; step *= 2) {
      high = low - 1;
      low = Math.max(worst, low - step);
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ranks[middle] as number) < rank) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(place: number, level: Float64Array): number {
    let at = place;
    if (at === this.#low && at > 0) {
      at--;
      this.#low = at;
    } else {
      if (this.#high === this.#ranks.length) at += this.#makeRoom();
      moveUp(this.#ranks, this.#quantities, at, this.#high++);
    }
    this.#ranks[at] = level[0] as number;
    this.#quantities[at] = level[1] as number;
    return at;
  }

  #remove(at: number): number {
    if (at === this.#low) {
      if (this.#endsAtWorst) this.#horizon = this.#ranks[at] as number;
      this.#endsAtWorst = false;
      this.#low++;
      return at + 1;
    }
    moveDown(this.#ranks, this.#quantities, at + 1, this.#high--);
    return at;
  }

  /** Puts the levels into the middle, of larger arrays where these are nearly full. @returns how far they went. */
  #makeRoom(): number {
    const { count } = this;
    const from = this.#low;
    const isFull = this.#ranks.length - count < Math.max(ROOM / 2, count >> 4);
    const room = isFull ? Math.max(ROOM, Math.ceil(count * GROWTH)) : this.#ranks.length;
    const low = (room - count) >> 1;
    this.#ranks = moved(this.#ranks, from, this.#high, room, low);
    this.#quantities = moved(this.#quantities, from, this.#high, room, low);
    this.#low = low;
    this.#high = low + count;
    return low - from;
  }
}

function moved(numbers: Float64Array<ArrayBuffer>, from: number, to: number, room: number, low: number) {
  if (room === numbers.length) return numbers.copyWithin(low, from, to);
  const larger = new Float64Array(room);
  larger.set(numbers.subarray(from, to), low);
  return larger;
}

/** Moves the levels from `from` up to `to` one place towards the best. */
function moveUp(ranks: Float64Array, quantities: Float64Array, from: number, to: number): void {
  if (to - from > SHORT_MOVE) {
    ranks.copyWithin(from + 1, from, to);
    quantities.copyWithin(from + 1, from, to);
    return;
  }
  for (let index = to; index > from; index--) {
    ranks[index] = ranks[index - 1] as number;
    quantities[index] = quantities[index - 1] as number;
  }
}

/** Moves the levels from `from` up to `to` one place towards the worst. */
function moveDown(ranks: Float64Array, quantities: Float64Array, from: number, to: number): void {
  if (to - from > SHORT_MOVE) {
    ranks.copyWithin(from - 1, from, to);
    quantities.copyWithin(from - 1, from, to);
    return;
  }
  for (let index = from; index < to; index++) {
    ranks[index - 1] = ranks[index] as number;
    quantities[index - 1] = quantities[index] as number;
  }
}
