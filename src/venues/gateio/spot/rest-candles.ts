import { defineEndpoint } from '../../../adapter/endpoint.js';
import { readArray } from '../../../adapter/read.js';
import type { CandlesParams } from '../../../adapter/venue.js';
import { CANDLE_INTERVAL_MS, type Candle } from '../../../model/candle.js';
import { decodeCandleRow } from './candle.js';
import { REST_INTERVALS, toVenueInterval } from './intervals.js';

/** Points that one call may span. Source: Gate API v4 docs, market candlesticks. */
export const MAX_CANDLES = 1_000;
/** Points that exist at all; an older range is refused. Source: Gate API v4 docs, market candlesticks. */
export const CANDLE_REACH = 10_000;

/**
 * Candles, oldest first. The venue takes a number OR a range, never both: with `from`, the range is cut to the first
 * `limit` candles from there. Source: Gate API v4 docs, market candlesticks.
 */
export const candles = defineEndpoint<CandlesParams, Candle[]>({
  method: 'GET',
  path: '/spot/candlesticks',
  auth: 'none',
  cost: { public: 1 },
  idempotent: true,
  encode(params, { toVenue }) {
    const { from, limit } = params;
    const query = { currency_pair: toVenue(params.symbol), interval: toVenueInterval(params.interval, REST_INTERVALS) };
    if (from === undefined) return { query: { ...query, limit } };
    return { query: { ...query, from: Math.ceil(from / 1_000), to: Math.floor(lastOpening(params, from) / 1_000) } };
  },
  decode(body, params) {
    const { from } = params;
    const all = readArray(body, 'candlesticks').map((row) => decodeCandleRow(row, params));
    all.sort((a, b) => a.openedAt - b.openedAt);
    if (from === undefined) return all.slice(-params.limit);
    const to = lastOpening(params, from);
    return all.filter(({ openedAt }) => openedAt >= from && openedAt <= to).slice(0, params.limit);
  },
});

function lastOpening({ interval, to, limit }: CandlesParams, from: number): number {
  const reach = from + (limit - 1) * CANDLE_INTERVAL_MS[interval];
  return to === undefined ? reach : Math.min(to, reach);
}
