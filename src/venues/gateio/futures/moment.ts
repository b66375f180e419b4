import { malformed, readNumber } from '../../../adapter/read.js';

/** Below this a number counts seconds, above it ms: the line lies in the years 1973 and 5138. */
const SECONDS_END = 1e11;
/** Above this a number counts microseconds. */
const MICROSECONDS_BEGIN = 1e14;

/**
 * Epoch ms from a time whose unit differs between documents and transports: seconds with or without a fraction, ms or
 * microseconds; the magnitude tells. Source: Gate API v4 docs, futures trades and auto orders.
 */
export function readMoment(value: unknown, where: string): number {
  const number = readNumber(value, where);
  const ms =
    number < SECONDS_END
      ? Math.round(number * 1_000)
      : Math.floor(number < MICROSECONDS_BEGIN ? number : number / 1_000);
  if (Number.isSafeInteger(ms)) return ms;
  throw malformed(where, 'an epoch time', value);
}
