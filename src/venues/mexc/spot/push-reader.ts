import { readAsciiText } from '../../../adapter/ascii-text.js';
import type { FrameHandler } from '../../../adapter/frame-codec.js';
import { FRAME, loadFrame, WORDS } from '../../../adapter/frame-memory.js';
import { NameTable } from '../../../adapter/name-table.js';
import { BookUpdate } from '../../../model/book-update.js';
import { DealsView, TickerView } from './push-views.js';
import { readLevel, readTextDecimal, readTextDigits, readVarint, skipText } from './read-fields.js';

interface ChannelNote {
  /** Length of the last part of the channel: the symbol of the channels read here. */
  readonly symbolLength: number;
}

/**
 * Reads MEXC's three frequent pushes (`aggre.depth`, `aggre.deals`, `aggre.bookTicker`) where they stand in the frame: no
 * string, object or closure per level. It takes frames only whose every field is known, stands where the venue writes
 * it, and holds a number that needs no second thought; everything else is left to the general decoder, untouched.
 * Payloads are a {@link BookUpdate}, a {@link TickerView} or a {@link DealsView}, each refilled by the next frame.
 * Tags are the number of the field × 8 + the kind of value, 0 for varints, 2 for length and bytes: `0x0a` is text 1, `0x12`
 * text 2, `0x18` varint 3, and so on. They and places of numbers stand as digits: a constant of a module is looked up and
 * checked at every use. Source: MEXC spot v3 docs and published schema, PushDataV3ApiWrapper.
 */
export class PushReader {
  readonly #channels = new NameTable<ChannelNote>((text) => ({
    symbolLength: text.length - 1 - text.lastIndexOf('@'),
  }));
  readonly #depth = new BookUpdate();
  readonly #ticker = new TickerView();
  readonly #deals = new DealsView();
  /**
   * 0: time of the push, 1: a time on the way, 2: length of the body, 3 and 4: first and last version. Numbers in an array
   * of doubles are not made anew on the heap for every frame.
   */
  readonly #numbers = new Float64Array(5);

  /** Routes of this channel come out as this very string. */
  learn(channel: string): void {
    this.#channels.learn(channel);
  }

  /** @returns `false`, before anything was handed over, for a frame that it does not take. */
  read(bytes: Uint8Array, handler: FrameHandler): boolean {
    const frame = FRAME;
    if (!loadFrame(bytes)) return false;
    const { length } = bytes;
    const channelEnd = 2 + (frame[1] as number);
    if (frame[0] !== 0x0a || (frame[1] as number) > 0x7f || channelEnd >= length) return false;
    const channel = this.#channels.find(2, channelEnd);
    if (channel === undefined) return false;
    let at = channelEnd;
    if (frame[at] === 0x1a) {
      const size = frame[at + 1] as number;
      if (size !== channel.note.symbolLength || !isSame(at - size, at + 2, size)) return false;
      at += 2 + size;
    }
    const numbers = this.#numbers;
    numbers[0] = 0;
    at = readTime(at, 0x28, numbers);
    if (at > 0) at = readTime(at, 0x30, numbers);
    if (at < 0 || at >= length) return false;
    const kind = WORDS.getUint16(at, true);
    at = readVarint(at + 2, numbers, 2);
    if (at < 0 || at + (numbers[2] as number) !== length) return false;
    const payload = this.#body(kind, at, length);
    if (payload === undefined) return false;
    handler.data(channel.text, '', payload, numbers[0] === 0 ? Number.NaN : (numbers[0] as number), channel.index);
    return true;
  }

  /** Bodies have two-byte tags, the first byte lowest here. */
  #body(kind: number, at: number, end: number): BookUpdate | TickerView | DealsView | undefined {
    if (kind === 0x13ca) return this.#readDepth(at, end) ? this.#depth : undefined;
    if (kind === 0x13da) return this.#readTicker(at, end) ? this.#ticker : undefined;
    return kind === 0x13d2 && this.#readDeals(at, end) ? this.#deals : undefined;
  }

  #readDepth(from: number, end: number): boolean {
    const into = this.#depth;
    const numbers = this.#numbers;
    into.reset();
    let at = readAsks(from, end, into);
    if (at > 0) at = readBids(at, end, into);
    if (at > 0) at = skipText(at, 0x1a);
    if (at > 0) at = readTextDigits(at, 0x22, numbers, 3);
    if (at > 0) at = readTextDigits(at, 0x2a, numbers, 4);
    into.firstSequence = numbers[3] as number;
    into.lastSequence = numbers[4] as number;
    return at > 0 && into.firstSequence <= into.lastSequence && isTimeTo(at, end, numbers);
  }

  #readTicker(from: number, end: number): boolean {
    const frame = FRAME;
    const { numbers } = this.#ticker;
    let at = from;
    // The fields 1 to 4, whose tags are 8 apart, in the order of their places.
    for (let place = 0; place < 4 && at > 0; place++) at = readTextDecimal(at, 0x0a + 8 * place, numbers, place);
    if (at < 0 || at > end) return false;
    numbers[4] = -1;
    if (frame[at] === 0x2a) at = readTextDigits(at, 0x2a, numbers, 4);
    return at > 0 && isTimeTo(at, end, this.#numbers);
  }

  #readDeals(from: number, end: number): boolean {
    const frame = FRAME;
    const into = this.#deals;
    let at = from;
    let count = 0;
    for (; at < end && frame[at] === 0x0a; count++) {
      if (count === into.prices.length) return false;
      at = readDeal(at, into, count);
      if (at < 0) return false;
    }
    into.count = count;
    return skipText(at, 0x12) === end;
  }
}

/** When it was made, or when it was sent, which counts more; 0 says nothing. The place behind it, or -1. */
function readTime(at: number, tag: number, numbers: Float64Array): number {
  if (FRAME[at] !== tag) return at;
  const end = readVarint(at + 1, numbers, 1);
  if (numbers[1] !== 0) numbers[0] = numbers[1] as number;
  return end;
}

/** Whether nothing follows but the time of the newest order in it, which the docs do not connect with the push. */
function isTimeTo(at: number, end: number, numbers: Float64Array): boolean {
  return at === end || (FRAME[at] === 0x30 && readVarint(at + 1, numbers, 1) === end);
}

/** The place behind the asks that stand in the frame from `from` on; -1 when one is not plain. */
function readAsks(from: number, end: number, into: BookUpdate): number {
  const frame = FRAME;
  let at = from;
  let count = 0;
  for (; at < end && frame[at] === 0x0a; count++) {
    if (count === into.askPrices.length) into.growAsks();
    at = readLevel(at, 0x0a, into.askPrices, into.askQuantities, count);
    if (at < 0) return -1;
  }
  into.askCount = count;
  return at;
}

/** As {@link readAsks}, the bids. */
function readBids(from: number, end: number, into: BookUpdate): number {
  const frame = FRAME;
  let at = from;
  let count = 0;
  for (; at < end && frame[at] === 0x12; count++) {
    if (count === into.bidPrices.length) into.growBids();
    at = readLevel(at, 0x12, into.bidPrices, into.bidQuantities, count);
    if (at < 0) return -1;
  }
  into.bidCount = count;
  return at;
}

/** One trade: the place behind it; -1 when it is not plain. */
function readDeal(from: number, into: DealsView, place: number): number {
  const frame = FRAME;
  const end = from + 2 + (frame[from + 1] as number);
  if ((frame[from + 1] as number) > 0x7f) return -1;
  let at = readTextDecimal(from + 2, 0x0a, into.prices, place);
  if (at > 0) at = readTextDecimal(at, 0x12, into.quantities, place);
  if (at < 0 || into.prices[place] === 0 || into.quantities[place] === 0) return -1;
  const type = frame[at + 1];
  if (frame[at] !== 0x18 || (type !== 1 && type !== 2) || frame[at + 2] !== 0x20) return -1;
  at = readVarint(at + 3, into.times, place);
  if (at < 0 || at > end || into.times[place] === 0) return -1;
  into.isBuy[place] = type & 1;
  into.ids[place] = '';
  if (at === end) return end;
  if (frame[at] !== 0x2a || at + 2 + (frame[at + 1] as number) !== end) return -1;
  const id = readAsciiText(at + 2, end);
  if (id === undefined) return -1;
  into.ids[place] = id;
  return end;
}

/** Whether `size` bytes of the frame stand in two places; 0 bytes do not. */
function isSame(one: number, other: number, size: number): boolean {
  if (size < 4) return size > 0 && isSameShort(one, other, size);
  let at = 0;
  for (; at + 4 <= size; at += 4) if (WORDS.getInt32(one + at, true) !== WORDS.getInt32(other + at, true)) return false;
  return WORDS.getInt32(one + size - 4, true) === WORDS.getInt32(other + size - 4, true);
}

function isSameShort(one: number, other: number, size: number): boolean {
  for (let at = 0; at < size; at++) if (FRAME[one + at] !== FRAME[other + at]) return false;
  return true;
}
