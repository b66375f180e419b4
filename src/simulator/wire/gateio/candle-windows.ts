import type { MarketView, TapeCandle } from '../../contract.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The one interval without a fixed length: a calendar month (UTC). Source: Gate.io API v4 docs, candlesticks. */
const MONTH = '30d';

const FIXED_MS = {
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
  '7d': 7 * DAY,
};

/** Intervals of `GET /spot/candlesticks` that are documented. Source: Gate.io API v4 docs, market candlesticks. */
export const REST_INTERVALS: readonly string[] = ['10s', '1m', '5m', '15m', '30m', '1h', '4h', '8h', '1d', '7d', MONTH];

/** Whatever has candles. */
export type CandleSource = Pick<MarketView, 'candles'>;

/** The cut of time into windows of one interval; windows are counted from a fixed origin so that arithmetic on them is exact. */
export interface CandleWindows {
  /** Number of the window that holds `ms`. */
  indexOf(ms: number): number;
  /** Epoch ms at which window `index` opens. */
  opensAt(index: number): number;
  /** Candles of the windows `first` to `last`, oldest first. */
  read(market: CandleSource, first: number, last: number): readonly TapeCandle[];
}

/** By the venue's name of the interval. Source: Gate.io spot WebSocket v4 docs, candlesticks channel. */
export const CANDLE_WINDOWS: ReadonlyMap<string, CandleWindows> = new Map([
  ...Object.entries(FIXED_MS).map(([interval, lengthMs]) => [interval, fixedWindows(lengthMs)] as const),
  [MONTH, { indexOf: monthOf, opensAt: monthOpensAt, read: readMonths }],
]);

function fixedWindows(lengthMs: number): CandleWindows {
  return {
    indexOf: (ms) => Math.floor(ms / lengthMs),
    opensAt: (index) => index * lengthMs,
    read: (market, first, last) => market.candles(lengthMs, first * lengthMs, last * lengthMs),
  };
}

function monthOf(ms: number): number {
  const date = new Date(ms);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

function monthOpensAt(index: number): number {
  return Date.UTC(1970, index);
}

function readMonths(market: CandleSource, first: number, last: number): readonly TapeCandle[] {
  const months = new Map<number, TapeCandle>();
  for (const day of market.candles(DAY, monthOpensAt(first), monthOpensAt(last + 1) - DAY)) {
    const month = monthOf(day.openedAt);
    const before = months.get(month);
    months.set(month, before === undefined ? { ...day, openedAt: monthOpensAt(month) } : join(before, day));
  }
  return [...months.values()];
}

function join(month: TapeCandle, day: TapeCandle): TapeCandle {
  return {
    openedAt: month.openedAt,
    openTicks: month.openTicks,
    highTicks: Math.max(month.highTicks, day.highTicks),
    lowTicks: Math.min(month.lowTicks, day.lowTicks),
    closeTicks: day.closeTicks,
    baseLots: month.baseLots + day.baseLots,
    quoteTickLots: month.quoteTickLots + day.quoteTickLots,
  };
}
