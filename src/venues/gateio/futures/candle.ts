import { malformed, readNumber, readObject, readOptional, readPrice } from '../../../adapter/read.js';
import type { Candle, CandleInterval } from '../../../model/candle.js';
import type { Instrument } from '../../../model/instrument.js';
import { readSeconds } from '../times.js';
import { scaleOf, termsOf } from './contract-terms.js';

/** Intervals that are certain on both doors. Source: Gate API v4 docs, futures candlesticks; futures WebSocket v4 docs. */
export const FUTURES_INTERVALS: readonly CandleInterval[] = [
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
];

/** What a series is of; mark and index prices have no volumes. */
export type CandlePrice = 'last' | 'mark' | 'index';

/** The venue's name of a series. */
export function seriesOf(contract: string, price: CandlePrice): string {
  return price === 'last' ? contract : `${price}_${contract}`;
}

export interface CandleOrigin {
  readonly instrument: Instrument;
  readonly interval: CandleInterval;
  readonly price: CandlePrice;
}

/**
 * Reads a candle of the endpoint or the channel; both are objects. `v` is contracts, `a` base asset (channel only),
 * `sum` quote asset (endpoint only), `w` whether the window has closed (channel only). What neither says is worked out
 * of the contracts: base asset of inverse ones at the closing price, quote asset of linear ones not at all.
 * Source: Gate API v4 docs, futures candlesticks; Gate futures WebSocket v4 docs, candlesticks.
 * @throws {MalformedResponseError} when a value is missing or impossible.
 */
export function decodeCandle(row: unknown, { instrument, interval, price }: CandleOrigin): Candle {
  const { t, o, h, l, c, v, a, sum, w } = readObject(row, 'candle');
  const close = readPrice(c, 'candle close');
  const prices = {
    symbol: instrument.symbol,
    interval,
    openedAt: readSeconds(t, 'candle time'),
    open: readPrice(o, 'candle open'),
    high: readPrice(h, 'candle high'),
    low: readPrice(l, 'candle low'),
    close,
  };
  const closed = readOptional(w, 'candle closed', readFlag);
  const end = closed === undefined ? {} : { closed };
  if (price !== 'last') return { ...prices, baseVolume: 0, quoteVolume: 0, ...end };
  const contracts = readNumber(v, 'candle contracts');
  const isInverse = termsOf(instrument).kind === 'inverse';
  const base = isInverse ? readOptional(a, 'candle base amount', readNumber) : undefined;
  const quote = isInverse ? contracts : readOptional(sum, 'candle sum', readNumber);
  return {
    ...prices,
    baseVolume: base ?? scaleOf(instrument)(contracts, close),
    ...(quote === undefined ? {} : { quoteVolume: quote }),
    ...end,
  };
}

function readFlag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw malformed(where, 'true or false', value);
}
