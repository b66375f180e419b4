import { type DecodeContext, defineEndpoint, type Endpoint } from '../../../adapter/endpoint.js';
import type { FundingHistoryParams, FundingVenue } from '../../../adapter/funding-venue.js';
import type { ListRules } from '../../../adapter/order-endpoints.js';
import { readObject, readText } from '../../../adapter/read.js';
import type { SymbolParams } from '../../../adapter/venue.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import type { FundingRate, FundingRateRecord, IndexPrice, MarkPrice, OpenInterest } from '../../../model/funding.js';
import { STREAM_INTERVALS } from '../candle-intervals.js';
import { dataOf, rowsOf } from './envelope.js';
import { decodeFundingRate, decodeFundingRecord, decodeIndexPrice, decodeMarkPrice } from './funding.js';
import { costOf } from './limits.js';
import { candleCall, MAX_CANDLES } from './rest-market.js';
import { mexcFuturesFundingStreams } from './stream-funding.js';
import { decodeOpenInterest, requireMarket } from './ticker.js';

const ROOT = '/api/v1/contract';
/**
 * The docs say 1,000, the venue's own clients ask for no more than 100: a full answer of fewer rows would look like the
 * end.
 */
const HISTORY_LIMIT = 100;
const PUBLIC = { method: 'GET', auth: 'none', cost: costOf('usual'), idempotent: true } as const;

/** Source: MEXC contract API docs, funding rate. */
const rate: Endpoint<SymbolParams, FundingRate> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/funding_rate`,
  encode: ({ symbol }, { toVenue }) => ({ path: `${ROOT}/funding_rate/${encodeURIComponent(toVenue(symbol))}` }),
  decode: (body, { symbol }, context) =>
    decodeFundingRate(requireMarket(dataOf(body), symbol, 'funding rate', context), {
      symbol,
      receivedAt: context.receivedAt,
    }),
});

/**
 * The same without a symbol: all markets. Not documented, but clients rely on it. Source: MEXC contract API docs,
 * funding rate.
 */
const rates: Endpoint<void, readonly FundingRate[]> = defineEndpoint({
  ...PUBLIC,
  path: rate.path,
  encode: () => ({}),
  decode: (body, _params, context) => rowsOf(body, 'funding rates').flatMap((item) => readRate(item, context)),
});

/** Pages from the newest row on, newest first on the wire; there is no window of time. Source: MEXC contract API docs, funding rate history. */
const history: Endpoint<FundingHistoryParams, readonly FundingRateRecord[]> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/funding_rate/history`,
  encode: ({ symbol, page, limit }, { toVenue }) => ({
    query: { symbol: toVenue(symbol), page_num: page, page_size: limit },
  }),
  decode: (body, { symbol }, context) =>
    rowsOf(body, 'funding history')
      .map((row) => decodeFundingRecord(requireMarket(row, symbol, 'funding history', context), symbol))
      .reverse()
      .sort((a, b) => a.fundedAt - b.fundedAt),
});

const historyRules: ListRules = {
  maxLimit: HISTORY_LIMIT,
  paging: 'page',
  maxSpanMs: Number.POSITIVE_INFINITY,
  reachMs: Number.POSITIVE_INFINITY,
};

/** Source: MEXC contract API docs, fair price. */
const markPrice: Endpoint<SymbolParams, MarkPrice> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/fair_price`,
  encode: ({ symbol }, { toVenue }) => ({ path: `${ROOT}/fair_price/${encodeURIComponent(toVenue(symbol))}` }),
  decode: (body, { symbol }, context) => {
    const { fairPrice, timestamp } = requireMarket(dataOf(body), symbol, 'fair price', context);
    return decodeMarkPrice(fairPrice, timestamp, { symbol, receivedAt: context.receivedAt });
  },
});

/** Source: MEXC contract API docs, index price. */
const indexPrice: Endpoint<SymbolParams, IndexPrice> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/index_price`,
  encode: ({ symbol }, { toVenue }) => ({ path: `${ROOT}/index_price/${encodeURIComponent(toVenue(symbol))}` }),
  decode: (body, { symbol }, context) => {
    const { indexPrice: price, timestamp } = requireMarket(dataOf(body), symbol, 'index price', context);
    return decodeIndexPrice(price, timestamp, { symbol, receivedAt: context.receivedAt });
  },
});

/** A field of the ticker. Source: MEXC contract API docs, ticker. */
const openInterest: Endpoint<SymbolParams, OpenInterest> = defineEndpoint({
  ...PUBLIC,
  path: `${ROOT}/ticker`,
  cost: costOf('heavy'),
  encode: ({ symbol }, { toVenue }) => ({ query: { symbol: toVenue(symbol) } }),
  decode: (body, { symbol }, context) =>
    decodeOpenInterest(
      requireMarket(dataOf(body), symbol, 'ticker', context),
      context.instrument(symbol),
      context.receivedAt,
    ),
});

/** MEXC publishes no liquidations of others. */
export const mexcFuturesFunding: FundingVenue = {
  rate,
  rates,
  ratesTellInterval: true,
  history,
  historyRules,
  markPrice,
  indexPrice,
  openInterest,
  markCandles: candleCall('/fair_price'),
  indexCandles: candleCall('/index_price'),
  candleIntervals: [...STREAM_INTERVALS.keys()],
  maxCandles: MAX_CANDLES,
  streams: mexcFuturesFundingStreams,
};

/** Markets that are not in the instrument list are left out; unreadable rows too, and they are reported. */
function readRate(item: unknown, { toCanonical, receivedAt, drift }: DecodeContext): FundingRate[] {
  try {
    const row = readObject(item, 'funding rate');
    const symbol = toCanonical(readText(row['symbol'], 'funding rate symbol'));
    return symbol === undefined ? [] : [decodeFundingRate(row, { symbol, receivedAt })];
  } catch (error) {
    if (!isExchangeError(error)) throw error;
    drift(`funding rate left out: ${error.message}`);
    return [];
  }
}
