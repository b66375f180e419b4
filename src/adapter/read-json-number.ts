import { asciiText } from './ascii-text.js';
import { FRAME } from './frame-memory.js';
import { digitsEnd, readDecimal } from './read-decimal.js';

/**
 * Reads a JSON number without a sign into `into[place]`, as `JSON.parse` would.
 * @returns the place behind it; -1 for anything else, and for a number that no double can hold.
 */
export function readJsonNumber(at: number, into: Float64Array, place: number): number {
  const frame = FRAME;
  const end = readDecimal(at, into, place);
  if (end < 0) return -1;
  // A zero before another digit.
  if (frame[at] === 0x30 && (frame[at + 1] as number) >= 0x30 && (frame[at + 1] as number) <= 0x39) return -1;
  // `E` or `e`
  return ((frame[end] as number) | 0x20) === 0x65 ? readExponent(at, end, into, place) : end;
}

function readExponent(from: number, exponentAt: number, into: Float64Array, place: number): number {
  const sign = FRAME[exponentAt + 1];
  const digitsAt = exponentAt + (sign === 0x2b || sign === 0x2d ? 2 : 1);
  const end = digitsEnd(digitsAt);
  if (end === digitsAt || end - from > 100) return -1;
  const number = Number(asciiText(from, end));
  into[place] = number;
  return Number.isFinite(number) ? end : -1;
}
