import type { ChooseBookFeed } from '../../../adapter/book-feed.js';
import { createBookFeeds } from '../book-feeds.js';
import { createChooseBook } from '../choose-book.js';
import { decodeBookUpdate, decodeLimitedBook } from './book-decode.js';
import { CHANNEL } from './routes.js';

/** How often a limited book comes; its subscription has no speed, and the docs do not say. */
const LIMITED_MS = 100;

/** Source: Gate futures WebSocket v4 docs, order book update, order book v2, legacy order book. */
const { update, obu, limited } = createBookFeeds({
  quantities: 'contracts',
  update: {
    channel: CHANNEL.bookUpdate,
    args: (contract, levels, speedMs) => [contract, `${speedMs}ms`, String(levels)],
    decode: decodeBookUpdate,
  },
  limited: {
    channel: CHANNEL.limitedBook,
    args: (contract, levels) => [contract, String(levels), '0'],
    decode: decodeLimitedBook,
  },
  obuChannel: CHANNEL.obu,
});

/** Limited books from the fewest levels to the most. */
export const chooseFuturesBook: ChooseBookFeed = createChooseBook({
  order_book_update: [update(100, 100), update(20, 20)],
  obu: [obu(50, 20), obu(400, 100)],
  order_book: [1, 5, 10, 20, 50, 100].map((levels) => limited(levels, LIMITED_MS)),
});
