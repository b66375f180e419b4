import type { ChooseBookFeed } from '../../../adapter/book-feed.js';
import { createBookFeeds } from '../book-feeds.js';
import { createChooseBook } from '../choose-book.js';
import { decodeBookUpdate, decodeLimitedBook } from './book-decode.js';
import { BOOK_CHANNEL } from './routes.js';

/** Source: Gate spot WebSocket v4 docs, changed order book levels, order book v2, limited level full order book snapshot. */
const { update, obu, limited } = createBookFeeds({
  quantities: 'base',
  update: {
    channel: BOOK_CHANNEL.update,
    args: (pair, _levels, speedMs) => [pair, `${speedMs}ms`],
    decode: decodeBookUpdate,
  },
  limited: {
    channel: BOOK_CHANNEL.limited,
    args: (pair, levels, speedMs) => [pair, String(levels), `${speedMs}ms`],
    decode: decodeLimitedBook,
  },
  obuChannel: BOOK_CHANNEL.obu,
});

/** Limited books from the fewest levels to the most, the slow one first. */
export const chooseSpotBook: ChooseBookFeed = createChooseBook({
  order_book_update: [update(100, 100), update(20, 20)],
  obu: [obu(50, 20), obu(400, 100)],
  order_book: [5, 10, 20, 30, 50, 100].flatMap((levels) => [limited(levels, 1_000), limited(levels, 100)]),
});
