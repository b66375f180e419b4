import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { readArray, readObject } from '../../../adapter/read.js';
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
import { intervalName, REST_INTERVALS } from '../candle-intervals.js';
import { MAX_BOOK_DEPTH } from './book-feeds.js';
import { publicCost } from './limits.js';
import { readMoment } from './read-wire.js';
import { decodeDepth, decodeKlines, decodeTrades } from './rest-series.js';
import { decodeRestBookTicker, decodeRestTicker, decodeRestTickers } from './rest-tickers.js';
import { decodeInstruments } from './symbols.js';

/** Source: MEXC spot v3 docs, test connectivity. */
const ping: Endpoint<void, void> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/ping',
  auth: 'none',
  cost: publicCost(1),
  idempotent: true,
  encode: () => ({}),
  decode: (body) => void readObject(body, 'ping'),
});

/** Source: MEXC spot v3 docs, check server time. */
const serverTime: Endpoint<void, number> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/time',
  auth: 'none',
  cost: publicCost(1),
  idempotent: true,
  encode: () => ({}),
  decode: (body) => readMoment(readObject(body, 'time')['serverTime'], 'serverTime'),
});

/** All markets; large, and meant to be cached. Source: MEXC spot v3 docs, exchange information. */
const instruments: Endpoint<void, readonly Instrument[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/exchangeInfo',
  auth: 'none',
  cost: publicCost(25),
  idempotent: true,
  encode: () => ({}),
  decode: (body, _params, { drift }) =>
    decodeInstruments(readArray(readObject(body, 'exchangeInfo')['symbols'], 'symbols'), drift),
});

/** Order book snapshot with its update id, so that stream changes can be aligned. Source: MEXC spot v3 docs, order book. */
const orderBook: Endpoint<OrderBookParams, OrderBookSnapshot> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/depth',
  auth: 'none',
  cost: publicCost(3),
  idempotent: true,
  encode: ({ symbol, depth }, { toVenue }) => ({ query: { symbol: toVenue(symbol), limit: depth } }),
  decode: (body, { symbol }, { receivedAt }) => decodeDepth(body, symbol, receivedAt),
});

/** Source: MEXC spot v3 docs, symbol order book ticker. */
const bookTicker: Endpoint<SymbolParams, BookTicker> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/ticker/bookTicker',
  auth: 'none',
  cost: publicCost(10),
  idempotent: true,
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }, context) => decodeRestBookTicker(body, symbol, context),
});

/** Source: MEXC spot v3 docs, 24hr ticker price change statistics. */
const ticker: Endpoint<SymbolParams, Ticker> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/ticker/24hr',
  auth: 'none',
  cost: publicCost(25),
  idempotent: true,
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }, context) => decodeRestTicker(body, symbol, context),
});

/** The same without a symbol: all markets. Source: MEXC spot v3 docs, 24hr ticker price change statistics. */
const tickers: Endpoint<void, readonly Ticker[]> = defineEndpoint({
  ...ticker,
  encode: () => ({}),
  decode: (body, _params, context) => decodeRestTickers(body, context),
});

/** Source: MEXC spot v3 docs, recent trades list. */
const recentTrades: Endpoint<RecentTradesParams, Trade[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/trades',
  auth: 'none',
  cost: publicCost(5),
  idempotent: true,
  encode: ({ symbol, limit }, { toVenue }) => ({ query: { symbol: toVenue(symbol), limit } }),
  decode: (body, { symbol }, { drift }) => decodeTrades(body, symbol, drift),
});

/** Source: MEXC spot v3 docs, kline/candlestick data. */
const candles: Endpoint<CandlesParams, Candle[]> = defineEndpoint({
  method: 'GET',
  path: '/api/v3/klines',
  auth: 'none',
  cost: publicCost(1),
  idempotent: true,
  encode: ({ symbol, interval, from, to, limit }, { toVenue }) => ({
    query: {
      symbol: toVenue(symbol),
      interval: intervalName(REST_INTERVALS, interval),
      startTime: from,
      endTime: to,
      limit,
    },
  }),
  decode: (body, params) => decodeKlines(body, params),
});

/** MEXC spot's market data calls. */
export const mexcSpotMarket: MarketEndpoints = {
  ping,
  serverTime,
  instruments,
  orderBook,
  bookTicker,
  ticker,
  tickers,
  recentTrades,
  candles,
  maxOrderBookDepth: MAX_BOOK_DEPTH,
  maxRecentTrades: 1_000,
  maxCandles: 500,
  candleReach: Number.POSITIVE_INFINITY,
  candleIntervals: [...REST_INTERVALS.keys()],
};
