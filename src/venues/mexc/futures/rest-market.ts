import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import type {
  CandlesParams,
  MarketEndpoints,
  OrderBookParams,
  RecentTradesParams,
  SymbolParams,
} from '../../../adapter/venue.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { Candle } from '../../../model/candle.js';
import type { Instrument } from '../../../model/instrument.js';
import type { OrderBookSnapshot } from '../../../model/order-book.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import { intervalName, STREAM_INTERVALS } from '../candle-intervals.js';
import { MAX_BOOK_DEPTH } from './book-feeds.js';
import { decodeCandles } from './candles.js';
import { decodeDeals } from './deals.js';
import { decodeSnapshot, decodeTop } from './depth.js';
import { dataOf, rowsOf } from './envelope.js';
import { costOf } from './limits.js';
import { readTime } from './read-numbers.js';
import { decodeInstruments } from './symbols.js';
import { decodeTicker, decodeTickers, requireMarket } from './ticker.js';

const ROOT = '/api/v1/contract';
const MAX_DEALS = 100;
export const MAX_CANDLES = 2_000;
/** The fewest levels that are asked for, since how few the venue takes is not documented. */
const TOP_LEVELS = 20;
const PUBLIC = { method: 'GET', auth: 'none', cost: costOf('usual'), idempotent: true } as const;

/** The venue's clock. Source: MEXC contract API docs, server time. */
const serverTime: Endpoint<void, number> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/ping`,
  encode: () => ({}),
  decode: (body) => readTime(dataOf(body), 'server time'),
});

/** The same call: there is none lighter. Source: MEXC contract API docs, server time. */
const ping: Endpoint<void, void> = defineEndpoint({
  ...PUBLIC,
  path: serverTime.path,
  encode: () => ({}),
  decode: (body) => void readTime(dataOf(body), 'server time'),
});

/** All contracts; large, and meant to be cached. Source: MEXC contract API docs, contract detail. */
const instruments: Endpoint<void, readonly Instrument[]> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/detail`,
  cost: costOf('heavy'),
  encode: () => ({}),
  decode: (body, _params, { drift }) => decodeInstruments(rowsOf(body, 'contract detail'), drift),
});

/** Order book with its version, so that pushes can be aligned. Source: MEXC contract API docs, depth. */
const orderBook: Endpoint<OrderBookParams, OrderBookSnapshot> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/depth`,
  cost: costOf('heavy'),
  encode: ({ symbol, depth }, { toVenue }) => ({
    path: `${ROOT}/depth/${encodeURIComponent(toVenue(symbol))}`,
    query: { limit: depth },
  }),
  decode: (body, { symbol, depth }, { instrument, receivedAt }) => {
    const { bids, asks, ...rest } = decodeSnapshot(dataOf(body), instrument(symbol), receivedAt);
    return { ...rest, bids: bids.slice(0, depth), asks: asks.slice(0, depth) };
  },
});

/**
 * Tickers tell best prices without their quantities, so this is the top of the order book. Source: MEXC contract API
 * docs, depth.
 */
const bookTicker: Endpoint<SymbolParams, BookTicker> = defineEndpoint({
  ...PUBLIC,
  path: orderBook.path,
  cost: costOf('heavy'),
  encode: ({ symbol }, context) => orderBook.encode({ symbol, depth: TOP_LEVELS }, context),
  decode: (body, { symbol }, { instrument, receivedAt }) => decodeTop(dataOf(body), instrument(symbol), receivedAt),
});

/** Source: MEXC contract API docs, ticker. */
const ticker: Endpoint<SymbolParams, Ticker> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/ticker`,
  cost: costOf('heavy'),
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }, context) =>
    decodeTicker(
      requireMarket(dataOf(body), symbol, 'ticker', context),
      context.instrument(symbol),
      context.receivedAt,
    ),
});

/** The same without a symbol: all markets. Source: MEXC contract API docs, ticker. */
const tickers: Endpoint<void, readonly Ticker[]> = defineEndpoint({
  ...PUBLIC,
  path: ticker.path,
  cost: costOf('heavy'),
  encode: () => ({}),
  decode: (body, _params, context) => decodeTickers(rowsOf(body, 'tickers'), context),
});

/** The newest first on the wire. Source: MEXC contract API docs, deals. */
const recentTrades: Endpoint<RecentTradesParams, Trade[]> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/deals`,
  encode: ({ symbol, limit }, { toVenue }) => ({
    path: `${ROOT}/deals/${encodeURIComponent(toVenue(symbol))}`,
    query: { limit },
  }),
  decode: (body, { symbol, limit }, { instrument }) => {
    const trades = decodeDeals(rowsOf(body, 'deals'), instrument(symbol)).reverse();
    return trades.sort((a, b) => a.matchedAt - b.matchedAt).slice(-limit);
  },
});

/** A call of candles: of trades, or of a price. Source: MEXC contract API docs, kline. */
export function candleCall(kind: '' | '/index_price' | '/fair_price'): Endpoint<CandlesParams, Candle[]> {
  const path = `${ROOT}/kline${kind}`;
  return defineEndpoint<CandlesParams, Candle[]>({
    ...PUBLIC,
    path,
    encode: ({ symbol, interval, from, to }, { toVenue }) => ({
      path: `${path}/${encodeURIComponent(toVenue(symbol))}`,
      query: {
        interval: intervalName(STREAM_INTERVALS, interval),
        start: from === undefined ? undefined : Math.floor(from / 1_000),
        end: to === undefined ? undefined : Math.ceil(to / 1_000),
      },
    }),
    decode: (body, params, { instrument }) =>
      decodeCandles(dataOf(body), params, instrument(params.symbol), kind === ''),
  });
}

/** MEXC futures' market data calls. */
export const mexcFuturesMarket: MarketEndpoints = {
  ping,
  serverTime,
  instruments,
  orderBook,
  bookTicker,
  ticker,
  tickers,
  recentTrades,
  candles: candleCall(''),
  maxOrderBookDepth: MAX_BOOK_DEPTH,
  maxRecentTrades: MAX_DEALS,
  maxCandles: MAX_CANDLES,
  candleReach: Number.POSITIVE_INFINITY,
  candleIntervals: [...STREAM_INTERVALS.keys()],
};
