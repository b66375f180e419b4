import { malformed } from '../../adapter/read.js';
import { type Decimal, isDecimal, toDecimal } from '../../model/decimal.js';

/** A double holds every decimal of so many digits exactly enough to print it again. */
const CERTAIN_DIGITS = 15;

/**
 * Money of either sign. Text is kept digit for digit; a JSON number, as some samples of the docs print it, is taken only
 * while no digit of it can have been lost. @throws {MalformedResponseError}
 */
export function readMoney(value: unknown, where: string): Decimal {
  if (isDecimal(value)) return value;
  if (typeof value === 'number' && Number.isFinite(value)) {
    const decimal = toDecimal(value);
    if (decimal.replace(/^[-0.]+|\./g, '').length <= CERTAIN_DIGITS) return decimal;
  }
  throw malformed(where, 'a decimal text', value);
}

/** Money that is not negative. @throws {MalformedResponseError} */
export function readAmount(value: unknown, where: string): Decimal {
  const amount = readMoney(value, where);
  if (!amount.startsWith('-')) return amount;
  throw malformed(where, 'a decimal that is not negative', value);
}

/** Money above zero. @throws {MalformedResponseError} */
export function readSize(value: unknown, where: string): Decimal {
  const amount = readAmount(value, where);
  if (/[1-9]/.test(amount)) return amount;
  throw malformed(where, 'a decimal above zero', value);
}
