import type { Endpoint } from '../adapter/endpoint.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import type { Ticker } from '../model/ticker.js';
import { collectCandles, requireCount, validateCandles } from './candle-paging.js';
import { readOptions, requireList } from './check-input.js';
import type { ExchangeCore } from './exchange-core.js';
import type { PublicExchange } from './public-exchange.js';
import { defineRawEndpoint } from './raw-call.js';

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
export function createMarketCalls(core: ExchangeCore): MarketCalls {
  const { venue, clock, rest, catalog } = core;
  const { market } = venue;

  async function call<P, R>(endpoint: Endpoint<P, R>, params: P): Promise<R> {
    core.requireOpen();
    await core.ready();
    return rest.call(endpoint, params);
  }

  async function symbolCall<P extends { readonly symbol: MarketSymbol }, R>(
    endpoint: Endpoint<P, R>,
    params: P,
  ): Promise<R> {
    core.requireOpen();
    parseSymbol(params.symbol);
    await core.ready();
    await catalog.instrument(params.symbol);
    return rest.call(endpoint, params, { mapper: await catalog.mapper() });
  }

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
      return catalog.instruments(readOptions(options).refresh);
    },
    async getInstrument(symbol) {
      core.requireOpen();
      return catalog.instrument(symbol);
    },
    async getOrderBook(symbol, options) {
      const { depth = Math.min(DEFAULT_COUNT, market.maxOrderBookDepth) } = readOptions(options);
      requireCount('depth', depth, market.maxOrderBookDepth);
      const book = await symbolCall(market.orderBook, { symbol, depth });
      return { ...book, bids: book.bids.slice(0, depth), asks: book.asks.slice(0, depth) };
    },
    getBookTicker: (symbol) => symbolCall(market.bookTicker, { symbol }),
    getTicker: (symbol) => symbolCall(market.ticker, { symbol }),
    async getTickers(symbols) {
      core.requireOpen();
      if (symbols !== undefined) requireList('symbols', symbols);
      for (const symbol of symbols ?? []) parseSymbol(symbol);
      await Promise.all((symbols ?? []).map((symbol) => catalog.instrument(symbol)));
      const mapper = await catalog.mapper();
      return pick(await rest.call(market.tickers, undefined, { mapper }), symbols);
    },
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

/** Those asked for, in the order asked for; all where nothing was asked. */
function pick(
  tickers: readonly Ticker[],
  symbols: readonly MarketSymbol[] | undefined,
): ReadonlyMap<MarketSymbol, Ticker> {
  const all = new Map(tickers.map((ticker) => [ticker.symbol, ticker]));
  if (symbols === undefined) return all;
  const found = new Map<MarketSymbol, Ticker>();
  for (const symbol of symbols) {
    const ticker = all.get(symbol);
    if (ticker !== undefined) found.set(symbol, ticker);
  }
  return found;
}
