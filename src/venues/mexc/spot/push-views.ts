/**
 * Best prices read straight from a frame; refilled by the next one. A price or quantity of 0: the side is empty. The places
 * of the numbers stand as digits: a constant of a module is looked up and checked at every use.
 */
export class TickerView {
  readonly numbers = new Float64Array(5);

  get bidPrice(): number {
    return this.numbers[0] as number;
  }

  get bidQuantity(): number {
    return this.numbers[1] as number;
  }

  get askPrice(): number {
    return this.numbers[2] as number;
  }

  get askQuantity(): number {
    return this.numbers[3] as number;
  }

  /** -1 where the venue sent none. */
  get version(): number {
    return this.numbers[4] as number;
  }
}

/** Trades read straight from a frame, in the order of the wire; refilled by the next one. */
export class DealsView {
  count = 0;
  prices = new Float64Array(64);
  quantities = new Float64Array(64);
  /** Epoch ms. */
  times = new Float64Array(64);
  /** 1 where the taker bought. */
  readonly isBuy = new Uint8Array(64);
  /** `''` where the venue sent none. */
  readonly ids: string[] = [];
}
