import { MalformedResponseError } from '../errors/kinds.js';
import { type Decimal, isDecimal } from '../model/decimal.js';

/** A parsed JSON object; nothing is known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

const DIGITS = /^\d+(?:\.\d+)?$/;
/** So many digits, point included, are read without a detour: mantissa and power of ten are exact, so their quotient is right. */
const SHORT = 16;
const POWERS = Array.from({ length: SHORT }, (_, exponent) => 10 ** exponent);
const INTEGER = /^-?\d{1,16}$/;

/** @throws {MalformedResponseError} naming `where`. */
export function malformed(where: string, expected: string, received: unknown): MalformedResponseError {
  const got = received === null ? 'null' : Array.isArray(received) ? 'an array' : typeof received;
  return new MalformedResponseError({ message: `${where}: expected ${expected}, received ${got}`, outcome: 'unknown' });
}

export function readObject(value: unknown, where: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw malformed(where, 'an object', value);
}

export function readArray(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw malformed(where, 'an array', value);
}

export function readText(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw malformed(where, 'a text', value);
}

/** A price or quantity: plain decimal text or a number; finite and not negative. */
export function readNumber(value: unknown, where: string): number {
  if (typeof value === 'string') {
    const number = value.length < SHORT ? readShort(value) : readLong(value);
    if (number >= 0) return number;
  } else if (typeof value === 'number' && Number.isFinite(value) && value >= 0) {
    return value;
  }
  throw malformed(where, 'a decimal that is not negative', value);
}

/** -1 unless the text is a plain decimal. */
function readShort(text: string): number {
  let mantissa = 0;
  let point = -1;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === -2 && point < 0 && at > 0 && at < length - 1) point = at;
    else return -1;
  }
  if (length === 0) return -1;
  return point < 0 ? mantissa : mantissa / (POWERS[length - 1 - point] as number);
}

function readLong(text: string): number {
  const number = text.length <= 100 && DIGITS.test(text) ? Number(text) : -1;
  return Number.isFinite(number) ? number : -1;
}

/** As {@link readNumber}, but above zero. */
export function readPrice(value: unknown, where: string): number {
  const number = readNumber(value, where);
  if (number > 0) return number;
  throw malformed(where, 'a decimal above zero', value);
}

/** A number of either sign. */
export function readSignedNumber(value: unknown, where: string): number {
  if (typeof value === 'string' && value.startsWith('-')) return -readNumber(value.slice(1), where);
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return readNumber(value, where);
}

/** `undefined` where the venue sends nothing: missing, null or empty text. */
export function readOptional<T>(
  value: unknown,
  where: string,
  read: (value: unknown, where: string) => T,
): T | undefined {
  return value === undefined || value === null || value === '' ? undefined : read(value, where);
}

/** A safe integer, from a number or a text of digits. */
export function readInteger(value: unknown, where: string): number {
  const number = typeof value === 'string' && INTEGER.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number;
  throw malformed(where, 'a whole number up to 2^53', value);
}

/** Money: kept digit for digit. */
export function readDecimal(value: unknown, where: string): Decimal {
  if (isDecimal(value)) return value;
  throw malformed(where, 'a decimal text', value);
}

/** An id: text, or a number printed as text. */
export function readId(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  if (Number.isSafeInteger(value)) return String(value);
  throw malformed(where, 'an id', value);
}
