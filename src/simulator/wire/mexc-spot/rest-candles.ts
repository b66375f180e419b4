import type { TapeCandle } from '../../contract.js';
import { CANDLE_STEPS, type CandleStep, readCandles } from '../mexc/candle-step.js';
import { printPadded, printSum, printTrimmed } from '../mexc/print-number.js';
import { missing, type RestCall, type RestHandler, readLimit, readTimes, requireMarket, wrong } from './rest-call.js';

const MAX_CANDLES = 500;
const AVERAGE_MINUTES = 5;

/** Ascending; at most 500, counted from `startTime` where that is given. Source: MEXC spot v3 docs, kline data. */
export const klines: RestHandler = (call) => {
  const { view } = requireMarket(call);
  const { priceDecimals, quantityDecimals } = view.spec;
  const step = readInterval(call);
  const limit = readLimit(call, MAX_CANDLES, MAX_CANDLES);
  const { from, to } = readRange(call, step, limit);
  const price = (ticks: number): string => printTrimmed(ticks, priceDecimals);
  const row = (candle: TapeCandle): unknown => [
    candle.openedAt,
    price(candle.openTicks),
    price(candle.highTicks),
    price(candle.lowTicks),
    price(candle.closeTicks),
    printTrimmed(candle.baseLots, quantityDecimals),
    step.endOf(candle.openedAt),
    printSum(candle.quoteTickLots, priceDecimals + quantityDecimals),
  ];
  return JSON.stringify(readCandles(view, step, from, to).map(row));
};

/** Average of the last five minutes, weighted by volume. Source: MEXC spot v3 docs, current average price. */
export const averagePrice: RestHandler = (call) => {
  const { view } = requireMarket(call);
  const minutes = view.candles(60_000, call.now - AVERAGE_MINUTES * 60_000, call.now);
  const lots = minutes.reduce((sum, { baseLots }) => sum + baseLots, 0);
  const value = minutes.reduce((sum, { quoteTickLots }) => sum + quoteTickLots, 0);
  const ticks = lots === 0 ? view.statistics().lastTicks : Math.round(value / lots);
  return `{"mins":${AVERAGE_MINUTES},"price":"${printPadded(ticks, view.spec.priceDecimals)}"}`;
};

function readInterval({ query }: RestCall): CandleStep {
  const name = query.get('interval');
  if (name === null || name === '') throw missing('interval');
  const step = CANDLE_STEPS.find(({ rest }) => rest === name);
  if (step === undefined) throw wrong('interval');
  return step;
}

/** The first `limit` opening times from the start, or the last ones up to the end. */
function readRange(call: RestCall, step: CandleStep, limit: number): { readonly from: number; readonly to: number } {
  const { start, end = call.now } = readTimes(call);
  if (start === undefined) {
    let from = step.startOf(end);
    for (let i = 1; i < limit; i++) from = step.startOf(from - 1);
    return { from, to: end };
  }
  const first = step.startOf(start) === start ? start : step.endOf(step.startOf(start));
  let to = first;
  for (let i = 1; i < limit && to <= end; i++) to = step.endOf(to);
  return { from: first, to: Math.min(to, end) };
}
