import { malformed, readInteger, readNumber } from '../../../adapter/read.js';
import type { ContractTerms } from '../../../model/contracts.js';
import { type Decimal, isDecimal, toDecimal } from '../../../model/decimal.js';
import type { Instrument } from '../../../model/instrument.js';

const LONGEST = 1e40;
/** What is reckoned from two of them is still a decimal. */
const LONGEST_TEXT = 48;

/**
 * Money of either sign. The venue sends JSON numbers; printed in plain notation (`5e-7` becomes `'0.0000005'`) they are
 * its own digits as long as those are up to 15, which prices, contracts and rates always are. A longer number is the
 * shortest decimal of the same double, so its digits from the 16th on may differ. Text is kept digit for digit.
 * @throws {MalformedResponseError}
 */
export function readMoney(value: unknown, where: string): Decimal {
  if (typeof value === 'number' && Math.abs(value) < LONGEST) return toDecimal(value);
  if (isDecimal(value) && value.length <= LONGEST_TEXT) return value;
  throw malformed(where, 'a decimal', value);
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

/** Epoch ms, from a number or a text of digits. @throws {MalformedResponseError} */
export function readTime(value: unknown, where: string): number {
  const time = readInteger(value, where);
  if (time > 0) return time;
  throw malformed(where, 'a time above zero', value);
}

/** Epoch ms of a time in seconds. @throws {MalformedResponseError} */
export function readSeconds(value: unknown, where: string): number {
  return readTime(readNumber(value, where) * 1_000, where);
}

/** How a market counts. @throws {MalformedResponseError} for an instrument of another kind. */
export function termsOf({ contracts, symbol }: Instrument): ContractTerms {
  if (contracts !== undefined) return contracts;
  throw malformed(symbol, 'an instrument with contracts', undefined);
}
