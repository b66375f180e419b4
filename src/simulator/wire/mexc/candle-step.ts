import type { MarketView, TapeCandle } from '../../contract.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The epoch was a Thursday; weeks open on Monday 00:00 UTC. */
const MONDAY = 4 * DAY;

/** One candle length of the venue. */
export interface CandleStep {
  /** Name on REST; absent = only the stream has it. */
  readonly rest?: string;
  /** Name on the stream. */
  readonly stream: string;
  /** Length of the model's candles that it is made of, ms. */
  readonly unitMs: number;
  /** Opening time of the candle that holds `at`, epoch ms. */
  startOf(at: number): number;
  /** Opening time of the next one, epoch ms. */
  endOf(start: number): number;
}

/** Source: MEXC spot v3 docs, klines and kline streams. Where weeks and months open is not stated there. */
export const CANDLE_STEPS: readonly CandleStep[] = [
  fixed('Min1', MINUTE, '1m'),
  fixed('Min5', 5 * MINUTE, '5m'),
  fixed('Min15', 15 * MINUTE, '15m'),
  fixed('Min30', 30 * MINUTE, '30m'),
  fixed('Min60', HOUR, '60m'),
  fixed('Hour4', 4 * HOUR, '4h'),
  fixed('Hour8', 8 * HOUR),
  fixed('Day1', DAY, '1d'),
  {
    rest: '1W',
    stream: 'Week1',
    unitMs: DAY,
    startOf: (at) => Math.floor((at - MONDAY) / (7 * DAY)) * 7 * DAY + MONDAY,
    endOf: (start) => start + 7 * DAY,
  },
  {
    rest: '1M',
    stream: 'Month1',
    unitMs: DAY,
    startOf: (at) => monthStart(at, 0),
    endOf: (start) => monthStart(start, 1),
  },
];

/** Candles whose opening time lies in [from, to], oldest first; longer ones are put together from days. */
export function readCandles(
  view: Pick<MarketView, 'candles'>,
  step: CandleStep,
  from: number,
  to: number,
): readonly TapeCandle[] {
  if (to < from) return [];
  const first = step.startOf(from) === from ? from : step.endOf(step.startOf(from));
  if (step.endOf(first) - first === step.unitMs) return view.candles(step.unitMs, first, to);
  const units = view.candles(step.unitMs, first, step.endOf(step.startOf(to)) - 1);
  const candles: TapeCandle[] = [];
  for (const unit of units) {
    const openedAt = step.startOf(unit.openedAt);
    const last = candles.at(-1);
    if (last?.openedAt === openedAt) candles[candles.length - 1] = merge(last, unit);
    else candles.push({ ...unit, openedAt });
  }
  return candles;
}

function merge(candle: TapeCandle, next: TapeCandle): TapeCandle {
  return {
    openedAt: candle.openedAt,
    openTicks: candle.openTicks,
    highTicks: Math.max(candle.highTicks, next.highTicks),
    lowTicks: Math.min(candle.lowTicks, next.lowTicks),
    closeTicks: next.closeTicks,
    baseLots: candle.baseLots + next.baseLots,
    quoteTickLots: candle.quoteTickLots + next.quoteTickLots,
  };
}

function fixed(stream: string, ms: number, rest?: string): CandleStep {
  return {
    stream,
    ...(rest === undefined ? {} : { rest }),
    unitMs: ms,
    startOf: (at) => Math.floor(at / ms) * ms,
    endOf: (start) => start + ms,
  };
}

function monthStart(at: number, monthsLater: number): number {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + monthsLater, 1);
}
