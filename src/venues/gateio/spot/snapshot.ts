import { malformed, readArray, readObject, readPrice } from '../../../adapter/read.js';
import type { Level, OrderBookSnapshot } from '../../../model/order-book.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readSequence } from '../read-sequence.js';
import { readMilliseconds } from '../times.js';

/**
 * Reads a whole book with its id; `update` is the time of its last change.
 * Source: Gate API v4 docs, retrieve order book.
 * @throws {MalformedResponseError} when the id is missing, a number is impossible or a side is out of order.
 */
export function decodeSnapshot(body: unknown, symbol: MarketSymbol, receivedAt: number): OrderBookSnapshot {
  const { id, update, bids, asks } = readObject(body, 'order_book');
  return {
    symbol,
    bids: readSide(bids, 'order_book bids', (better, worse) => better > worse),
    asks: readSide(asks, 'order_book asks', (better, worse) => better < worse),
    sequence: readSequence(id, 'order_book id'),
    updatedAt: readMilliseconds(update, 'order_book update'),
    receivedAt,
  };
}

function readSide(value: unknown, where: string, inOrder: (better: number, worse: number) => boolean): Level[] {
  const levels = readArray(value, where).map((level) => {
    const [price, quantity] = readArray(level, `${where} level`);
    return { price: readPrice(price, `${where} price`), quantity: readPrice(quantity, `${where} quantity`) };
  });
  levels.forEach((level, at) => {
    const better = levels[at - 1];
    if (better !== undefined && !inOrder(better.price, level.price))
      throw malformed(where, 'prices from the best on', value);
  });
  return levels;
}
