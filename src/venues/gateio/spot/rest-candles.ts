import { defineEndpoint } from '../../../adapter/endpoint.js';
import { readArray } from '../../../adapter/read.js';
import type { CandlesParams } from '../../../adapter/venue.js';
import type { Candle } from '../../../model/candle.js';
import { candleRange, pickCandles } from '../candle-range.js';
import { toVenueInterval } from '../venue-interval.js';
import { decodeCandleRow } from './candle.js';
import { REST_INTERVALS } from './intervals.js';

/** Points that one call may span. Source: Gate API v4 docs, market candlesticks. */
export const MAX_CANDLES = 1_000;
/** Points that exist at all; an older range is refused. Source: Gate API v4 docs, market candlesticks. */
export const CANDLE_REACH = 10_000;

/** Candles, oldest first. Source: Gate API v4 docs, market candlesticks. */
export const candles = defineEndpoint<CandlesParams, Candle[]>({
  method: 'GET',
  path: '/spot/candlesticks',
  auth: 'none',
  cost: { public: 1 },
  idempotent: true,
  encode(params, { toVenue }) {
    const interval = toVenueInterval(params.interval, REST_INTERVALS);
    return { query: { currency_pair: toVenue(params.symbol), interval, ...candleRange(params) } };
  },
  decode(body, params) {
    const rows = readArray(body, 'candlesticks').map((row) => decodeCandleRow(row, params));
    return pickCandles(rows, params);
  },
});
