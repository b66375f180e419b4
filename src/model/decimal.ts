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
const SHORTEST = /^(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const SCIENTIFIC = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;
/** Longer texts are refused: no venue prints them, and exact arithmetic on them would be a way to stall the process. */
const MAX_LENGTH = 100;
/** Every whole number of so many digits is a double. */
const MAX_EXACT_DIGITS = 15;
const MINUS_CODE = 45;
const DOT_CODE = 46;
const ZERO_CODE = 48;
const NINE_CODE = 57;

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
  if (a === b) return 0;
  const scale = Math.max(scaleOf(a), scaleOf(b));
  if (isShort(a, scale) && isShort(b, scale)) return order(units(a, scale), units(b, scale));
  return order(unscaled(a, scale), unscaled(b, scale));
}

function order<T extends bigint | number>(left: T, right: T): -1 | 0 | 1 {
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isZero(value: Decimal): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > ZERO_CODE && code <= NINE_CODE) return false;
  }
  return true;
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  if (isShort(a, scale) && isShort(b, scale)) return print(units(a, scale) + units(b, scale), scale);
  return print(unscaled(a, scale) + unscaled(b, scale), scale);
}

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  if (isShort(a, scale) && isShort(b, scale)) return print(units(a, scale) - units(b, scale), scale);
  return print(unscaled(a, scale) - unscaled(b, scale), scale);
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  const scaleA = scaleOf(a);
  const scaleB = scaleOf(b);
  if (a.length + b.length <= MAX_EXACT_DIGITS) {
    return print(units(a, scaleA) * units(b, scaleB), scaleA + scaleB);
  }
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
  if (isShort(value, scale) && isShort(step, scale)) {
    const size = units(step, scale);
    // A rest of -0 is zero too.
    if (size > 0) return units(value, scale) % size === 0;
  }
  return unscaled(value, scale) % positiveStep(step, scale) === 0n;
}

/**
 * Moves `value` to a whole number of steps: `down` towards zero, `up` away from zero, `nearest` with halves away from
 * zero. @throws {ValidationError} when `step` is not above zero.
 */
export function roundToStep(value: Decimal, step: Decimal, mode: 'down' | 'up' | 'nearest'): Decimal {
  const scale = Math.max(scaleOf(value), scaleOf(step));
  if (isShort(value, scale) && isShort(step, scale)) {
    const size = units(step, scale);
    if (size > 0) return print(roundUnits(units(value, scale), size, mode), scale);
  }
  const size = positiveStep(step, scale);
  const number = unscaled(value, scale);
  const magnitude = number < 0n ? -number : number;
  const rest = magnitude % size;
  const goesUp = rest !== 0n && (mode === 'up' || (mode === 'nearest' && rest * 2n >= size));
  const rounded = magnitude - rest + (goesUp ? size : 0n);
  return print(number < 0n ? -rounded : rounded, scale);
}

function roundUnits(number: number, size: number, mode: 'down' | 'up' | 'nearest'): number {
  const magnitude = Math.abs(number);
  const rest = magnitude % size;
  const goesUp = rest !== 0 && (mode === 'up' || (mode === 'nearest' && rest * 2 >= size));
  const rounded = magnitude - rest + (goesUp ? size : 0);
  return number < 0 ? -rounded : rounded;
}

/** The same number in its shortest form: `'1.50'` → `'1.5'`, `'-0.0'` → `'0'`. */
export function normalizeDecimal(value: Decimal): Decimal {
  if (SHORTEST.test(value)) return value;
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

/** Whether `units` of it are exact in a double: at most 15 digits. */
function isShort(value: string, scale: number): boolean {
  return value.length + scale - scaleOf(value) <= MAX_EXACT_DIGITS;
}

/** The number of `10^-scale` that a short decimal is. */
function units(value: string, scale: number): number {
  const isNegative = value.charCodeAt(0) === MINUS_CODE;
  let number = 0;
  let decimals = -1;
  for (let at = isNegative ? 1 : 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= ZERO_CODE && code <= NINE_CODE) {
      number = number * 10 + (code - ZERO_CODE);
      if (decimals >= 0) decimals++;
    } else if (code === DOT_CODE && decimals < 0) decimals = 0;
    // No decimal at all: as loud as longer ones are.
    else return Number(unscaled(value, scale));
  }
  for (let missing = scale - Math.max(decimals, 0); missing > 0; missing--) number *= 10;
  return isNegative ? -number : number;
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

function print(value: bigint | number, scale: number): Decimal {
  const negative = value < 0;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  let end = digits.length;
  while (end > point && digits.charCodeAt(end - 1) === ZERO_CODE) end--;
  const whole = point === digits.length ? digits : digits.slice(0, point);
  const text = end === point ? whole : `${whole}.${digits.slice(point, end)}`;
  return (negative ? `-${text}` : text) as Decimal;
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
