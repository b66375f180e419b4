import type { Decimal } from '../../model/decimal.js';

/** An exact sum of money: whole units of `10^-36` of its asset. A price × quantity × fee rate fits without rounding. */
export type Amount = bigint;

const SCALE = 36;
const ONE = 10n ** BigInt(SCALE);
const PLAIN = /^\d{1,30}(?:\.\d{1,36})?$/;

/** Reads a plain decimal, zero included; `undefined` for a sign, an exponent, blanks or more than 36 decimals. */
export function parseAmount(text: string): Amount | undefined {
  if (!PLAIN.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(SCALE, '0'));
}

/** In its shortest form: `'0.4'`, `'-12'`, `'0'`. */
export function printAmount(amount: Amount): Decimal {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(SCALE + 1, '0');
  const whole = digits.slice(0, -SCALE);
  const fraction = digits.slice(-SCALE).replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}` as Decimal;
}

/** Whole units of `10^-decimals`, for example lots: `(400, 3)` is 0.4. */
export function amountOf(units: number | bigint, decimals: number): Amount {
  return BigInt(units) * 10n ** BigInt(SCALE - decimals);
}

/** `amount × rate`, towards zero; the rate is an amount of 1. */
export function shareOf(amount: Amount, rate: Amount): Amount {
  return (amount * rate) / ONE;
}

/** `total / quantity` with 16 decimals at most, towards zero; 0 without a quantity. */
export function averageOf(total: Amount, quantity: Amount): Amount {
  if (quantity === 0n) return 0n;
  const step = 10n ** BigInt(SCALE - 16);
  return ((total * ONE) / quantity / step) * step;
}
