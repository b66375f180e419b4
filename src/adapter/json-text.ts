import { WORDS } from './frame-memory.js';
import { firstByte } from './read-decimal.js';

/** Place of the first quote in the frame from `from` on; -1 where there is none within reach of a name. */
export function quoteAt(from: number): number {
  const words = WORDS;
  const limit = from + 132;
  for (let at = from; at < limit; at += 4) {
    const quotes = zerosOf(words.getInt32(at, true) ^ 0x22222222);
    if (quotes !== 0) return at + firstByte(quotes);
  }
  return -1;
}

/** Place of the quote that ends a text of printable ASCII without escapes; -1 where something else comes before it. */
export function textEnd(from: number): number {
  const words = WORDS;
  for (let at = from; ; at += 4) {
    const word = words.getInt32(at, true);
    const quotes = zerosOf(word ^ 0x22222222);
    const others = (((word - 0x20202020) | (word + 0x01010101) | word) & 0x80808080) | zerosOf(word ^ 0x5c5c5c5c);
    if ((quotes | others) === 0) continue;
    const place = firstByte(quotes | others);
    return ((others >>> (place * 8)) & 0x80) === 0 ? at + place : -1;
  }
}

/** The highest bit of each byte that is zero; above the first of them, of others too. */
function zerosOf(word: number): number {
  return (word - 0x01010101) & ~word & 0x80808080;
}
