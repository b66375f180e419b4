import type { TapeCandle } from '../../../contract.js';
import { CANDLE_STEPS, type CandleStep, readCandles } from '../../mexc/candle-step.js';
import { type Contract, markNumber, priceNumber, turnoverNumber, volNumber } from '../contracts.js';
import { type ContractCall, type ContractHandler, pathContract, readWhole, wrong } from './call.js';

const MAX_CANDLES = 2_000;

/** `GET contract/kline/{symbol}`. Source: MEXC contract docs, k-line data. */
export const klines: ContractHandler = (call) => {
  const contract = pathContract(call);
  const { step, from, to } = readRange(call);
  const candles = readCandles(contract.view, step, from, to);
  const price = (ticks: number): number => priceNumber(contract, ticks);
  return {
    ...columns(candles, price),
    vol: candles.map(({ baseLots }) => volNumber(contract, baseLots)),
    amount: candles.map((candle) => turnoverNumber(contract, candle)),
    ...realColumns(candles, price),
  };
};

/** `GET contract/kline/index_price/{symbol}`. Source: MEXC contract docs, k-line data of the index price. */
export const indexKlines: ContractHandler = (call) => priceKlines(call, 'index');

/** `GET contract/kline/fair_price/{symbol}`. Source: MEXC contract docs, k-line data of the fair price. */
export const fairKlines: ContractHandler = (call) => priceKlines(call, 'mark');

/** Without volume; the columns are there all the same. */
function priceKlines(call: ContractCall, kind: 'index' | 'mark'): unknown {
  const contract = pathContract(call);
  const { step, from, to } = readRange(call);
  const candles = readCandles(priceView(contract, kind), step, from, to);
  const price = (ticks: number): number => markNumber(contract, ticks);
  const zeros = candles.map(() => 0);
  return { ...columns(candles, price), vol: zeros, amount: zeros, ...realColumns(candles, price) };
}

function priceView({ perpetual }: Contract, kind: 'index' | 'mark'): Parameters<typeof readCandles>[0] {
  return {
    candles: (intervalMs, from, to) =>
      perpetual.prices
        .candles(kind, intervalMs, from, to)
        .map((candle) => ({ ...candle, baseLots: 0, quoteTickLots: 0 })),
  };
}

function columns(candles: readonly TapeCandle[], price: (ticks: number) => number): Record<string, readonly number[]> {
  return {
    time: candles.map(({ openedAt }) => openedAt / 1_000),
    open: candles.map(({ openTicks }) => price(openTicks)),
    close: candles.map(({ closeTicks }) => price(closeTicks)),
    high: candles.map(({ highTicks }) => price(highTicks)),
    low: candles.map(({ lowTicks }) => price(lowTicks)),
  };
}

/** The values of actual trades: here candles begin with their first trade, so they are the same. */
function realColumns(
  candles: readonly TapeCandle[],
  price: (ticks: number) => number,
): Record<string, readonly number[]> {
  const { open, close, high, low } = columns(candles, price);
  return { realOpen: open!, realClose: close!, realHigh: high!, realLow: low! };
}

/** Both ends inclusive, seconds; without them the newest 2000, and never more than that: the newest ones of the range. */
function readRange(call: ContractCall): { readonly step: CandleStep; readonly from: number; readonly to: number } {
  const name = call.query.get('interval') ?? 'Min1';
  const step = CANDLE_STEPS.find(({ stream }) => stream === name);
  if (step === undefined) throw wrong('interval');
  const [start, end] = [readWhole(call.query, 'start'), readWhole(call.query, 'end')];
  const to = Math.min(end === undefined ? call.now : end * 1_000, call.now);
  let from = step.startOf(to);
  for (let i = 1; i < MAX_CANDLES && from > (start ?? 0) * 1_000; i++) from = step.startOf(from - 1);
  return { step, from: Math.max(from, (start ?? 0) * 1_000), to };
}
