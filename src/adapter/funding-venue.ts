import type { Candle, CandleInterval } from '../model/candle.js';
import type {
  FundingRate,
  FundingRateRecord,
  IndexPrice,
  Liquidation,
  MarkPrice,
  OpenInterest,
} from '../model/funding.js';
import type { Channel } from './channel.js';
import type { Endpoint } from './endpoint.js';
import type { ListRules } from './order-endpoints.js';
import type { CandleStreamParams, CandlesParams, SymbolParams } from './venue.js';

export interface FundingHistoryParams extends SymbolParams {
  /** Epoch ms, inclusive; venues that page by number may ignore the times. */
  readonly from?: number;
  readonly to?: number;
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

/** What a venue of perpetuals has besides market data. Lists come out oldest first. */
export interface FundingVenue {
  readonly rate: Endpoint<SymbolParams, FundingRate>;
  /** All markets in one call; absent where the venue has no such call. */
  readonly rates?: Endpoint<void, readonly FundingRate[]>;
  /** Whether {@link rates} tell the time between payments and the instrument list does not. Default false. */
  readonly ratesTellInterval?: boolean;
  readonly history: Endpoint<FundingHistoryParams, readonly FundingRateRecord[]>;
  /** `page`: pages count from the newest rows on. */
  readonly historyRules: ListRules;
  readonly markPrice: Endpoint<SymbolParams, MarkPrice>;
  readonly indexPrice: Endpoint<SymbolParams, IndexPrice>;
  readonly openInterest: Endpoint<SymbolParams, OpenInterest>;
  /** Of one market; absent where the venue does not publish them. */
  readonly liquidations?: {
    readonly endpoint: Endpoint<FundingHistoryParams, readonly Liquidation[]>;
    readonly rules: ListRules;
  };
  readonly markCandles: Endpoint<CandlesParams, Candle[]>;
  readonly indexCandles: Endpoint<CandlesParams, Candle[]>;
  readonly candleIntervals: readonly CandleInterval[];
  readonly maxCandles: number;
  readonly streams: FundingStreams;
}

/** Absent where the venue has no such stream. */
export interface FundingStreams {
  readonly rate: Channel<SymbolParams, FundingRate>;
  readonly markPrice: Channel<SymbolParams, MarkPrice>;
  readonly indexPrice: Channel<SymbolParams, IndexPrice>;
  readonly liquidations?: Channel<SymbolParams, Liquidation>;
  readonly markCandles?: Channel<CandleStreamParams, Candle>;
  readonly indexCandles?: Channel<CandleStreamParams, Candle>;
}
