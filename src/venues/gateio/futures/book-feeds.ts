import type { BookFeed, ChooseBookFeed } from '../../../adapter/book-feed.js';
import { decodeObu } from '../book-parts.js';
import { continueBookUpdate, continueLimitedBook, continueObu } from '../book-sequence.js';
import { createChooseBook } from '../choose-book.js';
import { bookKey } from '../wire.js';
import { decodeBookUpdate, decodeLimitedBook } from './book-decode.js';
import { CHANNEL } from './routes.js';

/**
 * Changes from the stream, whole book from the endpoint: 100 levels each 100 ms, or 20 levels each 20 ms. The endpoint
 * is asked for as many levels as are subscribed to: others would never be taken away again. Order book v2, whole book
 * and changes in one stream: 50 levels each 20 ms, or 400 levels each 100 ms. The whole book in each push, from the
 * fewest levels to the most; how often it comes is not documented.
 * Source: Gate futures WebSocket v4 docs.
 */
export const chooseFuturesBook: ChooseBookFeed = createChooseBook({
  order_book_update: [bookUpdateFeed(100, 100), bookUpdateFeed(20, 20)],
  obu: [obuFeed(50, 20), obuFeed(400, 100)],
  order_book: [1, 5, 10, 20, 50, 100].map(limitedFeed),
});

/** Source: Gate futures WebSocket v4 docs, order book update. */
function bookUpdateFeed(levels: number, speedMs: number): BookFeed {
  return {
    name: 'order_book_update',
    speedMs,
    snapshot: 'rest',
    snapshotDepth: levels,
    publishedDepth: levels,
    quantities: 'contracts',
    topic({ symbol }, { toVenue }) {
      const contract = toVenue(symbol);
      const args = [contract, `${speedMs}ms`, String(levels)];
      return { channel: CHANNEL.bookUpdate, key: bookKey(contract, levels), args };
    },
    decode: decodeBookUpdate,
    continues: continueBookUpdate,
  };
}

/** Source: Gate futures WebSocket v4 docs, order book v2. */
function obuFeed(levels: number, speedMs: number): BookFeed {
  return {
    name: 'obu',
    speedMs,
    snapshot: 'stream',
    snapshotDepth: 0,
    publishedDepth: levels,
    quantities: 'contracts',
    topic({ symbol }, { toVenue }) {
      const stream = `ob.${toVenue(symbol)}.${levels}`;
      return { channel: CHANNEL.obu, key: stream, args: [stream] };
    },
    decode: decodeObu,
    continues: continueObu,
  };
}

/** Source: Gate futures WebSocket v4 docs, legacy order book. */
function limitedFeed(levels: number): BookFeed {
  return {
    name: 'order_book',
    speedMs: 100,
    snapshot: 'stream',
    snapshotDepth: 0,
    publishedDepth: levels,
    quantities: 'contracts',
    topic({ symbol }, { toVenue }) {
      const contract = toVenue(symbol);
      return {
        channel: CHANNEL.limitedBook,
        key: bookKey(contract, levels),
        args: [contract, String(levels), '0'],
      };
    },
    decode: decodeLimitedBook,
    continues: continueLimitedBook,
  };
}
