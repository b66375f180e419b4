/** Places of the numbers of a push. */
export const TIME = 0;
export const TIME_MS = 1;
/** Epoch ms of the event itself. */
export const AT = 2;
export const FIRST = 3;
export const LAST = 4;
export const BID_PRICE = 5;
export const BID_QUANTITY = 6;
export const ASK_PRICE = 7;
export const ASK_QUANTITY = 8;

/** Best prices read straight from a frame; refilled by the next one. Both sides have orders. */
export class TickerView {
  readonly numbers: Float64Array;

  constructor(numbers: Float64Array) {
    this.numbers = numbers;
  }
}

/** One trade read straight from a frame, its price and quantity in the places of the bid; refilled by the next one. */
export class TradeView {
  readonly numbers: Float64Array;
  id = '';
  isBuy = false;

  constructor(numbers: Float64Array) {
    this.numbers = numbers;
  }
}
