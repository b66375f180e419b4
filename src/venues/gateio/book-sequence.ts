import type { SequenceRule } from '../../model/book-update.js';

/**
 * `order_book_update`: the first number may lie inside what the book already has (amounts are absolute), but not
 * leave a hole. `last` below zero means that there is no book yet. A whole book replaces unless it is not newer. Source: Gate spot WebSocket v4 docs, how to maintain a
 * local order book.
 */
export const continueBookUpdate: SequenceRule = (last, { full, firstSequence, lastSequence }) => {
  if (last < 0) return full ? 'apply' : 'gap';
  if (lastSequence <= last) return 'skip';
  return full || firstSequence <= last + 1 ? 'apply' : 'gap';
};

/**
 * `obu`: numbers follow one another exactly; an overlap is as broken as a hole. A whole book always replaces (its
 * number may be lower after a restart), and changes before the first one mean nothing. Source: Gate spot WebSocket v4
 * docs, order book v2.
 */
export const continueObu: SequenceRule = (last, { full, firstSequence, lastSequence }) => {
  if (full) return 'apply';
  if (last < 0 || lastSequence <= last) return 'skip';
  return firstSequence === last + 1 ? 'apply' : 'gap';
};

/**
 * `order_book`: each push is the whole book. One with the same number says that nothing changed; an older one is not
 * shown. Source: Gate spot WebSocket v4 docs, limited level full order book snapshot.
 */
export const continueLimitedBook: SequenceRule = (last, { lastSequence }) => (lastSequence < last ? 'skip' : 'apply');
