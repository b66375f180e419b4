import { asciiText } from './ascii-text.js';
import { FRAME } from './frame-memory.js';
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
export function readJsonNumber(at: number, into: Float64Array, place: number): number {
  const end = readDecimal(at, into, place);
  if (end < 0) return -1;
  const second = FRAME[at + 1] as number;
  if (FRAME[at] === ZERO && second >= ZERO && second <= NINE) return -1;
  const next = FRAME[end];
  return next === LOWER_E || next === UPPER_E ? readExponent(at, end, into, place) : end;
}

function readExponent(from: number, exponentAt: number, into: Float64Array, place: number): number {
  const sign = FRAME[exponentAt + 1];
  const digitsAt = exponentAt + (sign === PLUS || sign === MINUS ? 2 : 1);
  const end = digitsEnd(digitsAt);
  if (end === digitsAt || end - from > 100) return -1;
  const number = Number(asciiText(from, end));
  into[place] = number;
  return Number.isFinite(number) ? end : -1;
}
