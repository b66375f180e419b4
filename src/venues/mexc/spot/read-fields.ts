import { FRAME, WORDS } from '../../../adapter/frame-memory.js';
import { readDecimal, readDigitsTo } from '../../../adapter/read-decimal.js';

// Numbers stand as digits here: a constant of a module is looked up and checked at every use.

/**
 * Reads the level that stands in the frame at `at`: a message of two texts, in the field `tag`. Lengths above 127 would take
 * two bytes, and so do not fit into what follows.
 * @returns the place behind it; -1 when it is not plain.
 */
export function readLevel(
  at: number,
  tag: number,
  prices: Float64Array,
  quantities: Float64Array,
  place: number,
): number {
  const words = WORDS;
  // The level's tag and its length below 128, the tag of its price and the length of that, below 128 too.
  const head = words.getInt32(at, true);
  if (((head & 0x80ff80ff) ^ 0x0a_0000) !== tag) return -1;
  const priceEnd = at + 4 + (head >>> 24);
  const end = at + 2 + ((head >>> 8) & 0x7f);
  const middle = words.getUint16(priceEnd, true);
  if ((middle & 0xff) !== 0x12 || priceEnd + 2 + (middle >>> 8) !== end) return -1;
  if (readDecimal(at + 4, prices, place) !== priceEnd || prices[place] === 0) return -1;
  return readDecimal(priceEnd + 2, quantities, place) === end ? end : -1;
}

/** The decimal text of a field: the place behind it; -1 where it is another field or not plain. */
export function readTextDecimal(at: number, tag: number, into: Float64Array, place: number): number {
  const frame = FRAME;
  const end = at + 2 + (frame[at + 1] as number);
  if (frame[at] !== tag) return -1;
  // The tag of the varint 6 looks like a digit.
  if (frame[end] === 0x30) return readBeforeDigit(at + 2, end, into, place);
  return readDecimal(at + 2, into, place) === end ? end : -1;
}

function readBeforeDigit(from: number, end: number, into: Float64Array, place: number): number {
  FRAME[end] = 0;
  const read = readDecimal(from, into, place);
  FRAME[end] = 0x30;
  return read === end ? end : -1;
}

/** The whole number in a text field: the place behind it; -1 where it is another field or not a plain one. */
export function readTextDigits(at: number, tag: number, into: Float64Array, place: number): number {
  const frame = FRAME;
  const end = at + 2 + (frame[at + 1] as number);
  return frame[at] === tag && readDigitsTo(at + 2, end, into, place) ? end : -1;
}

/** Passes a short ASCII text that nobody asks for, where there is one; -1 where it is not ASCII. */
export function skipText(at: number, tag: number): number {
  const words = WORDS;
  if (words.getUint8(at) !== tag) return at;
  let bits = words.getUint8(at + 1);
  const end = at + 2 + bits;
  let place = at + 2;
  for (; place + 4 <= end; place += 4) bits |= words.getInt32(place, true);
  for (; place < end; place++) bits |= words.getUint8(place);
  return (bits & 0x80808080) === 0 ? end : -1;
}

/** A whole number of up to 49 bits into `into[place]`: the place behind it; -1 for a longer one. */
export function readVarint(at: number, into: Float64Array, place: number): number {
  const words = WORDS;
  const low = words.getInt32(at, true);
  const high = words.getInt32(at + 4, true);
  // Four bytes that go on, one more, and one that ends it: every time of these years.
  if ((low & 0x80808080) === 0x80808080 - 2 ** 32 && (high & 0x8080) === 0x80) {
    into[place] = ((high & 0x7f) | ((high >>> 1) & 0x3f80)) * 2 ** 28 + sevenBits(low);
    return at + 6;
  }
  return readAnyVarint(at, into, place);
}

function sevenBits(word: number): number {
  return (word & 0x7f) | ((word >>> 1) & 0x3f80) | ((word >>> 2) & 0x1f_c000) | ((word >>> 3) & 0xfe0_0000);
}

/** Up to seven bytes of seven bits, which stay below 2^53. */
function readAnyVarint(from: number, into: Float64Array, place: number): number {
  const frame = FRAME;
  let low = 0;
  let high = 0;
  for (let at = from, shift = 0; shift < 49; at++, shift += 7) {
    const byte = frame[at] as number;
    if (shift < 28) low |= (byte & 0x7f) << shift;
    else high |= (byte & 0x7f) << (shift - 28);
    if (byte < 0x80) {
      into[place] = high * 2 ** 28 + low;
      return at + 1;
    }
  }
  return -1;
}
