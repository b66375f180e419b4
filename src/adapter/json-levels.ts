import type { BookUpdate } from '../model/book-update.js';
import { matches } from './matches.js';
import { readDecimal } from './read-decimal.js';
import { readJsonNumber } from './read-json-number.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const CLOSE = 0x7d;
const PRICE_KEY = Uint8Array.from('{"p":', (char) => char.charCodeAt(0));
const SIZE_KEY = Uint8Array.from(',"s":', (char) => char.charCodeAt(0));
const SPARE = new Float64Array(1);

/** How a level is written: `["1.5","2"]`, numbers without quotes and more of them allowed, or `{"p":"1.5","s":2}`. */
export type LevelForm = 'pair' | 'named';

/**
 * Reads a compact JSON list of levels as the bids of `into`.
 * @returns the place behind it; -1 when something in it is not plain: white space, escapes, a sign, a price of zero.
 */
export function readBids(bytes: Uint8Array, from: number, into: BookUpdate, form: LevelForm): number {
  into.bidCount = 0;
  if (bytes[from] !== OPEN_LIST) return -1;
  if (bytes[from + 1] === CLOSE_LIST) return from + 2;
  let at = from;
  let count = 0;
  do {
    if (count === into.bidPrices.length) into.growBids();
    const { bidPrices, bidQuantities } = into;
    at =
      form === 'pair'
        ? readPair(bytes, at + 1, bidPrices, bidQuantities, count)
        : readNamed(bytes, at + 1, bidPrices, bidQuantities, count);
    if (at < 0 || bidPrices[count] === 0) return -1;
    count++;
  } while (bytes[at] === COMMA);
  into.bidCount = count;
  return bytes[at] === CLOSE_LIST ? at + 1 : -1;
}

/** As {@link readBids}, the asks. */
export function readAsks(bytes: Uint8Array, from: number, into: BookUpdate, form: LevelForm): number {
  into.askCount = 0;
  if (bytes[from] !== OPEN_LIST) return -1;
  if (bytes[from + 1] === CLOSE_LIST) return from + 2;
  let at = from;
  let count = 0;
  do {
    if (count === into.askPrices.length) into.growAsks();
    const { askPrices, askQuantities } = into;
    at =
      form === 'pair'
        ? readPair(bytes, at + 1, askPrices, askQuantities, count)
        : readNamed(bytes, at + 1, askPrices, askQuantities, count);
    if (at < 0 || askPrices[count] === 0) return -1;
    count++;
  } while (bytes[at] === COMMA);
  into.askCount = count;
  return bytes[at] === CLOSE_LIST ? at + 1 : -1;
}

function readPair(
  bytes: Uint8Array,
  at: number,
  prices: Float64Array,
  quantities: Float64Array,
  place: number,
): number {
  const { length } = bytes;
  if (bytes[at] !== OPEN_LIST) return -1;
  if (bytes[at + 1] === QUOTE) {
    const comma = readDecimal(bytes, at + 2, length, prices, place) + 1;
    if (comma > 0 && bytes[comma] === COMMA && bytes[comma - 1] === QUOTE && bytes[comma + 1] === QUOTE) {
      const end = readDecimal(bytes, comma + 2, length, quantities, place);
      return end > 0 && bytes[end] === QUOTE && bytes[end + 1] === CLOSE_LIST ? end + 2 : -1;
    }
  }
  return readBarePair(bytes, at, prices, quantities, place);
}

function readBarePair(
  bytes: Uint8Array,
  at: number,
  prices: Float64Array,
  quantities: Float64Array,
  place: number,
): number {
  const comma = readValue(bytes, at + 1, prices, place);
  if (comma < 0 || bytes[comma] !== COMMA) return -1;
  let end = readValue(bytes, comma + 1, quantities, place);
  while (end > 0 && bytes[end] === COMMA) end = readJsonNumber(bytes, end + 1, SPARE, 0);
  return end > 0 && bytes[end] === CLOSE_LIST ? end + 1 : -1;
}

function readNamed(
  bytes: Uint8Array,
  at: number,
  prices: Float64Array,
  quantities: Float64Array,
  place: number,
): number {
  if (!matches(bytes, at, PRICE_KEY)) return -1;
  const priceEnd = readValue(bytes, at + PRICE_KEY.length, prices, place);
  if (priceEnd < 0 || !matches(bytes, priceEnd, SIZE_KEY)) return -1;
  const end = readValue(bytes, priceEnd + SIZE_KEY.length, quantities, place);
  return end > 0 && bytes[end] === CLOSE ? end + 1 : -1;
}

/** A decimal in quotes, or a number. */
function readValue(bytes: Uint8Array, at: number, into: Float64Array, place: number): number {
  if (bytes[at] !== QUOTE) return readJsonNumber(bytes, at, into, place);
  const end = readDecimal(bytes, at + 1, bytes.length, into, place);
  return end > 0 && bytes[end] === QUOTE ? end + 1 : -1;
}
