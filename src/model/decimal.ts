import { ValidationError } from '../errors/kinds.js';

declare const decimalBrand: unique symbol;

/**
 * A decimal number as plain text, digit for digit as the venue sent it: `'0.00010'` stays `'0.00010'`.
 * Never exponent notation. Compare with {@link compareDecimals}, not with `<`.
 */
export type Decimal = string & { readonly [decimalBrand]: true };

/** What an input accepts. A number is printed in plain notation: `1e-7` becomes `'0.0000001'`. */
export type DecimalInput = Decimal | string | number;

const PLAIN = /^-?\d+(?:\.\d+)?$/;
const SCIENTIFIC = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;
/** Longer texts are refused: no venue prints them, and exact arithmetic on them would be a way to stall the process. */
const MAX_LENGTH = 100;

/**
 * Reads a decimal without changing a digit.
 * @param field named in the error, so that the user sees which input was wrong.
 * @throws {ValidationError} for NaN, infinities, exponents in text, signs other than `-`, blanks, or over 100 characters.
 */
export function toDecimal(input: DecimalInput, field = 'value'): Decimal {
  const text = typeof input === 'number' ? printNumber(input) : input;
  if (typeof text === 'string' && text.length <= MAX_LENGTH && PLAIN.test(text)) return text as Decimal;
  throw new ValidationError({ field, expected: "a plain decimal such as '0.001'", received: input });
}

/** Whether the text is a decimal that {@link toDecimal} accepts. */
export function isDecimal(text: unknown): text is Decimal {
  return typeof text === 'string' && text.length <= MAX_LENGTH && PLAIN.test(text);
}

/** Negative, zero or positive as `a` is below, equal to or above `b`; exact. */
export function compareDecimals(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const left = unscaled(a, scale);
  const right = unscaled(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isZero(value: Decimal): boolean {
  return !/[1-9]/.test(value);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  return print(unscaled(a, scale) + unscaled(b, scale), scale);
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  return print(unscaled(a, scale) - unscaled(b, scale), scale);
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const scaleA = scaleOf(a);
  const scaleB = scaleOf(b);
  return print(unscaled(a, scaleA) * unscaled(b, scaleB), scaleA + scaleB);
}

/**
 * `a / b` to so many decimals, halves away from zero.
 * @throws {ValidationError} for a divisor of zero.
 */
export function divideDecimals(a: Decimal, b: Decimal, decimals: number): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const divisor = unscaled(b, scale);
  if (divisor === 0n)
    throw new ValidationError({ field: 'divisor', expected: 'a number other than zero', received: b });
  const dividend = unscaled(a, scale) * 10n ** BigInt(decimals);
  const doubled = (dividend * 2n) / divisor;
  const half = doubled < 0n ? -1n : 1n;
  return print((doubled + half) / 2n, decimals);
}

/** Whether `value` is a whole number of steps. @throws {ValidationError} when `step` is not above zero. */
export function isMultipleOf(value: Decimal, step: Decimal): boolean {
  const scale = Math.max(scaleOf(value), scaleOf(step));
  return unscaled(value, scale) % positiveStep(step, scale) === 0n;
}

/**
 * Moves `value` to a whole number of steps: `down` towards zero, `up` away from zero, `nearest` with halves away from
 * zero. @throws {ValidationError} when `step` is not above zero.
 */
export function roundToStep(value: Decimal, step: Decimal, mode: 'down' | 'up' | 'nearest'): Decimal {
  const scale = Math.max(scaleOf(value), scaleOf(step));
  const size = positiveStep(step, scale);
  const number = unscaled(value, scale);
  const magnitude = number < 0n ? -number : number;
  const rest = magnitude % size;
  const goesUp = rest !== 0n && (mode === 'up' || (mode === 'nearest' && rest * 2n >= size));
  const rounded = magnitude - rest + (goesUp ? size : 0n);
  return print(number < 0n ? -rounded : rounded, scale);
}

/** The same number in its shortest form: `'1.50'` → `'1.5'`, `'-0.0'` → `'0'`. */
export function normalizeDecimal(value: Decimal): Decimal {
  const scale = scaleOf(value);
  return print(unscaled(value, scale), scale);
}

/** `10^-decimals` as a decimal: 0 → `'1'`, 2 → `'0.01'`. @throws {ValidationError} unless an integer from 0 to 40. */
export function stepOf(decimals: number, field = 'decimals'): Decimal {
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 40) {
    throw new ValidationError({ field, expected: 'a whole number of decimals from 0 to 40', received: decimals });
  }
  return (decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`) as Decimal;
}

function positiveStep(step: Decimal, scale: number): bigint {
  const size = unscaled(step, scale);
  if (size > 0n) return size;
  throw new ValidationError({ field: 'step', expected: 'a step above zero', received: step });
}

function scaleOf(value: string): number {
  const dot = value.indexOf('.');
  return dot < 0 ? 0 : value.length - dot - 1;
}

function unscaled(value: string, scale: number): bigint {
  return BigInt(value.replace('.', '') + '0'.repeat(scale - scaleOf(value)));
}

function print(value: bigint, scale: number): Decimal {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}` as Decimal;
}

function printNumber(value: number): string {
  const text = String(Object.is(value, -0) ? 0 : value);
  const match = SCIENTIFIC.exec(text);
  if (match === null) return text;
  const [, sign, lead, rest = '', exponentText] = match as unknown as [string, string, string, string?, string?];
  const exponent = Number(exponentText);
  const digits = lead + rest;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  return sign + digits.padEnd(exponent + 1, '0');
}
