import { createPublicExchange } from '../../src/exchange/create-public-exchange.js';
import { gateioSpot } from '../../src/venues/gateio/spot/venue.js';
import { mexcSpot } from '../../src/venues/mexc/spot/venue.js';
import type { PushStream } from '../frames/stream.js';
import { ccxtLevels, createCcxt } from './ccxt.js';
import { createMinimalBooks } from './minimal.js';
import { levelsOf, type NumberBook, numbersOf } from './text-book.js';

/** A client of the push server, in one connection. */
export interface BookClient {
  /** Resolves when it has read the prelude and every book is live. */
  readonly live: Promise<void>;
  /** Resolves when every book has got its last change. */
  readonly done: Promise<void>;
  /** The books as they are now, in the order of the markets. */
  books(): NumberBook[];
  close(): Promise<void>;
}

/** @param updated called at every change of a book, where the client tells. */
export type OpenBookClient = (stream: PushStream, port: number, updated?: () => void) => Promise<BookClient>;

export const openOurs: OpenBookClient = async ({ set, options }, port, updated = () => {}) => {
  const isMexc = options.venue === 'mexc';
  const host = `127.0.0.1:${port}`;
  const exchange = createPublicExchange(isMexc ? mexcSpot : gateioSpot, {
    endpoints: { rest: isMexc ? `http://${host}` : `http://${host}/api/v4`, ws: `ws://${host}/ws` },
  });
  const request = isMexc ? {} : { depth: 50, speedMs: 20, feed: 'obu' };
  const lasts = set.end.map(({ sequence }) => sequence);
  const finish = createCountdown(lasts.length);
  const books = set.markets.map(({ symbol }, at) => {
    const last = lasts[at] as number;
    return exchange.watchOrderBook(symbol, request).on('update', (book) => {
      updated();
      if (book.sequence === last) finish.one();
    });
  });
  return {
    live: Promise.all(books.map(({ ready }) => ready)).then(() => {}),
    done: finish.done,
    books: () => books.map((book) => numbersOfSnapshot(book.snapshot())),
    close: () => exchange.close(),
  };
};

/** The loop that its manual shows: one for each market, which sees the newest book, not every change. */
export const openCcxt: OpenBookClient = async ({ set, options }, port) => {
  const isMexc = options.venue === 'mexc';
  const exchange = await createCcxt(isMexc ? 'mexc' : 'gate', set.markets);
  const url = `ws://127.0.0.1:${port}/`;
  exchange.urls.api = isMexc ? { ...exchange.urls.api, ws: { spot: url } } : { ...exchange.urls.api, spot: url };
  // Its snapshot comes before the measured part, and from memory.
  exchange.options['watchOrderBook'] = { snapshotDelay: 0, interval: isMexc ? undefined : '50' };
  exchange.fetchRestOrderBookSafe = async (symbol) => {
    const at = set.markets.findIndex((market) => market.symbol === symbol);
    const start = set.start[at] as (typeof set.start)[number];
    return { ...structuredClone(numbersOf(start)), nonce: start.sequence, symbol };
  };
  const live = createCountdown(set.markets.length);
  const finish = createCountdown(set.markets.length);
  let closed = false;
  set.markets.forEach(async ({ symbol }, at) => {
    // Of MEXC's range it keeps the first number.
    const last = isMexc ? set.lastFirst[at] : set.end[at]?.sequence;
    try {
      for (let first = true; !closed; first = false) {
        const book = await exchange.watchOrderBook(symbol);
        if (first) live.one();
        if (book.nonce === last) finish.one();
      }
    } catch (error) {
      if (!closed) finish.fail(error);
    }
  });
  return {
    live: live.done,
    done: finish.done,
    books: () => set.markets.map(({ symbol }) => ccxtLevels(exchange.orderbooks[symbol])),
    close: async () => {
      closed = true;
      await exchange.close();
    },
  };
};

export const openMinimal: OpenBookClient = async (stream, port) => {
  const { set, options, prelude, flood } = stream;
  const minimal = createMinimalBooks(stream);
  const live = createCountdown(1);
  const finish = createCountdown(1);
  // The whole books at the beginning are not counted.
  const early = prelude.length - (options.venue === 'gate' ? set.markets.length : 0);
  let count = 0;
  const socket = minimal.open(`ws://127.0.0.1:${port}/`, topicsOf(stream), () => {
    count++;
    if (count === early) live.one();
    if (count === early + flood.length) finish.one();
  });
  return {
    live: live.done,
    done: finish.done,
    books: () => minimal.books.map(levelsOf),
    close: async () => socket.terminate(),
  };
};

/** One subscribe message per market. */
export function topicsOf({ set, options }: PushStream): string[] {
  return set.markets.map(({ id }) =>
    options.venue === 'mexc'
      ? JSON.stringify({ method: 'SUBSCRIPTION', params: [`spot@public.aggre.depth.v3.api.pb@100ms@${id}`], id: 1 })
      : JSON.stringify({ time: 1, id: 1, channel: 'spot.obu', event: 'subscribe', payload: [`ob.${id}.50`] }),
  );
}

interface Countdown {
  readonly done: Promise<void>;
  one(): void;
  fail(error: unknown): void;
}

export function createCountdown(count: number): Countdown {
  let left = count;
  let resolve: () => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const done = new Promise<void>((succeed, fail) => {
    resolve = succeed;
    reject = fail;
  });
  done.catch(() => {});
  return {
    done,
    one: () => {
      left--;
      if (left === 0) resolve();
    },
    fail: (error) => reject(error),
  };
}

function numbersOfSnapshot({
  bids,
  asks,
}: {
  bids: readonly { price: number; quantity: number }[];
  asks: readonly { price: number; quantity: number }[];
}): NumberBook {
  return {
    bids: bids.map(({ price, quantity }) => [price, quantity]),
    asks: asks.map(({ price, quantity }) => [price, quantity]),
  };
}
