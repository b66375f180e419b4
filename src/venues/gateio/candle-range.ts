import type { CandlesParams } from '../../adapter/venue.js';
import { CANDLE_INTERVAL_MS, type Candle } from '../../model/candle.js';

/**
 * What the query says of a series. The venue takes a number OR a range, never both: with `from`, the range is cut to
 * the first `limit` candles from there. Source: Gate API v4 docs, market candlesticks.
 */
export function candleRange(params: CandlesParams): Readonly<Record<string, number>> {
  const { from, limit } = params;
  if (from === undefined) return { limit };
  return { from: Math.ceil(from / 1_000), to: Math.floor(lastOpening(params, from) / 1_000) };
}

/** Those asked for, oldest first. */
export function pickCandles(candles: Candle[], params: CandlesParams): Candle[] {
  const { from, limit } = params;
  candles.sort((a, b) => a.openedAt - b.openedAt);
  if (from === undefined) return candles.slice(-limit);
  const to = lastOpening(params, from);
  return candles.filter(({ openedAt }) => openedAt >= from && openedAt <= to).slice(0, limit);
}

function lastOpening({ interval, to, limit }: CandlesParams, from: number): number {
  const reach = from + (limit - 1) * CANDLE_INTERVAL_MS[interval];
  return to === undefined ? reach : Math.min(to, reach);
}
