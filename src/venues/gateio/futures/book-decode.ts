import { readArray, readNumber, readObject, readPrice } from '../../../adapter/read.js';
import { BookUpdate } from '../../../model/book-update.js';
import { readBookNumbers } from '../book-parts.js';

/**
 * Fills `into` from a push of `futures.order_book_update`: `U` to `u`, contracts absolute, levels are objects.
 * `full: true` marks a whole book. What comes as a {@link BookUpdate} was read in the frame already. Source: Gate futures WebSocket v4 docs, order book update.
 * @throws {MalformedResponseError}
 */
export function decodeBookUpdate(payload: unknown, into: BookUpdate): void {
  if (payload instanceof BookUpdate) return into.assign(payload);
  const { full, U, u, t, b, a } = readObject(payload, 'book update');
  readBookNumbers(full, U, u, t, into);
  readBids(b, into);
  readAsks(a, into);
}

/**
 * Fills `into` from a push of `futures.order_book`: always the whole book down to the level subscribed to.
 * Source: Gate futures WebSocket v4 docs, legacy order book.
 * @throws {MalformedResponseError}
 */
export function decodeLimitedBook(payload: unknown, into: BookUpdate): void {
  const { id, t, bids, asks } = readObject(payload, 'limited book');
  readBookNumbers(true, undefined, id, t, into);
  readBids(bids, into);
  readAsks(asks, into);
}

function readBids(side: unknown, into: BookUpdate): void {
  for (const level of readArray(side, 'book update bids')) {
    const { p, s } = readObject(level, 'book update bid');
    into.addBid(readPrice(p, 'book update bid price'), readNumber(s, 'book update bid contracts'));
  }
}

function readAsks(side: unknown, into: BookUpdate): void {
  for (const level of readArray(side, 'book update asks')) {
    const { p, s } = readObject(level, 'book update ask');
    into.addAsk(readPrice(p, 'book update ask price'), readNumber(s, 'book update ask contracts'));
  }
}
