import { collectCandles, requireCount, validateCandles } from './candle-paging.js';
import { readOptions } from './check-input.js';
import type { ExchangeCore } from './exchange-core.js';
import { createFundingIntervals } from './funding-intervals.js';
import type { PublicExchange } from './public-exchange.js';
import { defineRawEndpoint } from './raw-call.js';
import type { VenueCalls } from './venue-calls.js';

const DEFAULT_COUNT = 100;

type MarketCalls = Pick<
  PublicExchange,
  | 'ping'
  | 'getServerTime'
  | 'getInstruments'
  | 'getInstrument'
  | 'getOrderBook'
  | 'getBookTicker'
  | 'getTicker'
  | 'getTickers'
  | 'getRecentTrades'
  | 'getCandles'
  | 'request'
>;

/** The REST half of a public exchange. Input is checked before anything is sent. */
export function createMarketCalls(core: ExchangeCore, { call, symbolCall, listCall }: VenueCalls): MarketCalls {
  const { venue, clock, rest, catalog } = core;
  const { market } = venue;
  const withIntervals = createFundingIntervals(core);

  return {
    async ping() {
      const startedAt = clock.monotonic();
      await call(market.ping, undefined);
      return clock.monotonic() - startedAt;
    },
    async getServerTime() {
      core.requireOpen();
      await core.ready();
      return core.time.probe();
    },
    async getInstruments(options) {
      core.requireOpen();
      return withIntervals(await catalog.instruments(readOptions(options).refresh));
    },
    async getInstrument(symbol) {
      core.requireOpen();
      const instrument = await catalog.instrument(symbol, 'user');
      return (await withIntervals(await catalog.instruments())).get(symbol) ?? instrument;
    },
    async getOrderBook(symbol, options) {
      const { depth = Math.min(DEFAULT_COUNT, market.maxOrderBookDepth) } = readOptions(options);
      requireCount('depth', depth, market.maxOrderBookDepth);
      const book = await symbolCall(market.orderBook, { symbol, depth });
      return { ...book, bids: book.bids.slice(0, depth), asks: book.asks.slice(0, depth) };
    },
    getBookTicker: (symbol) => symbolCall(market.bookTicker, { symbol }),
    getTicker: (symbol) => symbolCall(market.ticker, { symbol }),
    getTickers: (symbols) => listCall(market.tickers, symbols),
    async getRecentTrades(symbol, options) {
      const { limit = Math.min(DEFAULT_COUNT, market.maxRecentTrades) } = readOptions(options);
      requireCount('limit', limit, market.maxRecentTrades);
      return (await symbolCall(market.recentTrades, { symbol, limit })).slice(-limit);
    },
    async getCandles(symbol, interval, request) {
      const options = readOptions(request);
      validateCandles(interval, market.candleIntervals, options);
      const page = (params: Parameters<typeof market.candles.encode>[0]) => symbolCall(market.candles, params);
      return collectCandles(page, symbol, interval, options, core.time.now(), market.maxCandles);
    },
    async request(raw) {
      core.requireOpen();
      const endpoint = defineRawEndpoint(venue, raw, market.ping.cost);
      return rest.call(endpoint, undefined, raw.signal === undefined ? {} : { signal: raw.signal });
    },
  };
}
