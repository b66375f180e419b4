import type { Channel } from '../adapter/channel.js';
import type { Endpoint } from '../adapter/endpoint.js';
import type { FundingHistoryParams, FundingVenue } from '../adapter/funding-venue.js';
import type { ListRules } from '../adapter/order-endpoints.js';
import type { CandleStreamParams, CandlesParams } from '../adapter/venue.js';
import { UnsupportedError } from '../errors/kinds.js';
import type { Candle, CandleInterval } from '../model/candle.js';
import type { FundingRate } from '../model/funding.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import { type CandlesRequest, collectCandles, validateCandles } from './candle-paging.js';
import { readOptions, requireList } from './check-input.js';
import { collectRows } from './collect-rows.js';
import type { ExchangeCore } from './exchange-core.js';
import type { FundingFacet, FundingHistoryRequest } from './funding-facet.js';
import { readHistoryWindow } from './history-window.js';
import { candlesSilenceMs, RING, TICKER_SILENCE_MS, type WatchChannel } from './market-watch.js';
import type { VenueCalls } from './venue-calls.js';

/** Rates move slowly, ms. */
const RATE_SILENCE_MS = 300_000;
/** A venue may count its time up to a second ahead of what we know of it. */
const CLOCK_SLACK_MS = 1_000;

/** Funding, mark and index prices of a venue of perpetuals. Input is checked before anything is sent. */
export function createFundingFacet(
  core: ExchangeCore,
  funding: FundingVenue,
  { symbolCall, listCall }: VenueCalls,
  watch: WatchChannel,
): FundingFacet {
  const { streams } = funding;

  function unsupported(what: string): UnsupportedError {
    const { id, name } = core.venue;
    return new UnsupportedError({ message: `${name} has no ${what}`, venue: id });
  }

  /** Rows of one market within the time asked for, oldest first. */
  async function history<Row>(
    endpoint: Endpoint<FundingHistoryParams, readonly Row[]>,
    rules: ListRules,
    timeOf: (row: Row) => number,
    symbol: MarketSymbol,
    request: FundingHistoryRequest | undefined,
  ): Promise<Row[]> {
    const { since, until = core.time.now() + CLOCK_SLACK_MS, limit } = readHistoryWindow(request);
    const { rows } = await collectRows(
      {
        rules,
        fetch: async (page) => countAlike(await symbolCall(endpoint, { symbol, ...page })),
        idOf: ({ id }) => id,
        timeOf: ({ row }) => timeOf(row),
        // A venue that pages by number may know no times.
        isWanted: ({ row }) => timeOf(row) >= (since ?? 0) && timeOf(row) <= until,
        isSorted: true,
      },
      { since, until, limit },
    );
    return rows.map(({ row }) => row);
  }

  async function candles(
    endpoint: Endpoint<CandlesParams, Candle[]>,
    symbol: MarketSymbol,
    interval: CandleInterval,
    request: CandlesRequest | undefined,
  ): Promise<Candle[]> {
    const options = readOptions(request);
    validateCandles(interval, funding.candleIntervals, options);
    const page = (params: CandlesParams) => symbolCall(endpoint, params);
    return collectCandles(page, symbol, interval, options, core.time.now(), funding.maxCandles);
  }

  function watchCandles(
    channel: Channel<CandleStreamParams, Candle> | undefined,
    name: string,
    { symbol, interval }: CandleStreamParams,
    handler: ((event: Candle) => unknown) | undefined,
  ) {
    if (channel === undefined) throw unsupported(`stream of ${name}`);
    validateCandles(interval, funding.candleIntervals, {});
    return watch(
      channel,
      { symbol, interval },
      { name, capacity: RING, silenceMs: candlesSilenceMs(interval) },
      handler,
    );
  }

  async function ratesOneByOne(symbols: readonly MarketSymbol[]): Promise<ReadonlyMap<MarketSymbol, FundingRate>> {
    for (const symbol of symbols) parseSymbol(symbol);
    await Promise.all(symbols.map((symbol) => core.catalog.instrument(symbol)));
    const rates = await Promise.all(symbols.map((symbol) => symbolCall(funding.rate, { symbol })));
    return new Map(rates.map((rate) => [rate.symbol, rate]));
  }

  return {
    getFundingRate: (symbol) => symbolCall(funding.rate, { symbol }),
    async getFundingRates(symbols) {
      core.requireOpen();
      if (symbols !== undefined) requireList('symbols', symbols);
      if (funding.rates !== undefined) return listCall(funding.rates, symbols);
      if (symbols === undefined) throw unsupported('list of all funding rates; name the symbols');
      return ratesOneByOne(symbols);
    },
    getFundingRateHistory: (symbol, request) =>
      history(funding.history, funding.historyRules, ({ fundedAt }) => fundedAt, symbol, request),
    getMarkPrice: (symbol) => symbolCall(funding.markPrice, { symbol }),
    getIndexPrice: (symbol) => symbolCall(funding.indexPrice, { symbol }),
    getOpenInterest: (symbol) => symbolCall(funding.openInterest, { symbol }),
    async getLiquidations(symbol, request) {
      if (funding.liquidations === undefined) throw unsupported('list of liquidations');
      const { endpoint, rules } = funding.liquidations;
      return history(endpoint, rules, ({ liquidatedAt }) => liquidatedAt, symbol, request);
    },
    getMarkCandles: (symbol, interval, request) => candles(funding.markCandles, symbol, interval, request),
    getIndexCandles: (symbol, interval, request) => candles(funding.indexCandles, symbol, interval, request),
    watchFundingRate: (symbol, handler) =>
      watch(streams.rate, { symbol }, { name: 'fundingRate', capacity: 1, silenceMs: RATE_SILENCE_MS }, handler),
    watchMarkPrice: (symbol, handler) =>
      watch(streams.markPrice, { symbol }, { name: 'markPrice', capacity: 1, silenceMs: TICKER_SILENCE_MS }, handler),
    watchIndexPrice: (symbol, handler) =>
      watch(streams.indexPrice, { symbol }, { name: 'indexPrice', capacity: 1, silenceMs: TICKER_SILENCE_MS }, handler),
    watchLiquidations(symbol, handler) {
      if (streams.liquidations === undefined) throw unsupported('stream of liquidations');
      // A market may go without one for days.
      const silenceMs = Number.POSITIVE_INFINITY;
      return watch(streams.liquidations, { symbol }, { name: 'liquidations', capacity: RING, silenceMs }, handler);
    },
    watchMarkCandles: (symbol, interval, handler) =>
      watchCandles(streams.markCandles, 'markCandles', { symbol, interval }, handler),
    watchIndexCandles: (symbol, interval, handler) =>
      watchCandles(streams.indexCandles, 'indexCandles', { symbol, interval }, handler),
  };
}

/** Rows without an id of their own: alike ones of one answer are told apart by counting them. */
function countAlike<Row>(rows: readonly Row[]): { readonly row: Row; readonly id: string }[] {
  const counts = new Map<string, number>();
  return rows.map((row) => {
    const content = JSON.stringify(row);
    const count = (counts.get(content) ?? 0) + 1;
    counts.set(content, count);
    return { row, id: `${content} ${count}` };
  });
}
