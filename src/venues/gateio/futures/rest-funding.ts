import { defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import type { FundingHistoryParams, FundingVenue } from '../../../adapter/funding-venue.js';
import type { ListRules } from '../../../adapter/order-endpoints.js';
import { malformed, readArray, readObject } from '../../../adapter/read.js';
import type { SymbolParams } from '../../../adapter/venue.js';
import type { FundingRate, FundingRateRecord, IndexPrice, Liquidation, MarkPrice } from '../../../model/funding.js';
import { spanInSeconds } from '../times.js';
import { FUTURES_INTERVALS } from './candle.js';
import {
  decodeFundingRate,
  decodeFundingRecord,
  decodeIndexPrice,
  decodeLiquidation,
  decodeMarkPrice,
  decodeOpenInterest,
} from './funding.js';
import { candlesEndpoint, MAX_CANDLES, PUBLIC, tickerEndpoint, tickersEndpoint } from './rest-market.js';
import { CHANNEL } from './routes.js';
import type { FuturesSettle } from './settle.js';
import { candleChannel, contractTopic, rowChannel } from './stream-market.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What rounding to whole seconds may add to a span. */
const ROUNDING_MS = 2_000;

/** Thirty days in one answer, half a year in all. Source: Gate API v4 docs, funding rate history. */
const HISTORY_RULES: ListRules = {
  maxLimit: 1_000,
  paging: 'time',
  maxSpanMs: 30 * DAY_MS - ROUNDING_MS,
  reachMs: 180 * DAY_MS,
};

/** One hour in one answer; how many rows, and how far back, is not documented. Source: Gate API v4 docs, liquidated orders. */
const LIQUIDATION_RULES: ListRules = {
  maxLimit: 100,
  paging: 'time',
  maxSpanMs: HOUR_MS - ROUNDING_MS,
  reachMs: Number.POSITIVE_INFINITY,
};

/** With the time of the next payment, which tickers lack. Source: Gate API v4 docs, get a single contract. */
function rate(settle: FuturesSettle): Endpoint<SymbolParams, FundingRate> {
  return defineEndpoint<SymbolParams, FundingRate>({
    ...PUBLIC,
    path: `/futures/${settle}/contracts/{contract}`,
    encode: ({ symbol }, { toVenue }) => ({
      path: `/futures/${settle}/contracts/${encodeURIComponent(toVenue(symbol))}`,
    }),
    decode(body, { symbol }, { instrument, toCanonical, receivedAt }) {
      const row = readObject(body, 'contract');
      const { name } = row;
      if (typeof name !== 'string' || toCanonical(name) !== symbol)
        throw malformed('contract name', `that of ${symbol}`, name);
      return decodeFundingRate(row, { instrument: instrument(symbol), receivedAt });
    },
  });
}

/** Newest first on the wire. Source: Gate API v4 docs, funding rate history. */
function history(settle: FuturesSettle): Endpoint<FundingHistoryParams, readonly FundingRateRecord[]> {
  return defineEndpoint<FundingHistoryParams, readonly FundingRateRecord[]>({
    ...PUBLIC,
    path: `/futures/${settle}/funding_rate`,
    encode: ({ symbol, limit, from, to }, { toVenue }) => ({
      query: { contract: toVenue(symbol), limit, ...spanInSeconds(from, to) },
    }),
    decode: (body, { symbol }, { instrument }) =>
      readArray(body, 'funding_rate')
        .map((row) => decodeFundingRecord(readObject(row, 'funding_rate row'), instrument(symbol)))
        .reverse()
        .sort((a, b) => a.fundedAt - b.fundedAt),
  });
}

/** Source: Gate API v4 docs, liquidated orders. */
function liquidations(settle: FuturesSettle): Endpoint<FundingHistoryParams, readonly Liquidation[]> {
  return defineEndpoint<FundingHistoryParams, readonly Liquidation[]>({
    ...PUBLIC,
    path: `/futures/${settle}/liq_orders`,
    encode: ({ symbol, limit, from, to }, { toVenue }) => ({
      query: { contract: toVenue(symbol), limit, ...spanInSeconds(from, to) },
    }),
    decode: (body, { symbol }, { instrument, toCanonical }) =>
      readArray(body, 'liq_orders')
        .map((item) => {
          const row = readObject(item, 'liq_orders row');
          const { contract } = row;
          if (typeof contract === 'string' && toCanonical(contract) === symbol)
            return decodeLiquidation(row, instrument(symbol));
          throw malformed('liq_orders row contract', `that of ${symbol}`, contract);
        })
        .reverse()
        .sort((a, b) => a.liquidatedAt - b.liquidatedAt),
  });
}

/** What Gate.io futures have besides market data. Rate, mark and index price come in the pushes of the ticker. */
export function createFuturesFunding(settle: FuturesSettle): FundingVenue {
  const tickers = contractTopic(CHANNEL.tickers);
  return {
    rate: rate(settle),
    rates: tickersEndpoint(settle, decodeFundingRate),
    history: history(settle),
    historyRules: HISTORY_RULES,
    markPrice: tickerEndpoint(settle, decodeMarkPrice),
    indexPrice: tickerEndpoint(settle, decodeIndexPrice),
    openInterest: tickerEndpoint(settle, decodeOpenInterest),
    liquidations: { endpoint: liquidations(settle), rules: LIQUIDATION_RULES },
    markCandles: candlesEndpoint(settle, 'mark'),
    indexCandles: candlesEndpoint(settle, 'index'),
    candleIntervals: FUTURES_INTERVALS,
    maxCandles: MAX_CANDLES,
    streams: {
      rate: rowChannel<SymbolParams, FundingRate>(tickers, decodeFundingRate),
      markPrice: rowChannel<SymbolParams, MarkPrice>(tickers, decodeMarkPrice),
      indexPrice: rowChannel<SymbolParams, IndexPrice>(tickers, decodeIndexPrice),
      liquidations: rowChannel<SymbolParams, Liquidation>(contractTopic(CHANNEL.liquidations), (row, { instrument }) =>
        decodeLiquidation(row, instrument),
      ),
      markCandles: candleChannel('mark'),
      indexCandles: candleChannel('index'),
    },
  };
}
