import type { Candle, CandleInterval } from '../model/candle.js';
import type {
  FundingRate,
  FundingRateRecord,
  IndexPrice,
  Liquidation,
  MarkPrice,
  OpenInterest,
} from '../model/funding.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { CandlesRequest } from './candle-paging.js';
import type { Subscription } from './subscription.js';

/** A time window and a number of rows; the newest rows where there are more. */
export interface FundingHistoryRequest {
  /** Epoch ms, inclusive. */
  readonly since?: number;
  /** Epoch ms, inclusive; default now. */
  readonly until?: number;
  /** Rows wanted, default 100; pages over the venue's limit. */
  readonly limit?: number;
}

/** What perpetuals have besides market data. Errors as in `PublicExchange`. */
export interface FundingFacet {
  getFundingRate(symbol: MarketSymbol): Promise<FundingRate>;
  /** All markets, or those named. */
  getFundingRates(symbols?: readonly MarketSymbol[]): Promise<ReadonlyMap<MarketSymbol, FundingRate>>;
  /** Rates that were applied, oldest first. */
  getFundingRateHistory(symbol: MarketSymbol, request?: FundingHistoryRequest): Promise<FundingRateRecord[]>;
  getMarkPrice(symbol: MarketSymbol): Promise<MarkPrice>;
  getIndexPrice(symbol: MarketSymbol): Promise<IndexPrice>;
  getOpenInterest(symbol: MarketSymbol): Promise<OpenInterest>;
  /** Oldest first. @throws {UnsupportedError} where the venue does not publish them. */
  getLiquidations(symbol: MarketSymbol, request?: FundingHistoryRequest): Promise<Liquidation[]>;
  /** Of the mark price; volumes are zero. */
  getMarkCandles(symbol: MarketSymbol, interval: CandleInterval, request?: CandlesRequest): Promise<Candle[]>;
  /** Of the index price; volumes are zero. */
  getIndexCandles(symbol: MarketSymbol, interval: CandleInterval, request?: CandlesRequest): Promise<Candle[]>;
  watchFundingRate(symbol: MarketSymbol, handler?: (event: FundingRate) => unknown): Subscription<FundingRate>;
  watchMarkPrice(symbol: MarketSymbol, handler?: (event: MarkPrice) => unknown): Subscription<MarkPrice>;
  watchIndexPrice(symbol: MarketSymbol, handler?: (event: IndexPrice) => unknown): Subscription<IndexPrice>;
  /** @throws {UnsupportedError} where the venue has no such stream. */
  watchLiquidations(symbol: MarketSymbol, handler?: (event: Liquidation) => unknown): Subscription<Liquidation>;
  /** @throws {UnsupportedError} where the venue has no such stream. */
  watchMarkCandles(
    symbol: MarketSymbol,
    interval: CandleInterval,
    handler?: (event: Candle) => unknown,
  ): Subscription<Candle>;
  /** @throws {UnsupportedError} where the venue has no such stream. */
  watchIndexCandles(
    symbol: MarketSymbol,
    interval: CandleInterval,
    handler?: (event: Candle) => unknown,
  ): Subscription<Candle>;
}
