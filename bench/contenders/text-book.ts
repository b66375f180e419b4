import type { OrderBook } from '../../src/book/order-book.js';
import type { BookUpdate } from '../../src/model/book-update.js';
import type { TextBook } from '../frames/book-walk.js';

export type NumberLevel = readonly [price: number, quantity: number];

export interface NumberBook {
  readonly bids: readonly NumberLevel[];
  readonly asks: readonly NumberLevel[];
}

export function numbersOf({ bids, asks }: TextBook): NumberBook {
  return {
    bids: bids.map(([price, quantity]) => [Number(price), Number(quantity)]),
    asks: asks.map(([price, quantity]) => [Number(price), Number(quantity)]),
  };
}

/** The levels of one of our books, best first. */
export function levelsOf(book: OrderBook): NumberBook {
  const all = Number.POSITIVE_INFINITY;
  return {
    bids: book.bids.levels(all).map(({ price, quantity }) => [price, quantity]),
    asks: book.asks.levels(all).map(({ price, quantity }) => [price, quantity]),
  };
}

/** A whole book as a message of the stream. */
export function fillUpdate(into: BookUpdate, book: TextBook): BookUpdate {
  into.reset();
  into.full = true;
  into.firstSequence = book.sequence;
  into.lastSequence = book.sequence;
  for (const [price, quantity] of book.bids) into.addBid(Number(price), Number(quantity));
  for (const [price, quantity] of book.asks) into.addAsk(Number(price), Number(quantity));
  return into;
}
