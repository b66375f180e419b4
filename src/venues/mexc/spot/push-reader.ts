import { readAsciiText } from '../../../adapter/ascii-text.js';
import type { FrameHandler } from '../../../adapter/frame-codec.js';
import { type Name, NameTable } from '../../../adapter/name-table.js';
import { readDecimal, readDigits } from '../../../adapter/read-decimal.js';
import { BookUpdate } from '../../../model/book-update.js';
import { ASK_PRICE, ASK_QUANTITY, BID_PRICE, BID_QUANTITY, DealsView, TickerView, VERSION } from './push-views.js';

/** First bytes of fields: number × 8 + kind of value (0 = varint, 2 = length and bytes). */
const TEXT_1 = 0x0a;
const TEXT_2 = 0x12;
const TEXT_3 = 0x1a;
const TEXT_4 = 0x22;
const TEXT_5 = 0x2a;
const VARINT_3 = 0x18;
const VARINT_4 = 0x20;
const VARINT_5 = 0x28;
const VARINT_6 = 0x30;
/** Bodies have two-byte tags; all that are read here end with 0x13. */
const DEPTHS = 0xca;
const DEALS = 0xd2;
const BOOK_TICKER = 0xda;
const BODY_END = 0x13;
/** Seven bytes of seven bits stay below 2^53. */
const LONGEST_VARINT = 7;
const TWO_TO_28 = 2 ** 28;

/** Places of the numbers that are read on the way. */
const TIME = 0;
const SENT = 1;
const SIZE = 2;
const FIRST = 3;
const LAST = 4;

interface ChannelNote {
  /** Where the last part of the channel begins: the symbol of the channels read here. */
  readonly symbolAt: number;
}

/**
 * Reads MEXC's three frequent pushes (`aggre.depth`, `aggre.deals`, `aggre.bookTicker`) where they stand in the frame: no
 * string, object or closure per level. It takes frames only whose every field is known, stands where the venue writes
 * it, and holds a number that needs no second thought; everything else is left to the general decoder, untouched.
 * Payloads are a {@link BookUpdate}, a {@link TickerView} or a {@link DealsView}, each refilled by the next frame.
 * Source: MEXC spot v3 docs and published schema, PushDataV3ApiWrapper.
 */
export class PushReader {
  readonly #channels = new NameTable<ChannelNote>((text) => ({ symbolAt: text.lastIndexOf('@') + 1 }));
  readonly #depth = new BookUpdate();
  readonly #ticker = new TickerView();
  readonly #deals = new DealsView();
  /** Numbers in an array of doubles are not made anew on the heap for every frame. */
  readonly #numbers = new Float64Array(5);
  #at = 0;

  /** Routes of this channel come out as this very string. */
  learn(channel: string): void {
    this.#channels.learn(channel);
  }

  /** @returns `false`, before anything was handed over, for a frame that it does not take. */
  read(bytes: Uint8Array, handler: FrameHandler): boolean {
    const { length } = bytes;
    if (length < 4 || bytes[0] !== TEXT_1 || (bytes[1] as number) > 0x7f) return false;
    const channelEnd = 2 + (bytes[1] as number);
    if (channelEnd >= length) return false;
    const channel = this.#channels.find(bytes, 2, channelEnd);
    if (channel === undefined) return false;
    this.#at = channelEnd;
    if (bytes[channelEnd] === TEXT_3) {
      const size = bytes[channelEnd + 1] as number;
      if (!isSymbolOf(channel, bytes, channelEnd + 2, size)) return false;
      this.#at += 2 + size;
    }
    const numbers = this.#numbers;
    numbers[TIME] = 0;
    if (!this.#time(bytes, VARINT_5) || !this.#time(bytes, VARINT_6)) return false;
    const bodyAt = this.#at + 2;
    if (bodyAt >= length || bytes[bodyAt - 1] !== BODY_END) return false;
    this.#at = bodyAt;
    if (!this.#varint(bytes, length, SIZE) || this.#at + (numbers[SIZE] as number) !== length) return false;
    const payload = this.#body(bytes[bodyAt - 2] as number, bytes);
    if (payload === undefined) return false;
    handler.data(channel.text, '', payload, numbers[TIME] === 0 ? Number.NaN : (numbers[TIME] as number));
    return true;
  }

  /** When it was made, or when it was sent, which counts more; 0 says nothing. */
  #time(bytes: Uint8Array, tag: number): boolean {
    if (this.#at >= bytes.length || bytes[this.#at] !== tag) return true;
    this.#at++;
    if (!this.#varint(bytes, bytes.length, SENT)) return false;
    if (this.#numbers[SENT] !== 0) this.#numbers[TIME] = this.#numbers[SENT] as number;
    return true;
  }

  #body(kind: number, bytes: Uint8Array): BookUpdate | TickerView | DealsView | undefined {
    if (kind === DEPTHS) return this.#readDepth(bytes) ? this.#depth : undefined;
    if (kind === BOOK_TICKER) return this.#readTicker(bytes) ? this.#ticker : undefined;
    return kind === DEALS && this.#readDeals(bytes) ? this.#deals : undefined;
  }

  #readDepth(bytes: Uint8Array): boolean {
    const into = this.#depth;
    const numbers = this.#numbers;
    into.reset();
    if (!this.#asks(bytes, into) || !this.#bids(bytes, into) || !this.#skipText(bytes, TEXT_3)) return false;
    if (!this.#digits(bytes, TEXT_4, numbers, FIRST) || !this.#digits(bytes, TEXT_5, numbers, LAST)) return false;
    into.firstSequence = numbers[FIRST] as number;
    into.lastSequence = numbers[LAST] as number;
    return into.firstSequence <= into.lastSequence && this.#endsWithTime(bytes);
  }

  #asks(bytes: Uint8Array, into: BookUpdate): boolean {
    let at = this.#at;
    let count = 0;
    for (; bytes[at] === TEXT_1; count++) {
      if (count === into.askPrices.length) into.growAsks();
      at = readLevel(bytes, at, into.askPrices, into.askQuantities, count);
      if (at < 0) return false;
    }
    into.askCount = count;
    this.#at = at;
    return true;
  }

  #bids(bytes: Uint8Array, into: BookUpdate): boolean {
    let at = this.#at;
    let count = 0;
    for (; bytes[at] === TEXT_2; count++) {
      if (count === into.bidPrices.length) into.growBids();
      at = readLevel(bytes, at, into.bidPrices, into.bidQuantities, count);
      if (at < 0) return false;
    }
    into.bidCount = count;
    this.#at = at;
    return true;
  }

  #readTicker(bytes: Uint8Array): boolean {
    const { numbers } = this.#ticker;
    if (!this.#decimal(bytes, TEXT_1, numbers, BID_PRICE) || !this.#decimal(bytes, TEXT_2, numbers, BID_QUANTITY))
      return false;
    if (!this.#decimal(bytes, TEXT_3, numbers, ASK_PRICE) || !this.#decimal(bytes, TEXT_4, numbers, ASK_QUANTITY))
      return false;
    numbers[VERSION] = -1;
    if (this.#at < bytes.length && bytes[this.#at] === TEXT_5 && !this.#digits(bytes, TEXT_5, numbers, VERSION))
      return false;
    return this.#endsWithTime(bytes);
  }

  #readDeals(bytes: Uint8Array): boolean {
    const into = this.#deals;
    const { length } = bytes;
    let count = 0;
    for (; this.#at + 2 < length && bytes[this.#at] === TEXT_1; count++) {
      const size = bytes[this.#at + 1] as number;
      this.#at += 2;
      if (size > 0x7f || count === into.prices.length || !this.#readDeal(bytes, count, this.#at + size)) return false;
    }
    into.count = count;
    return this.#skipText(bytes, TEXT_2) && this.#at === length;
  }

  #readDeal(bytes: Uint8Array, place: number, end: number): boolean {
    const into = this.#deals;
    if (end > bytes.length) return false;
    if (!this.#decimal(bytes, TEXT_1, into.prices, place) || into.prices[place] === 0) return false;
    if (!this.#decimal(bytes, TEXT_2, into.quantities, place) || into.quantities[place] === 0) return false;
    if (this.#at + 4 > end || bytes[this.#at] !== VARINT_3 || bytes[this.#at + 2] !== VARINT_4) return false;
    const type = bytes[this.#at + 1];
    if (type !== 1 && type !== 2) return false;
    this.#at += 3;
    if (!this.#varint(bytes, end, SENT) || this.#numbers[SENT] === 0) return false;
    into.times[place] = this.#numbers[SENT] as number;
    into.isBuy[place] = type === 1;
    into.ids[place] = '';
    if (this.#at < end) {
      const from = this.#at + 2;
      if (bytes[this.#at] !== TEXT_5 || from > end || from + (bytes[from - 1] as number) !== end) return false;
      const id = readAsciiText(bytes, from, end);
      if (id === undefined) return false;
      into.ids[place] = id;
      this.#at = end;
    }
    return this.#at === end;
  }

  /** The decimal text of a field. `false` where it is another field or not plain. */
  #decimal(bytes: Uint8Array, tag: number, into: Float64Array, place: number): boolean {
    const from = this.#at + 2;
    if (from > bytes.length || bytes[this.#at] !== tag) return false;
    const end = from + (bytes[from - 1] as number);
    this.#at = end;
    return end <= bytes.length && readDecimal(bytes, from, end, into, place) === end;
  }

  /** The whole number in a text field. `false` where it is another field or not a plain one. */
  #digits(bytes: Uint8Array, tag: number, into: Float64Array, place: number): boolean {
    const from = this.#at + 2;
    if (from > bytes.length || bytes[this.#at] !== tag) return false;
    const end = from + (bytes[from - 1] as number);
    this.#at = end;
    return end <= bytes.length && readDigits(bytes, from, end, into, place) === end;
  }

  /** Passes a short ASCII text that nobody asks for, where there is one. */
  #skipText(bytes: Uint8Array, tag: number): boolean {
    const from = this.#at + 2;
    if (from > bytes.length || bytes[this.#at] !== tag) return true;
    const end = from + (bytes[from - 1] as number);
    if (end > bytes.length) return false;
    let bits = bytes[from - 1] as number;
    let at = from;
    for (; at + 4 <= end; at += 4)
      bits |= (bytes[at] as number) | (bytes[at + 1] as number) | (bytes[at + 2] as number) | (bytes[at + 3] as number);
    for (; at < end; at++) bits |= bytes[at] as number;
    this.#at = end;
    return bits <= 0x7f;
  }

  /** Whether nothing follows but the time of the newest order in it, which the docs do not connect with the push. */
  #endsWithTime(bytes: Uint8Array): boolean {
    if (this.#at === bytes.length) return true;
    if (bytes[this.#at] !== VARINT_6) return false;
    this.#at++;
    return this.#varint(bytes, bytes.length, SENT) && this.#at === bytes.length;
  }

  /** A whole number of up to 49 bits. `false` for a longer one. */
  #varint(bytes: Uint8Array, limit: number, place: number): boolean {
    let low = 0;
    let high = 0;
    let shift = 0;
    const last = Math.min(limit, this.#at + LONGEST_VARINT);
    for (let at = this.#at; at < last; at++, shift += 7) {
      const byte = bytes[at] as number;
      if (shift < 28) low |= (byte & 0x7f) << shift;
      else high |= (byte & 0x7f) << (shift - 28);
      if (byte < 0x80) {
        this.#at = at + 1;
        this.#numbers[place] = high * TWO_TO_28 + low;
        return true;
      }
    }
    return false;
  }
}

/**
 * One level: a message of two texts. Lengths above 127 would take two bytes, and so do not fit into what follows.
 * @returns the place behind it; -1 when it is not plain.
 */
function readLevel(
  bytes: Uint8Array,
  at: number,
  prices: Float64Array,
  quantities: Float64Array,
  place: number,
): number {
  const { length } = bytes;
  if (at + 4 > length || bytes[at + 2] !== TEXT_1) return -1;
  const end = at + 2 + (bytes[at + 1] as number);
  const priceEnd = at + 4 + (bytes[at + 3] as number);
  if ((bytes[at + 1] as number) > 0x7f || end > length || priceEnd + 2 > end || bytes[priceEnd] !== TEXT_2) return -1;
  if (priceEnd + 2 + (bytes[priceEnd + 1] as number) !== end) return -1;
  if (readDecimal(bytes, at + 4, priceEnd, prices, place) !== priceEnd || prices[place] === 0) return -1;
  return readDecimal(bytes, priceEnd + 2, end, quantities, place) === end ? end : -1;
}

/** The symbol is sent twice; where the two differ the general decoder says so. */
function isSymbolOf(
  { bytes: channel, note }: Name<ChannelNote>,
  bytes: Uint8Array,
  from: number,
  size: number,
): boolean {
  if (note.symbolAt + size !== channel.length || from + size > bytes.length || size === 0) return false;
  for (let at = 0; at < size; at++) if (channel[note.symbolAt + at] !== bytes[from + at]) return false;
  return true;
}
