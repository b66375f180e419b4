import type { BookRules } from '../../../src/book/bridge.js';
import type { OrderBook } from '../../../src/book/order-book.js';
import { BookUpdate, type SequenceRule } from '../../../src/model/book-update.js';

/** `[price, quantity]`. */
export type Row = readonly [number, number];

export interface UpdateParts {
  readonly first?: number;
  readonly last: number;
  readonly full?: boolean;
  readonly bids?: readonly Row[];
  readonly asks?: readonly Row[];
  readonly time?: number;
}

export function makeUpdate(parts: UpdateParts): BookUpdate {
  const update = new BookUpdate();
  update.full = parts.full ?? false;
  update.firstSequence = parts.first ?? parts.last;
  update.lastSequence = parts.last;
  if (parts.time !== undefined) update.venueTime = parts.time;
  for (const [price, quantity] of parts.bids ?? []) update.addBid(price, quantity);
  for (const [price, quantity] of parts.asks ?? []) update.addAsk(price, quantity);
  return update;
}

export function makeSnapshot(last: number, bids: readonly Row[], asks: readonly Row[]): BookUpdate {
  return makeUpdate({ last, full: true, bids, asks });
}

/** Everything a book holds, best first. */
export function contents(book: OrderBook): { bids: Row[]; asks: Row[]; sequence: number } {
  const rows = (levels: readonly { price: number; quantity: number }[]): Row[] =>
    levels.map(({ price, quantity }) => [price, quantity]);
  return {
    bids: rows(book.bids.levels(Number.POSITIVE_INFINITY)),
    asks: rows(book.asks.levels(Number.POSITIVE_INFINITY)),
    sequence: book.sequence,
  };
}

/** Ranges that touch or overlap continue the book; a whole book is taken unless it is older. */
export const overlapping: SequenceRule = (last, update) => {
  if (update.full) return last >= 0 && update.lastSequence <= last ? 'skip' : 'apply';
  if (update.lastSequence <= last) return 'skip';
  return update.firstSequence <= last + 1 ? 'apply' : 'gap';
};

/** Ranges must touch exactly; a whole book is always taken. */
export const exact: SequenceRule = (last, update) => {
  if (update.full) return 'apply';
  if (update.lastSequence <= last) return 'skip';
  return update.firstSequence === last + 1 ? 'apply' : 'gap';
};

export const restRules: BookRules = {
  snapshot: 'rest',
  publishedDepth: Number.POSITIVE_INFINITY,
  continues: overlapping,
};

export const streamRules: BookRules = { snapshot: 'stream', publishedDepth: 50, continues: exact };
