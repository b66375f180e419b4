import { ValidationError } from '../../errors/kinds.js';
import type { CandleInterval } from '../../model/candle.js';

/**
 * The venue's name of an interval: a week is `7d`, a calendar month `30d`, the others are the same.
 * @throws {ValidationError} for an interval outside `legal`.
 */
export function toVenueInterval(interval: CandleInterval, legal: readonly CandleInterval[]): string {
  if (!legal.includes(interval)) {
    throw new ValidationError({ field: 'interval', expected: `one of ${legal.join(', ')}`, received: interval });
  }
  return interval === '1w' ? '7d' : interval === '1M' ? '30d' : interval;
}
