import type { TapeCandle } from '../../../contract.js';
import { CANDLE_WINDOWS, type CandleWindows, REST_INTERVALS } from '../../gateio/candle-windows.js';
import { readInteger, readRequired } from '../../gateio/rest/params.js';
import { invalidValue } from '../../gateio/rest/refusal.js';
import { wallMs } from '../../gateio/wall-time.js';
import { candlePrices, contractVolume, namedCandles, quoteVolume } from '../candle-source.js';
import { findContract, readContract } from './params.js';
import type { PublicCall, PublicHandler } from './public-call.js';

const DEFAULT_POINTS = 100;
const MAX_POINTS = 2_000;
const MAX_PREMIUM_POINTS = 1_000;
const MAX_SECONDS = 100_000_000_000;

/** `GET /futures/{settle}/candlesticks`: rows oldest first; `limit` or `from`/`to`. Source: Gate API v4 docs, futures candlesticks. */
export const candlesticks: PublicHandler = (call) => {
  const { query, contracts, sizes } = call;
  const name = readRequired(query, 'contract');
  const { contract, kind, source, priceDecimals } = namedCandles(name, contracts) ?? unknown(call, name);
  const { windows, first, last } = readWindows(call, MAX_POINTS);
  return windows.read(source, first, last).map((candle) => ({
    t: candle.openedAt / 1_000,
    ...(kind === 'trades' ? { v: contractVolume(candle, contract.perpetual.spec, sizes) } : {}),
    ...candlePrices(candle, priceDecimals),
    ...(kind === 'trades' ? { sum: quoteVolume(candle, contract.perpetual) } : {}),
  }));
};

/** `GET /futures/{settle}/premium_index`: how far the mark price is from the index, as a fraction. Source: Gate API v4 docs, premium index. */
export const premiumIndex: PublicHandler = (call) => {
  const { prices } = readContract(call.query, call.contracts).perpetual;
  const { windows, first, last } = readWindows(call, MAX_PREMIUM_POINTS);
  const read = (kind: 'mark' | 'index'): readonly TapeCandle[] =>
    windows.read({ candles: (...range) => prices.candles(kind, ...range) }, first, last);
  const indexes = read('index');
  return read('mark').map((mark, at) => {
    const index = indexes[at]!;
    const premium = (markTicks: number, indexTicks: number): string =>
      ((markTicks - indexTicks) / indexTicks).toFixed(6);
    const [o, c] = [premium(mark.openTicks, index.openTicks), premium(mark.closeTicks, index.closeTicks)];
    const [l, h] = Number(o) < Number(c) ? [o, c] : [c, o];
    return { t: mark.openedAt / 1_000, o, h, l, c };
  });
};

/** First and last window asked for, both inclusive. */
function readWindows(
  { query, model }: PublicCall,
  maxPoints: number,
): { readonly windows: CandleWindows; readonly first: number; readonly last: number } {
  const interval = query.get('interval') ?? '5m';
  const windows = REST_INTERVALS.includes(interval) ? CANDLE_WINDOWS.get(interval) : undefined;
  if (windows === undefined) throw invalidValue('interval');
  const limit = readInteger(query, 'limit', 1, maxPoints);
  const [from, to] = [readInteger(query, 'from', 0, MAX_SECONDS), readInteger(query, 'to', 0, MAX_SECONDS)];
  const current = windows.indexOf(wallMs(model.clock));
  if (from === undefined && to === undefined) {
    return { windows, first: Math.max(current - (limit ?? DEFAULT_POINTS) + 1, 0), last: current };
  }
  if (limit !== undefined) throw invalidValue('limit');
  if (from !== undefined && to !== undefined && from > to) throw invalidValue('from');
  const last = to === undefined ? current : windows.indexOf(to * 1_000);
  const first = from === undefined ? Math.max(last - DEFAULT_POINTS + 1, 0) : firstOpeningFrom(windows, from * 1_000);
  if (last - first + 1 > maxPoints) throw invalidValue('from');
  return { windows, first, last: Math.min(last, current) };
}

function firstOpeningFrom(windows: CandleWindows, ms: number): number {
  const index = windows.indexOf(ms);
  return windows.opensAt(index) === ms ? index : index + 1;
}

function unknown({ contracts }: PublicCall, name: string): never {
  findContract(contracts, name);
  throw invalidValue('contract');
}
