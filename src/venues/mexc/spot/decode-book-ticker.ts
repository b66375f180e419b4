import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { readArray, readInteger, readObject, readOptional } from '../../../adapter/read.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import { type PushContext, updatedAt } from './push-context.js';
import { readBestSide } from './read-wire.js';

/**
 * Reads a `publicAggreBookTicker` or `publicBookTicker` body; the older one and servers before June 2026 send no version.
 * Source: MEXC spot v3 docs, book ticker streams.
 * @throws {MalformedResponseError}
 */
export function decodeBookTicker(payload: unknown, context: PushContext): BookTicker {
  return readBookTicker(payload, readObject(payload, 'bookTicker')['version'], context);
}

/**
 * Reads a `publicBookTickerBatch` body; the version in it is that of its last item. Source: MEXC spot v3 docs, book ticker batch.
 * @throws {MalformedResponseError}
 */
export function decodeBookTickerBatch(payload: unknown, context: PushContext): BookTicker[] {
  const { items, version } = readObject(payload, 'bookTicker.batch');
  const list = readArray(items, 'bookTicker.batch items');
  return list.map((item, at) => readBookTicker(item, at === list.length - 1 ? version : undefined, context));
}

function readBookTicker(payload: unknown, version: unknown, context: PushContext): BookTicker {
  const { bidPrice, bidQuantity, askPrice, askQuantity } = readObject(payload, 'bookTicker');
  const bid = readBestSide(bidPrice, bidQuantity, 'bookTicker bid');
  const ask = readBestSide(askPrice, askQuantity, 'bookTicker ask');
  return {
    symbol: context.symbol,
    bidPrice: bid.price,
    bidQuantity: bid.quantity,
    askPrice: ask.price,
    askQuantity: ask.quantity,
    ...omitUndefined({ sequence: readOptional(version, 'bookTicker version', readInteger) }),
    ...updatedAt(context.venueTime),
    receivedAt: context.receivedAt,
  };
}
