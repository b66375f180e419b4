import { readObject } from '../../../adapter/read.js';
import { BookUpdate } from '../../../model/book-update.js';
import { readAsks, readBids, readBookNumbers } from '../book-parts.js';

/**
 * Fills `into` from a push of `spot.order_book_update`: `U` to `u`, amounts absolute, both sides always present.
 * `full: true` marks a whole book. What comes as a {@link BookUpdate} was read in the frame already. Source: Gate spot WebSocket v4 docs, changed order book levels.
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
 * Fills `into` from a push of `spot.order_book`: always the whole book down to the level subscribed to.
 * Source: Gate spot WebSocket v4 docs, limited level full order book snapshot.
 * @throws {MalformedResponseError}
 */
export function decodeLimitedBook(payload: unknown, into: BookUpdate): void {
  const { lastUpdateId, t, bids, asks } = readObject(payload, 'limited book');
  readBookNumbers(true, undefined, lastUpdateId, t, into);
  readBids(bids, into);
  readAsks(asks, into);
}
