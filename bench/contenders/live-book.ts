import type { BookFeed } from '../../src/adapter/book-feed.js';
import type { LiveOrderBook } from '../../src/exchange/live-order-book.js';
import type { TopicListener } from '../../src/exchange/topic.js';
import { keepBook } from '../../src/exchange/topic-book-keeper.js';
import type { BookUpdate } from '../../src/model/book-update.js';
import { createSystemClock } from '../../src/transport/clock.js';

/** A feed whose pushes are whole updates already: what is measured is the book, not its decoder. */
const PLAIN_FEED: BookFeed = {
  name: 'plain',
  speedMs: 100,
  snapshot: 'stream',
  snapshotDepth: 0,
  publishedDepth: Number.POSITIVE_INFINITY,
  topic: () => ({ channel: 'plain', key: '', args: [] }),
  decode(payload, into) {
    const from = payload as BookUpdate;
    into.full = from.full;
    into.firstSequence = from.firstSequence;
    into.lastSequence = from.lastSequence;
    for (let at = 0; at < from.bidCount; at++)
      into.addBid(from.bidPrices[at] as number, from.bidQuantities[at] as number);
    for (let at = 0; at < from.askCount; at++)
      into.addAsk(from.askPrices[at] as number, from.askQuantities[at] as number);
  },
  continues: (_last, update) => (update.full ? 'apply' : 'skip'),
};

/** A live book as users hold it, fed by hand. @throws {Error} when it does not go live. */
export function openLiveBook(start: BookUpdate): LiveOrderBook {
  let listener: TopicListener | undefined;
  const keeper = keepBook({
    symbol: 'BTC/USDT',
    feed: PLAIN_FEED,
    subscribe: (given) => {
      listener = given;
      return { resubscribe: () => {}, close: async () => {} };
    },
    fetchSnapshot: () => Promise.reject(new Error('the stream brings it')),
    clock: createSystemClock(),
    random: { next: () => 0.5 },
    report: (error) => {
      throw error;
    },
    on: { resync: () => {}, malformed: () => {} },
  });
  const book = keeper.watch();
  listener?.confirmed(1);
  listener?.data(start, Number.NaN, 1);
  if (book.state !== 'live') throw new Error(`the book is ${book.state}`);
  return book;
}
