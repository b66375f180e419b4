import { defineEndpoint } from '../../../adapter/endpoint.js';
import type { MarketEndpoints, OrderBookParams, RecentTradesParams, SymbolParams } from '../../../adapter/venue.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { Instrument } from '../../../model/instrument.js';
import type { OrderBookSnapshot } from '../../../model/order-book.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import { ping, serverTime } from '../rest-time.js';
import { REST_INTERVALS } from './intervals.js';
import { CANDLE_REACH, candles, MAX_CANDLES } from './rest-candles.js';
import { decodeAllTickers, decodeTape, findTickerRow } from './rest-rows.js';
import { decodeSnapshot } from './snapshot.js';
import { decodeInstruments } from './symbols.js';
import { decodeTicker, decodeTickerSides } from './ticker.js';

const PUBLIC = { method: 'GET', auth: 'none', cost: { public: 1 }, idempotent: true } as const;

/** All pairs and their rules. Source: Gate API v4 docs, list all currency pairs. */
const instruments = defineEndpoint<void, readonly Instrument[]>({
  ...PUBLIC,
  path: '/spot/currency_pairs',
  encode: () => ({}),
  decode: (body, _params, context) => decodeInstruments(body, context),
});

/** The book with its update id, so that changes can be aligned. Source: Gate API v4 docs, retrieve order book. */
const orderBook = defineEndpoint<OrderBookParams, OrderBookSnapshot>({
  ...PUBLIC,
  path: '/spot/order_book',
  encode: ({ symbol, depth }, { toVenue }) => ({
    query: { currency_pair: toVenue(symbol), limit: depth, with_id: true },
  }),
  decode: (body, { symbol }, { receivedAt }) => decodeSnapshot(body, symbol, receivedAt),
});

/** Best prices, out of the ticker of one pair. Source: Gate API v4 docs, tickers. */
const bookTicker = defineEndpoint<SymbolParams, BookTicker>({
  ...PUBLIC,
  path: '/spot/tickers',
  encode: ({ symbol }, { toVenue }) => ({ query: { currency_pair: toVenue(symbol) } }),
  decode: (body, { symbol }, context) =>
    decodeTickerSides(findTickerRow(body, symbol, context), { symbol, receivedAt: context.receivedAt }),
});

/** Statistics of one pair. Source: Gate API v4 docs, tickers. */
const ticker = defineEndpoint<SymbolParams, Ticker>({
  ...PUBLIC,
  path: '/spot/tickers',
  encode: ({ symbol }, { toVenue }) => ({ query: { currency_pair: toVenue(symbol) } }),
  decode: (body, { symbol }, context) =>
    decodeTicker(findTickerRow(body, symbol, context), { symbol, receivedAt: context.receivedAt }),
});

/** Statistics of every pair. Source: Gate API v4 docs, tickers. */
const tickers = defineEndpoint<void, readonly Ticker[]>({
  ...PUBLIC,
  path: '/spot/tickers',
  encode: () => ({}),
  decode: (body, _params, context) => decodeAllTickers(body, context),
});

/** The public tape; the wire has the newest first. Source: Gate API v4 docs, retrieve market trades. */
const recentTrades = defineEndpoint<RecentTradesParams, Trade[]>({
  ...PUBLIC,
  path: '/spot/trades',
  encode: ({ symbol, limit }, { toVenue }) => ({ query: { currency_pair: toVenue(symbol), limit } }),
  decode: (body, { symbol }, context) => decodeTape(body, symbol, context),
});

/** The market data calls of Gate.io spot. */
export const gateioSpotMarket: MarketEndpoints = {
  ping,
  serverTime,
  instruments,
  orderBook,
  bookTicker,
  ticker,
  tickers,
  recentTrades,
  candles,
  // No maximum is documented; up to 1,000 levels are in wide use.
  maxOrderBookDepth: 1_000,
  maxRecentTrades: 1_000,
  maxCandles: MAX_CANDLES,
  candleReach: CANDLE_REACH,
  candleIntervals: REST_INTERVALS,
};
