import type { BookFeed } from '../../../adapter/book-feed.js';
import { decodeObu } from '../book-parts.js';
import { continueBookUpdate, continueLimitedBook, continueObu } from '../book-sequence.js';
import { createChooseBook } from '../choose-book.js';
import { bookKey } from '../wire.js';
import { decodeBookUpdate, decodeLimitedBook } from './book-decode.js';
import { BOOK_CHANNEL } from './routes.js';

/** Changes from the stream, whole book from the endpoint: 100 levels each 100 ms, or 20 levels each 20 ms. */
const BOOK_UPDATE_FEEDS: readonly BookFeed[] = [bookUpdateFeed(100, 100), bookUpdateFeed(20, 20)];

/** Order book v2, whole book and changes in one stream: 50 levels each 20 ms, or 400 levels each 100 ms. */
const OBU_FEEDS: readonly BookFeed[] = [obuFeed(50, 20), obuFeed(400, 100)];

/** The whole book down to a level in each push, from the fewest levels to the most, the slow one first. */
const LIMITED_FEEDS: readonly BookFeed[] = [5, 10, 20, 30, 50, 100].flatMap((level) => [
  limitedFeed(level, 1_000),
  limitedFeed(level, 100),
]);

/** Source: Gate spot WebSocket v4 docs. */
export const chooseSpotBook = createChooseBook({
  order_book_update: BOOK_UPDATE_FEEDS,
  obu: OBU_FEEDS,
  order_book: LIMITED_FEEDS,
});

/** Source: Gate spot WebSocket v4 docs, changed order book levels. */
function bookUpdateFeed(levels: number, speedMs: number): BookFeed {
  return {
    name: 'order_book_update',
    speedMs,
    snapshot: 'rest',
    snapshotDepth: levels,
    publishedDepth: levels,
    topic({ symbol }, { toVenue }) {
      const pair = toVenue(symbol);
      return { channel: BOOK_CHANNEL.update, key: bookKey(pair, levels), args: [pair, `${speedMs}ms`] };
    },
    decode: decodeBookUpdate,
    continues: continueBookUpdate,
  };
}

/** Source: Gate spot WebSocket v4 docs, order book v2. */
function obuFeed(levels: number, speedMs: number): BookFeed {
  return {
    name: 'obu',
    speedMs,
    snapshot: 'stream',
    snapshotDepth: 0,
    publishedDepth: levels,
    topic({ symbol }, { toVenue }) {
      const stream = `ob.${toVenue(symbol)}.${levels}`;
      return { channel: BOOK_CHANNEL.obu, key: stream, args: [stream] };
    },
    decode: decodeObu,
    continues: continueObu,
  };
}

/** Source: Gate spot WebSocket v4 docs, limited level full order book snapshot. */
function limitedFeed(levels: number, speedMs: number): BookFeed {
  return {
    name: 'order_book',
    speedMs,
    snapshot: 'stream',
    snapshotDepth: 0,
    publishedDepth: levels,
    topic({ symbol }, { toVenue }) {
      const pair = toVenue(symbol);
      return {
        channel: BOOK_CHANNEL.limited,
        key: bookKey(pair, levels),
        args: [pair, String(levels), `${speedMs}ms`],
      };
    },
    decode: decodeLimitedBook,
    continues: continueLimitedBook,
  };
}
