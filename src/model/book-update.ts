/**
 * One book message in reusable memory: a decoder fills it, a book applies it, and nothing is allocated per level.
 * Prices and quantities are doubles, absolute; quantity 0 removes the level. Levels stand in the order of the wire.
 * Sequence numbers are safe integers. The holder may refill it after the call returns: copy what you keep.
 */
export class BookUpdate {
  /** `true`: the whole book (replace); `false`: a change. */
  full = false;
  /** First sequence number that the message covers. Equals `lastSequence` for a whole book. */
  firstSequence = 0;
  /** Last sequence number that the message covers. */
  lastSequence = 0;
  /** Epoch ms by the venue's clock, or `NaN` where the message has none. */
  venueTime = Number.NaN;
  bidCount = 0;
  askCount = 0;
  bidPrices = new Float64Array(64);
  bidQuantities = new Float64Array(64);
  askPrices = new Float64Array(64);
  askQuantities = new Float64Array(64);

  /** Empties it for the next message. */
  reset(): void {
    this.full = false;
    this.firstSequence = 0;
    this.lastSequence = 0;
    this.venueTime = Number.NaN;
    this.bidCount = 0;
    this.askCount = 0;
  }

  addBid(price: number, quantity: number): void {
    const at = this.bidCount;
    if (at === this.bidPrices.length) this.growBids();
    this.bidPrices[at] = price;
    this.bidQuantities[at] = quantity;
    this.bidCount = at + 1;
  }

  addAsk(price: number, quantity: number): void {
    const at = this.askCount;
    if (at === this.askPrices.length) this.growAsks();
    this.askPrices[at] = price;
    this.askQuantities[at] = quantity;
    this.askCount = at + 1;
  }

  /** Makes room for bids beyond the length of their arrays, which are replaced. */
  growBids(): void {
    this.bidPrices = doubled(this.bidPrices);
    this.bidQuantities = doubled(this.bidQuantities);
  }

  /** Makes room for asks beyond the length of their arrays, which are replaced. */
  growAsks(): void {
    this.askPrices = doubled(this.askPrices);
    this.askQuantities = doubled(this.askQuantities);
  }

  /** Becomes the same message as `other`. */
  assign(other: BookUpdate): void {
    this.full = other.full;
    this.firstSequence = other.firstSequence;
    this.lastSequence = other.lastSequence;
    this.venueTime = other.venueTime;
    this.bidCount = other.bidCount;
    this.askCount = other.askCount;
    while (this.bidPrices.length < other.bidCount) this.growBids();
    while (this.askPrices.length < other.askCount) this.growAsks();
    copyNumbers(other.bidPrices, this.bidPrices, other.bidCount);
    copyNumbers(other.bidQuantities, this.bidQuantities, other.bidCount);
    copyNumbers(other.askPrices, this.askPrices, other.askCount);
    copyNumbers(other.askQuantities, this.askQuantities, other.askCount);
  }

  /** A copy of its own, exactly as large as needed; for buffering. */
  copy(): BookUpdate {
    const copy = new BookUpdate();
    copy.full = this.full;
    copy.firstSequence = this.firstSequence;
    copy.lastSequence = this.lastSequence;
    copy.venueTime = this.venueTime;
    copy.bidCount = this.bidCount;
    copy.askCount = this.askCount;
    copy.bidPrices = this.bidPrices.slice(0, this.bidCount);
    copy.bidQuantities = this.bidQuantities.slice(0, this.bidCount);
    copy.askPrices = this.askPrices.slice(0, this.askCount);
    copy.askQuantities = this.askQuantities.slice(0, this.askCount);
    return copy;
  }
}

/** What to do with an update when the book stands at `last`. `gap`: the chain is broken, the book must be rebuilt. */
export type SequenceVerdict = 'apply' | 'skip' | 'gap';

/** Continues a book: pure, exactly as the venue documents it. */
export type SequenceRule = (last: number, update: BookUpdate) => SequenceVerdict;

/** Most messages hold a few levels: a loop is over before `set` has begun. */
function copyNumbers(from: Float64Array, to: Float64Array, count: number): void {
  for (let at = 0; at < count; at++) to[at] = from[at] as number;
}

function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(8, array.length * 2));
  larger.set(array);
  return larger;
}
