import type { MarketSymbol } from './symbol.js';

/** Every interval that some venue offers. A venue refuses one that it lacks with a `ValidationError` that lists its own. */
export const CANDLE_INTERVALS = [
  '1s',
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
] as const;

export type CandleInterval = (typeof CANDLE_INTERVALS)[number];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Length in ms; the month counts as 31 days, its longest. */
export const CANDLE_INTERVAL_MS: Readonly<Record<CandleInterval, number>> = {
  '1s': SECOND,
  '10s': 10 * SECOND,
  '30s': 30 * SECOND,
  '1m': MINUTE,
  '3m': 3 * MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '6h': 6 * HOUR,
  '8h': 8 * HOUR,
  '12h': 12 * HOUR,
  '1d': DAY,
  '1w': 7 * DAY,
  '1M': 31 * DAY,
};

/** Open, high, low, close of one interval. */
export interface Candle {
  readonly symbol: MarketSymbol;
  readonly interval: CandleInterval;
  /** Start of the interval, inclusive, epoch ms. */
  readonly openedAt: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Traded base asset; of inverse perpetuals at the closing price where the venue counts contracts only. */
  readonly baseVolume: number;
  /** Traded quote asset; absent where the venue does not say. */
  readonly quoteVolume?: number;
  /** `true` once the interval has ended; absent where the venue does not say. */
  readonly closed?: boolean;
}
