import type { BookUpdate } from '../model/book-update.js';
import { FRAME, WORDS } from './frame-memory.js';
import { literalOf, standsAt } from './literal.js';
import { readDecimal } from './read-decimal.js';
import { readJsonNumber } from './read-json-number.js';

const PRICE_KEY = literalOf('{"p":');
const SIZE_KEY = literalOf(',"s":');
const SPARE = new Float64Array(1);

/** How a level is written: `["1.5","2"]`, numbers without quotes and more of them allowed, or `{"p":"1.5","s":2}`. */
export type LevelForm = 'pair' | 'named';

/**
 * Reads a compact JSON list of levels in the frame as the bids of `into`.
 * @returns the place behind it; -1 when something in it is not plain: white space, escapes, a sign, a price of zero.
 */
export function readBids(from: number, into: BookUpdate, form: LevelForm): number {
  const frame = FRAME;
  into.bidCount = 0;
  if (frame[from] !== 0x5b) return -1;
  if (frame[from + 1] === 0x5d) return from + 2;
  let at = from;
  let count = 0;
  do {
    if (count === into.bidPrices.length) into.growBids();
    const { bidPrices, bidQuantities } = into;
    at =
      form === 'pair'
        ? readPair(at + 1, bidPrices, bidQuantities, count)
        : readNamed(at + 1, bidPrices, bidQuantities, count);
    if (at < 0 || bidPrices[count] === 0) return -1;
    count++;
  } while (frame[at] === 0x2c);
  into.bidCount = count;
  return frame[at] === 0x5d ? at + 1 : -1;
}

/** As {@link readBids}, the asks. */
export function readAsks(from: number, into: BookUpdate, form: LevelForm): number {
  const frame = FRAME;
  into.askCount = 0;
  if (frame[from] !== 0x5b) return -1;
  if (frame[from + 1] === 0x5d) return from + 2;
  let at = from;
  let count = 0;
  do {
    if (count === into.askPrices.length) into.growAsks();
    const { askPrices, askQuantities } = into;
    at =
      form === 'pair'
        ? readPair(at + 1, askPrices, askQuantities, count)
        : readNamed(at + 1, askPrices, askQuantities, count);
    if (at < 0 || askPrices[count] === 0) return -1;
    count++;
  } while (frame[at] === 0x2c);
  into.askCount = count;
  return frame[at] === 0x5d ? at + 1 : -1;
}

/** Texts as a rule: the pieces between them are compared as numbers, the first character lowest. */
function readPair(at: number, prices: Float64Array, quantities: Float64Array, place: number): number {
  const words = WORDS;
  // ["
  if (words.getUint16(at, true) === 0x225b) {
    const priceEnd = readDecimal(at + 2, prices, place);
    // ","
    if (priceEnd > 0 && (words.getInt32(priceEnd, true) & 0xff_ffff) === 0x22_2c22) {
      const end = readDecimal(priceEnd + 3, quantities, place);
      // "]
      return end > 0 && words.getUint16(end, true) === 0x5d22 ? end + 2 : -1;
    }
  }
  return readBarePair(at, prices, quantities, place);
}

function readBarePair(at: number, prices: Float64Array, quantities: Float64Array, place: number): number {
  const frame = FRAME;
  if (frame[at] !== 0x5b) return -1;
  const comma = readValue(at + 1, prices, place);
  if (comma < 0 || frame[comma] !== 0x2c) return -1;
  let end = readValue(comma + 1, quantities, place);
  while (end > 0 && frame[end] === 0x2c) end = readJsonNumber(end + 1, SPARE, 0);
  return end > 0 && frame[end] === 0x5d ? end + 1 : -1;
}

function readNamed(at: number, prices: Float64Array, quantities: Float64Array, place: number): number {
  const words = WORDS;
  // {"p" and :"
  if (words.getInt32(at, true) === 0x2270_227b && words.getUint16(at + 4, true) === 0x223a) {
    const priceEnd = readDecimal(at + 6, prices, place);
    // ","s and ":"
    const isKey = priceEnd > 0 && words.getInt32(priceEnd, true) === 0x7322_2c22;
    if (isKey && (words.getInt32(priceEnd + 4, true) & 0xff_ffff) === 0x22_3a22) {
      const end = readDecimal(priceEnd + 7, quantities, place);
      // "}
      return end > 0 && words.getUint16(end, true) === 0x7d22 ? end + 2 : -1;
    }
  }
  return readBareNamed(at, prices, quantities, place);
}

function readBareNamed(at: number, prices: Float64Array, quantities: Float64Array, place: number): number {
  if (!standsAt(at, PRICE_KEY)) return -1;
  const priceEnd = readValue(at + PRICE_KEY.length, prices, place);
  if (priceEnd < 0 || !standsAt(priceEnd, SIZE_KEY)) return -1;
  const end = readValue(priceEnd + SIZE_KEY.length, quantities, place);
  return end > 0 && FRAME[end] === 0x7d ? end + 1 : -1;
}

/** A decimal in quotes, or a number. */
function readValue(at: number, into: Float64Array, place: number): number {
  const frame = FRAME;
  if (frame[at] !== 0x22) return readJsonNumber(at, into, place);
  const end = readDecimal(at + 1, into, place);
  return end > 0 && frame[end] === 0x22 ? end + 1 : -1;
}
