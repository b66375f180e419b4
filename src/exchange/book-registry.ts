import type { BookFeed } from '../adapter/book-feed.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { BookKeeper } from './book-keeper.js';
import type { ExchangeCore } from './exchange-core.js';
import type { LiveOrderBook } from './live-order-book.js';
import type { TopicListener, TopicSubscription } from './topic.js';
import { keepBook } from './topic-book-keeper.js';

type SubscribeBook = (symbol: MarketSymbol, feed: BookFeed, listener: TopicListener) => TopicSubscription;

/** The live books of one exchange: watchers that want the same book get the same one, and it ends with the last of them. */
export class BookRegistry implements Iterable<Pick<LiveOrderBook, 'symbol' | 'state'>> {
  readonly #core: ExchangeCore;
  readonly #subscribe: SubscribeBook;
  readonly #keepers = new Map<string, BookKeeper>();

  constructor(core: ExchangeCore, subscribe: SubscribeBook) {
    this.#core = core;
    this.#subscribe = subscribe;
  }

  watch(symbol: MarketSymbol, feed: BookFeed): LiveOrderBook {
    const id = [symbol, feed.name, feed.speedMs, feed.snapshotDepth, feed.publishedDepth].join(' ');
    let keeper = this.#keepers.get(id);
    if (keeper === undefined) {
      keeper = this.#keep(symbol, feed, () => this.#keepers.delete(id));
      if (keeper.state !== 'closed') this.#keepers.set(id, keeper);
    }
    return keeper.watch();
  }

  *[Symbol.iterator](): Generator<Pick<LiveOrderBook, 'symbol' | 'state'>> {
    yield* this.#keepers.values();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#keepers.values()].map((keeper) => keeper.close('the exchange was closed')));
  }

  #keep(symbol: MarketSymbol, feed: BookFeed, ended: () => void): BookKeeper {
    const { venue, clock, random, metrics, emitter, rest, catalog, report, malformed, stages } = this.#core;
    return keepBook({
      symbol,
      feed,
      terms: () => catalog.listed(symbol)?.contracts,
      subscribe: (listener) => this.#subscribe(symbol, feed, listener),
      fetchSnapshot: async (depth, signal) =>
        rest.call(venue.market.orderBook, { symbol, depth }, { mapper: await catalog.mapper(), signal }),
      clock,
      random,
      report,
      stages,
      on: {
        resync: (reason) => {
          metrics.count('books.resyncs');
          emitter.emit('resync', { symbol, reason });
        },
        malformed,
        ended,
      },
    });
  }
}
