import type { CandleInterval } from '../../../model/candle.js';

/** Intervals that the candlesticks endpoint documents. Source: Gate API v4 docs, market candlesticks. */
export const REST_INTERVALS: readonly CandleInterval[] = [
  '10s',
  '1m',
  '5m',
  '15m',
  '30m',
  '1h',
  '4h',
  '8h',
  '1d',
  '1w',
  '1M',
];

/** Intervals of the candlesticks channel. Source: Gate spot WebSocket v4 docs, candlesticks channel. */
export const STREAM_INTERVALS: readonly CandleInterval[] = [
  '10s',
  '30s',
  '1m',
  '3m',
  '5m',
  '15m',
  '30m',
  '1h',
  '2h',
  '4h',
  '6h',
  '8h',
  '12h',
  '1d',
  '1w',
  '1M',
];
