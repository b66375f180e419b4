import type { BookUpdate } from '../model/book-update.js';

/** Turns the quantities of an update from contracts into base asset, in place. */
export function scaleUpdate(update: BookUpdate, toBase: (contracts: number, price: number) => number): void {
  const { bidPrices, bidQuantities, bidCount, askPrices, askQuantities, askCount } = update;
  for (let at = 0; at < bidCount; at++) {
    bidQuantities[at] = toBase(bidQuantities[at] as number, bidPrices[at] as number);
  }
  for (let at = 0; at < askCount; at++) {
    askQuantities[at] = toBase(askQuantities[at] as number, askPrices[at] as number);
  }
}
