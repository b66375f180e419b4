import { malformed, readArray, readObject, readPrice } from '../../../adapter/read.js';
import type { Instrument } from '../../../model/instrument.js';
import type { Level, OrderBookSnapshot } from '../../../model/order-book.js';
import { readSequence } from '../read-sequence.js';
import { scaleOf } from './contract-terms.js';
import { readMoment } from './moment.js';

/**
 * Reads a whole book with its id; levels are objects, times are seconds with a fraction.
 * Source: Gate API v4 docs, futures order book.
 * @throws {MalformedResponseError} when the id is missing, a number is impossible or a side is out of order.
 */
export function decodeSnapshot(body: unknown, instrument: Instrument, receivedAt: number): OrderBookSnapshot {
  const { id, update, bids, asks } = readObject(body, 'order_book');
  return {
    symbol: instrument.symbol,
    bids: readSide(bids, instrument, 'order_book bids', (better, worse) => better > worse),
    asks: readSide(asks, instrument, 'order_book asks', (better, worse) => better < worse),
    sequence: readSequence(id, 'order_book id'),
    updatedAt: readMoment(update, 'order_book update'),
    receivedAt,
  };
}

function readSide(
  value: unknown,
  instrument: Instrument,
  where: string,
  inOrder: (better: number, worse: number) => boolean,
): Level[] {
  const scale = scaleOf(instrument);
  const levels = readArray(value, where).map((level) => {
    const { p, s } = readObject(level, `${where} level`);
    const price = readPrice(p, `${where} price`);
    return { price, quantity: scale(readPrice(s, `${where} contracts`), price) };
  });
  levels.forEach((level, at) => {
    const better = levels[at - 1];
    if (better !== undefined && !inOrder(better.price, level.price))
      throw malformed(where, 'prices from the best on', value);
  });
  return levels;
}
