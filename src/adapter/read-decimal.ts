import { asciiText } from './ascii-text.js';
import { FRAME, WORDS } from './frame-memory.js';

/** Powers of ten that a double holds exactly, as many as are needed. */
const POWERS = Float64Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
const POINT = 0x2e;
/** Longer texts are no prices; `readNumber` refuses them too. */
const LONGEST = 100;

/**
 * Reads digits, or digits, a point and digits, where they stand in the frame, from `from` up to the first other byte, and
 * writes the nearest double to `into[place]`: the same that `Number` makes of the text, but no text is made, and no
 * number on the heap. Below 2^53 and 10^22 mantissa and power of ten are exact, so their quotient is rounded once, as it
 * must be; what is longer goes through `Number`. Signs and exponents are not read.
 * @returns the place behind it; -1 where no digits stand, or more than 100 characters.
 */
export function readDecimal(from: number, into: Float64Array, place: number): number {
  const frame = FRAME;
  let at = from;
  let whole = 0;
  let digit = (frame[at] as number) - 0x30;
  while (digit >>> 0 <= 9) {
    whole = (Math.imul(whole, 10) + digit) | 0;
    digit = (frame[++at] as number) - 0x30;
  }
  const wholes = at - from;
  // Nine digits fit 32 bits, whatever they are.
  if (wholes === 0 || wholes > 9) return readLong(from, into, place);
  if (digit !== 0x2e - 0x30) {
    into[place] = whole;
    return at;
  }
  const first = ++at;
  let part = 0;
  digit = (frame[at] as number) - 0x30;
  while (digit >>> 0 <= 9) {
    part = (Math.imul(part, 10) + digit) | 0;
    digit = (frame[++at] as number) - 0x30;
  }
  const places = at - first;
  if (places === 0 || places > 9) return readLong(from, into, place);
  const power = POWERS[places] as number;
  const mantissa = whole * power + part;
  if (mantissa >= 2 ** 53) return readLong(from, into, place);
  into[place] = mantissa / power;
  return at;
}

/**
 * Reads 1 to 15 digits, up to the first other byte, into `into[place]`.
 * @returns the place behind them; -1 where there are none, or more.
 */
export function readDigits(from: number, into: Float64Array, place: number): number {
  const words = WORDS;
  let at = from;
  let value = 0;
  let word = words.getInt32(at, true) ^ 0x30303030;
  let others = othersOf(word);
  while (others === 0) {
    value = value * 10_000 + fourDigits(word);
    at += 4;
    if (at - from > 15) return -1;
    word = words.getInt32(at, true) ^ 0x30303030;
    others = othersOf(word);
  }
  if ((others & 0x80) === 0) {
    if ((others & 0x8000) !== 0) {
      value = value * 10 + (word & 0xff);
      at++;
    } else if ((others & 0x80_0000) !== 0) {
      value = value * 100 + (Math.imul(word & 0xff, 10) + ((word >>> 8) & 0xff));
      at += 2;
    } else {
      value = value * 1_000 + fourDigits(word << 8);
      at += 3;
    }
  }
  into[place] = value;
  return at === from ? -1 : at;
}

/** Reads the 1 to 15 digits from `from` up to `to` into `into[place]`. `false` where something else stands there, or more. */
export function readDigitsTo(from: number, to: number, into: Float64Array, place: number): boolean {
  const words = WORDS;
  if (to <= from || to - from > 15) return false;
  let value = 0;
  let others = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    const word = words.getInt32(at, true) ^ 0x30303030;
    others |= othersOf(word);
    value = value * 10_000 + fourDigits(word);
  }
  for (; at < to; at++) {
    const digit = words.getUint8(at) - 0x30;
    if (digit >>> 0 > 9) return false;
    value = value * 10 + digit;
  }
  into[place] = value;
  return others === 0;
}

/** Place of the first byte from `from` on that is no digit. */
export function digitsEnd(from: number): number {
  const words = WORDS;
  let at = from;
  let others = othersOf(words.getInt32(at, true) ^ 0x30303030);
  while (others === 0) {
    at += 4;
    others = othersOf(words.getInt32(at, true) ^ 0x30303030);
  }
  return at + firstByte(others);
}

/** Which byte of a word, from the lowest, holds its first bit that is set. */
export function firstByte(word: number): number {
  return (31 - Math.clz32(word & -word)) >>> 3;
}

/** The highest bit of each byte that is no digit once the code of 0 is taken off; above the first of them, of others too. */
function othersOf(word: number): number {
  return ((word + 0x76767676) | word) & 0x80808080;
}

/** The number that four digits make, the first of them lowest in the word. */
function fourDigits(word: number): number {
  return Math.imul((Math.imul(word, 0x0a01) >>> 8) & 0x00ff00ff, 0x64_0001) >>> 16;
}

function readLong(from: number, into: Float64Array, place: number): number {
  const whole = readDigits(from, into, place);
  if (whole > 0 && FRAME[whole] !== POINT) return whole;
  let at = digitsEnd(from);
  if (at === from) return -1;
  if (FRAME[at] === POINT) {
    const end = digitsEnd(at + 1);
    if (end === at + 1) return -1;
    at = end;
  }
  if (at - from > LONGEST) return -1;
  into[place] = Number(asciiText(from, at));
  return at;
}
