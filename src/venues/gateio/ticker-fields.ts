import { malformed, readNumber, readOptional, readPrice, readSignedNumber } from '../../adapter/read.js';
import type { BookTicker } from '../../model/book-ticker.js';

/**
 * Bid price, bid size, ask price, ask size; an empty text as the price means that the side has no orders.
 * @throws {MalformedResponseError} when one is missing, or a price is not above zero.
 */
export function readSides(
  [bid, bidSize, ask, askSize]: readonly [unknown, unknown, unknown, unknown],
  where: string,
): Pick<BookTicker, 'bidPrice' | 'bidQuantity' | 'askPrice' | 'askQuantity'> {
  return {
    bidPrice: bid === '' ? undefined : readPrice(bid, `${where} bid price`),
    bidQuantity: bid === '' ? 0 : readNumber(bidSize, `${where} bid size`),
    askPrice: ask === '' ? undefined : readPrice(ask, `${where} ask price`),
    askQuantity: ask === '' ? 0 : readNumber(askSize, `${where} ask size`),
  };
}

/** A best price; `undefined` where the side has no orders. */
export function readBest(value: unknown, where: string): number | undefined {
  const price = readOptional(value, where, readNumber);
  return price === 0 ? undefined : price;
}

/** Percent to fraction by moving the point, which keeps the nearest double: `'1.62'` → 0.0162. */
export function readPercent(value: unknown, where: string): number {
  readSignedNumber(value, where);
  const ratio = Number(`${value}e-2`);
  if (Number.isFinite(ratio)) return ratio;
  throw malformed(where, 'a percentage', value);
}
