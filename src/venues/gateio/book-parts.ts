import { malformed, readArray, readNumber, readObject, readPrice } from '../../adapter/read.js';
import { BookUpdate } from '../../model/book-update.js';
import { readSequence } from './read-sequence.js';
import { readMilliseconds } from './times.js';

/**
 * Fills `into` from a push of `obu`; one that comes as a {@link BookUpdate} was read in the frame already. In others, a change may leave out a side, or both; a whole book may not.
 * Source: Gate spot and futures WebSocket v4 docs, order book v2.
 * @throws {MalformedResponseError}
 */
export function decodeObu(payload: unknown, into: BookUpdate): void {
  if (payload instanceof BookUpdate) return into.assign(payload);
  const { full, U, u, t, b, a } = readObject(payload, 'book update');
  readBookNumbers(full, U, u, t, into);
  if (into.full || b !== undefined) readBids(b, into);
  if (into.full || a !== undefined) readAsks(a, into);
}

/** The numbers and the time of a push. @param full whether it is the whole book. */
export function readBookNumbers(full: unknown, first: unknown, last: unknown, time: unknown, into: BookUpdate): void {
  if (full !== undefined && typeof full !== 'boolean') throw malformed('book update full', 'true or false', full);
  into.full = full === true;
  into.lastSequence = readSequence(last, 'book update last id');
  into.firstSequence = into.full ? into.lastSequence : readSequence(first, 'book update first id');
  if (into.firstSequence > into.lastSequence)
    throw malformed('book update first id', 'one not above the last id', first);
  into.venueTime = readMilliseconds(time, 'book update time');
}

/** Levels as pairs of price and quantity. */
export function readBids(side: unknown, into: BookUpdate): void {
  for (const level of readArray(side, 'book update bids')) {
    const [price, quantity] = readArray(level, 'book update bid');
    into.addBid(readPrice(price, 'book update bid price'), readNumber(quantity, 'book update bid quantity'));
  }
}

/** Levels as pairs of price and quantity. */
export function readAsks(side: unknown, into: BookUpdate): void {
  for (const level of readArray(side, 'book update asks')) {
    const [price, quantity] = readArray(level, 'book update ask');
    into.addAsk(readPrice(price, 'book update ask price'), readNumber(quantity, 'book update ask quantity'));
  }
}
