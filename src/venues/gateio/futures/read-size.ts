import { malformed } from '../../../adapter/read.js';
import { type Decimal, isDecimal, normalizeDecimal, toDecimal } from '../../../model/decimal.js';

/** How JavaScript prints a number that is very large or very small; nothing else is accepted. */
const EXPONENT = /^-?\d(?:\.\d+)?e[+-]\d{1,2}$/;

/** What is reckoned from two of them is still a decimal. */
const LONGEST_TEXT = 48;

/**
 * Money that comes as text or as a JSON number, also `-1.25e-8`: the digits that were sent, in plain notation. A number
 * that went through a double has the digits of its shortest form, which are those that were sent up to 15 of them.
 * Source: Gate futures WebSocket v4 docs: private pushes print prices, fees and profits as numbers.
 * @throws {MalformedResponseError}
 */
export function readMoney(value: unknown, where: string): Decimal {
  if (isDecimal(value) && value.length <= LONGEST_TEXT) return value;
  const number = typeof value === 'string' && EXPONENT.test(value.toLowerCase()) ? Number(value) : value;
  if (typeof number === 'number' && isMoney(number)) return toDecimal(number, where);
  throw malformed(where, 'a decimal text or a number', value);
}

/** As {@link readMoney}, not negative: a price. @throws {MalformedResponseError} */
export function readUnsigned(value: unknown, where: string): Decimal {
  const decimal = readMoney(value, where);
  if (!decimal.startsWith('-')) return decimal;
  throw malformed(where, 'a price that is not negative', value);
}

/** No money is outside of it; in plain notation it would only be long. */
function isMoney(number: number): boolean {
  const size = Math.abs(number);
  return size === 0 || (size >= 1e-40 && size <= 1e40);
}

/** Contracts, signed: text or number, depending on a header that a browser cannot send. @throws {MalformedResponseError} */
export function readSize(value: unknown, where: string): Decimal {
  return normalizeDecimal(readMoney(value, where));
}
