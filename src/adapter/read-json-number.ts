import { digitsEnd, readDecimal } from './read-decimal.js';

const ZERO = 0x30;
const NINE = 0x39;
const LOWER_E = 0x65;
const UPPER_E = 0x45;
const PLUS = 0x2b;
const MINUS = 0x2d;

/**
 * Reads a JSON number without a sign into `into[place]`, as `JSON.parse` would.
 * @returns the place behind it; -1 for anything else, and for a number that no double can hold.
 */
export function readJsonNumber(bytes: Uint8Array, at: number, into: Float64Array, place: number): number {
  const end = readDecimal(bytes, at, bytes.length, into, place);
  if (end < 0) return -1;
  const second = bytes[at + 1] as number;
  if (bytes[at] === ZERO && second >= ZERO && second <= NINE) return -1;
  const next = bytes[end];
  return next === LOWER_E || next === UPPER_E ? readExponent(bytes, at, end, into, place) : end;
}

function readExponent(bytes: Uint8Array, from: number, exponentAt: number, into: Float64Array, place: number): number {
  const sign = bytes[exponentAt + 1];
  const digitsAt = exponentAt + (sign === PLUS || sign === MINUS ? 2 : 1);
  const end = digitsEnd(bytes, digitsAt, bytes.length);
  if (end === digitsAt || end - from > 100) return -1;
  const number = Number(String.fromCharCode(...bytes.subarray(from, end)));
  into[place] = number;
  return Number.isFinite(number) ? end : -1;
}
