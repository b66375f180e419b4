import type { BookFeed } from '../../src/adapter/book-feed.js';
import type { Channel, Topic } from '../../src/adapter/channel.js';
import type { FrameCodec, FrameHandler } from '../../src/adapter/frame-codec.js';
import type { MarketStreams, SymbolParams } from '../../src/adapter/venue.js';
import { OrderBook } from '../../src/book/order-book.js';
import { TopicRoutes } from '../../src/exchange/topic-routes.js';
import type { BookTicker } from '../../src/model/book-ticker.js';
import { BookUpdate } from '../../src/model/book-update.js';
import type { Instrument } from '../../src/model/instrument.js';
import type { MarketSymbol } from '../../src/model/symbol.js';
import type { Trade } from '../../src/model/trade.js';
import type { FrameSet } from '../frames/frame-set.js';
import { mapperOf } from '../frames/markets.js';
import { fillUpdate } from './text-book.js';

interface Route {
  receive(payload: unknown, venueTime: number): void;
}

/** The newest event of each market. */
interface Newest<E> {
  get(symbol: MarketSymbol): E | undefined;
}

/** The way of a frame through this library, without socket and subscription: codec, route, decoder, book. */
export interface OurReader {
  read(frame: string | Uint8Array): void;
  readonly books: readonly OrderBook[];
  readonly tickers: Newest<BookTicker>;
  readonly trades: Newest<Trade>;
  /** Puts every book back to where the frames begin. */
  reset(): void;
}

export async function createOurReader(
  streams: MarketStreams,
  feed: BookFeed,
  set: FrameSet<string | Uint8Array>,
): Promise<OurReader> {
  const codec: FrameCodec = await streams.loadCodec();
  const mapper = mapperOf(set.markets);
  const routes = new TopicRoutes<Route>();
  const books: OrderBook[] = [];
  const tickers = new Map<MarketSymbol, EventRoute<BookTicker>>();
  const trades = new Map<MarketSymbol, EventRoute<Trade>>();
  const add = (topic: Topic, route: Route): void => {
    const { channel, key } = topic;
    // As a client does it: the codec hears of every topic before its frames come.
    codec.subscribe([topic], () => 1, 0);
    routes.set(channel, key, route);
  };
  for (const { symbol } of set.markets) {
    const book = new OrderBook(feed.publishedDepth);
    books.push(book);
    add(feed.topic({ symbol }, mapper), new BookRoute(feed, book));
    const ticker = new EventRoute(streams.bookTicker, mapper.instrument(symbol));
    const trade = new EventRoute(streams.trades, mapper.instrument(symbol));
    tickers.set(symbol, ticker);
    trades.set(symbol, trade);
    add(streams.bookTicker.topic({ symbol }, mapper), ticker);
    add(streams.trades.topic({ symbol }, mapper), trade);
  }
  const handler: FrameHandler = {
    data(channel, key, payload, venueTime, hint) {
      const route = routes.find(channel, key, hint);
      if (route === undefined) throw new Error(`no route ${channel} ${key}`);
      route.receive(payload, venueTime);
    },
    ack: unexpected,
    pong: () => unexpected('pong'),
    closingSoon: unexpected,
    unknown: unexpected,
    malformed: unexpected,
  };
  const starts = set.start.map((book) => fillUpdate(new BookUpdate(), book));
  return {
    read: (frame) => codec.read(frame, handler),
    books,
    tickers: { get: (symbol) => tickers.get(symbol)?.newest },
    trades: { get: (symbol) => trades.get(symbol)?.newest },
    reset: () => books.forEach((book, at) => void book.replace(starts[at] as BookUpdate, Number.POSITIVE_INFINITY)),
  };
}

/** Frames as the socket brings them: text as its bytes too. */
export function asBytes(frames: readonly (string | Uint8Array)[]): readonly Uint8Array[] {
  return frames.map((frame) => (typeof frame === 'string' ? Buffer.from(frame) : frame));
}

/** What a book keeper does with a push of a live book. */
class BookRoute implements Route {
  readonly #feed: BookFeed;
  readonly #book: OrderBook;
  readonly #update = new BookUpdate();

  constructor(feed: BookFeed, book: OrderBook) {
    this.#feed = feed;
    this.#book = book;
  }

  receive(payload: unknown): void {
    const update = payload instanceof BookUpdate ? payload : this.#decode(payload);
    const step = this.#feed.continues(this.#book.sequence, update);
    const verdict = step === 'apply' ? this.#book.apply(update) : step;
    if (verdict !== 'ok') throw new Error(`the book does not go on: ${verdict}`);
  }

  #decode(payload: unknown): BookUpdate {
    const update = this.#update;
    update.reset();
    this.#feed.decode(payload, update);
    return update;
  }
}

/** What a watch does with a push; its handler keeps the event. */
class EventRoute<E> implements Route {
  newest: E | undefined;
  readonly #channel: Channel<SymbolParams, E>;
  readonly #params: SymbolParams;
  readonly #instrument: Instrument;
  readonly #emit: (event: E) => void;

  constructor(channel: Channel<SymbolParams, E>, instrument: Instrument) {
    this.#channel = channel;
    const { symbol } = instrument;
    this.#params = { symbol };
    this.#instrument = instrument;
    this.#emit = (event) => {
      this.newest = event;
    };
  }

  receive(payload: unknown, venueTime: number): void {
    const params = this.#params;
    const instrument = this.#instrument;
    this.#channel.decode(payload, { symbol: params.symbol, params, instrument, receivedAt: 0, venueTime }, this.#emit);
  }
}

function unexpected(what: unknown): never {
  throw new Error(`not a push: ${String(what)}`);
}
