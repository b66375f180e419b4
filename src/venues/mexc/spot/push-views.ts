/** Places in {@link TickerView.numbers}. */
export const BID_PRICE = 0;
export const BID_QUANTITY = 1;
export const ASK_PRICE = 2;
export const ASK_QUANTITY = 3;
export const VERSION = 4;

/** Best prices read straight from a frame; refilled by the next one. A price or quantity of 0: the side is empty. */
export class TickerView {
  /** The version is -1 where the venue sent none. */
  readonly numbers = new Float64Array(5);
}

/** Trades read straight from a frame, in the order of the wire; refilled by the next one. */
export class DealsView {
  count = 0;
  prices = new Float64Array(64);
  quantities = new Float64Array(64);
  /** Epoch ms. */
  times = new Float64Array(64);
  readonly isBuy: boolean[] = [];
  /** `''` where the venue sent none. */
  readonly ids: string[] = [];
}
