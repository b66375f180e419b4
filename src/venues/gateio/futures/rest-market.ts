import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import { readArray } from '../../../adapter/read.js';
import type {
  CandlesParams,
  MarketEndpoints,
  OrderBookParams,
  RecentTradesParams,
  SymbolParams,
} from '../../../adapter/venue.js';
import type { Candle } from '../../../model/candle.js';
import type { Instrument } from '../../../model/instrument.js';
import type { OrderBookSnapshot } from '../../../model/order-book.js';
import type { Trade } from '../../../model/trade.js';
import { candleRange, pickCandles } from '../candle-range.js';
import { ping, serverTime } from '../rest-time.js';
import { toVenueInterval } from '../venue-interval.js';
import { type CandlePrice, decodeCandle, FUTURES_INTERVALS, seriesOf } from './candle.js';
import { decodeInstruments } from './instruments.js';
import { decodeAllTickers, decodeOneTicker, decodeTape } from './rest-rows.js';
import type { FuturesSettle } from './settle.js';
import { decodeSnapshot } from './snapshot.js';
import { decodeTicker, decodeTickerSides, type TickerOrigin } from './ticker.js';

export const PUBLIC = { method: 'GET', auth: 'none', cost: { public: 1 }, idempotent: true } as const;

/** Points that one call may span. Source: Gate API v4 docs, futures candlesticks. */
export const MAX_CANDLES = 2_000;
/** Rows of a further page: what the documents name as the default. */
const PAGE = 100;

/** The ticker of one contract, of which one reader takes its part. Source: Gate API v4 docs, futures tickers. */
export function tickerEndpoint<T>(
  settle: FuturesSettle,
  decode: (row: Parameters<typeof decodeTicker>[0], origin: TickerOrigin) => T,
): Endpoint<SymbolParams, T> {
  return defineEndpoint<SymbolParams, T>({
    ...PUBLIC,
    path: `/futures/${settle}/tickers`,
    encode: ({ symbol }, { toVenue }) => ({ query: { contract: toVenue(symbol) } }),
    decode: (body, { symbol }, context) => decodeOneTicker(body, symbol, context, decode),
  });
}

/** The tickers of all contracts. Source: Gate API v4 docs, futures tickers. */
export function tickersEndpoint<T>(
  settle: FuturesSettle,
  decode: (row: Parameters<typeof decodeTicker>[0], origin: TickerOrigin) => T,
): Endpoint<void, readonly T[]> {
  return defineEndpoint<void, readonly T[]>({
    ...PUBLIC,
    path: `/futures/${settle}/tickers`,
    encode: () => ({}),
    decode: (body, _params, context) => decodeAllTickers(body, context, decode),
  });
}

/** Candles of a price, oldest first. Source: Gate API v4 docs, futures candlesticks. */
export function candlesEndpoint(settle: FuturesSettle, price: CandlePrice): Endpoint<CandlesParams, Candle[]> {
  return defineEndpoint<CandlesParams, Candle[]>({
    ...PUBLIC,
    path: `/futures/${settle}/candlesticks`,
    encode(params, { toVenue }) {
      const interval = toVenueInterval(params.interval, FUTURES_INTERVALS);
      return { query: { contract: seriesOf(toVenue(params.symbol), price), interval, ...candleRange(params) } };
    },
    decode(body, params, { instrument }) {
      const origin = { instrument: instrument(params.symbol), interval: params.interval, price };
      const rows = readArray(body, 'candlesticks').map((row) => decodeCandle(row, origin));
      return pickCandles(rows, params);
    },
  });
}

/**
 * The contracts and their rules. How many come without a number is not certain, so what follows is asked for too, until
 * nothing new comes. Source: Gate API v4 docs, list all futures contracts.
 */
function instruments(settle: FuturesSettle): Pick<MarketEndpoints, 'instruments' | 'moreInstruments'> {
  const path = `/futures/${settle}/contracts`;
  const decode: Endpoint<unknown, readonly Instrument[]>['decode'] = (body, _params, context) =>
    decodeInstruments(body, settle, context);
  return {
    instruments: defineEndpoint({ ...PUBLIC, path, encode: () => ({}), decode }),
    moreInstruments: defineEndpoint({
      ...PUBLIC,
      path,
      encode: ({ offset }) => ({ query: { limit: PAGE, offset } }),
      decode,
    }),
  };
}

/** The book with its update id, so that changes can be aligned. Source: Gate API v4 docs, futures order book. */
function orderBook(settle: FuturesSettle): Endpoint<OrderBookParams, OrderBookSnapshot> {
  return defineEndpoint<OrderBookParams, OrderBookSnapshot>({
    ...PUBLIC,
    path: `/futures/${settle}/order_book`,
    encode: ({ symbol, depth }, { toVenue }) => ({
      query: { contract: toVenue(symbol), limit: depth, with_id: true },
    }),
    decode: (body, { symbol }, { instrument, receivedAt }) => decodeSnapshot(body, instrument(symbol), receivedAt),
  });
}

/** The public tape; the wire has the newest first. Source: Gate API v4 docs, futures trading history. */
function recentTrades(settle: FuturesSettle): Endpoint<RecentTradesParams, Trade[]> {
  return defineEndpoint<RecentTradesParams, Trade[]>({
    ...PUBLIC,
    path: `/futures/${settle}/trades`,
    encode: ({ symbol, limit }, { toVenue }) => ({ query: { contract: toVenue(symbol), limit } }),
    decode: (body, { symbol }, context) => decodeTape(body, context.instrument(symbol), context),
  });
}

/** The market data calls of Gate.io futures; the clock is that of spot. */
export function createFuturesMarket(settle: FuturesSettle): MarketEndpoints {
  return {
    ping,
    serverTime,
    ...instruments(settle),
    orderBook: orderBook(settle),
    bookTicker: tickerEndpoint(settle, decodeTickerSides),
    ticker: tickerEndpoint(settle, decodeTicker),
    tickers: tickersEndpoint(settle, decodeTicker),
    recentTrades: recentTrades(settle),
    candles: candlesEndpoint(settle, 'last'),
    // A maximum is not documented; this is what is certain to work.
    maxOrderBookDepth: 100,
    maxRecentTrades: 1_000,
    maxCandles: MAX_CANDLES,
    candleReach: Number.POSITIVE_INFINITY,
    candleIntervals: FUTURES_INTERVALS,
  };
}
