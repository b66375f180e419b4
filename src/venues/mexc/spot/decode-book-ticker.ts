import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { readArray, readInteger, readObject, readOptional } from '../../../adapter/read.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import { type PushContext, updatedAt } from './push-context.js';
import { TickerView } from './push-views.js';
import { readBestSide } from './read-wire.js';

/**
 * Reads a `publicAggreBookTicker` or `publicBookTicker` body; the older one and servers before June 2026 send no version.
 * Source: MEXC spot v3 docs, book ticker streams.
 * @throws {MalformedResponseError}
 */
export function decodeBookTicker(payload: unknown, context: PushContext): BookTicker {
  if (payload instanceof TickerView) return fromView(payload, context);
  return readBookTicker(payload, readObject(payload, 'bookTicker')['version'], context);
}

/** The same object that the general way makes, in one piece, because it is made for every change of the best prices. */
function fromView(view: TickerView, { symbol, venueTime, receivedAt }: PushContext): BookTicker {
  const hasBid = view.bidPrice !== 0 && view.bidQuantity !== 0;
  const hasAsk = view.askPrice !== 0 && view.askQuantity !== 0;
  const bidPrice = hasBid ? view.bidPrice : undefined;
  const bidQuantity = hasBid ? view.bidQuantity : 0;
  const askPrice = hasAsk ? view.askPrice : undefined;
  const askQuantity = hasAsk ? view.askQuantity : 0;
  const sequence = view.version;
  if (sequence >= 0 && !Number.isNaN(venueTime)) {
    return { symbol, bidPrice, bidQuantity, askPrice, askQuantity, sequence, updatedAt: venueTime, receivedAt };
  }
  const sides = { symbol, bidPrice, bidQuantity, askPrice, askQuantity };
  return { ...sides, ...(sequence < 0 ? {} : { sequence }), ...updatedAt(venueTime), receivedAt };
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
