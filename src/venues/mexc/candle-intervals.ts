import { ValidationError } from '../../errors/kinds.js';
import type { CandleInterval } from '../../model/candle.js';

/** REST names: the hour is `60m`, week and month are capitals. Source: MEXC spot v3 docs, klines. */
export const REST_INTERVALS: ReadonlyMap<CandleInterval, string> = new Map([
  ['1m', '1m'],
  ['5m', '5m'],
  ['15m', '15m'],
  ['30m', '30m'],
  ['1h', '60m'],
  ['4h', '4h'],
  ['1d', '1d'],
  ['1w', '1W'],
  ['1M', '1M'],
]);

/** Stream names, which also know eight hours. Source: MEXC spot v3 docs, kline streams. */
export const STREAM_INTERVALS: ReadonlyMap<CandleInterval, string> = new Map([
  ['1m', 'Min1'],
  ['5m', 'Min5'],
  ['15m', 'Min15'],
  ['30m', 'Min30'],
  ['1h', 'Min60'],
  ['4h', 'Hour4'],
  ['8h', 'Hour8'],
  ['1d', 'Day1'],
  ['1w', 'Week1'],
  ['1M', 'Month1'],
]);

/** @throws {ValidationError} that lists the intervals of the table. */
export function intervalName(table: ReadonlyMap<CandleInterval, string>, interval: CandleInterval): string {
  const name = table.get(interval);
  if (name !== undefined) return name;
  throw new ValidationError({
    field: 'interval',
    expected: `one of ${[...table.keys()].join(', ')}`,
    received: interval,
  });
}
