import { BookUpdate } from '../model/book-update.js';
import { readAsciiText } from './ascii-text.js';
import { type FrameShape, learnShape, READ, type ShapePlan } from './frame-shape.js';
import { readAsks, readBids } from './json-levels.js';
import { matches } from './matches.js';
import { type Name, NameTable } from './name-table.js';
import type { JsonObject } from './read.js';
import { digitsEnd, readDecimal, readDigits } from './read-decimal.js';
import { readJsonNumber } from './read-json-number.js';

const QUOTE = 0x22;
const POINT = 0x2e;
const ZERO = 0x30;
const EIGHT = 0x38;
const BACKSLASH = 0x5c;
const LONGEST = 100;
/** Longer ids are texts to the general decoder, as a double cannot hold them. */
const LONGEST_ID = 15;
/** With so many digits before the point a double holds thousandths, so cutting the rest off is what `Math.floor` does. */
const MILLISECOND_DIGITS = 13;
const MOST_SHAPES = 16;
/** Frames looked at for a new shape, at most: what has none must not be looked at for ever. */
const MOST_LESSONS = 64;

/**
 * Reads JSON frames of a few known shapes where they stand: it learns how the venue writes a kind of frame from the first
 * of them, compares what never changes byte for byte, and reads the rest in place; no string or object is made per level.
 * A frame of another shape, or with a number that is not plain, is left to `JSON.parse`, untouched. What it read is valid
 * until the next frame.
 */
export class ShapeReader<T> {
  /** The numbers of the last frame, by their places. */
  readonly numbers = new Float64Array(16);
  /** The levels of the last frame; the rest of it is for the caller to fill. */
  readonly update = new BookUpdate();
  readonly names = new NameTable<undefined>(() => undefined);
  name: Name<undefined> | undefined;
  /** The id of the last frame. */
  digits = '';
  readonly #plan: (message: JsonObject) => ShapePlan<T> | undefined;
  readonly #shapes: FrameShape<T>[] = [];
  #lessons = 0;

  /** @param plan says how frames like this message are read, or `undefined`. Asked once for every shape. */
  constructor(plan: (message: JsonObject) => ShapePlan<T> | undefined) {
    this.#plan = plan;
  }

  /** @returns the note of the shape that the frame has; `undefined` for a frame that it does not take. */
  read(bytes: Uint8Array): T | undefined {
    const shapes = this.#shapes;
    for (let index = 0; index < shapes.length; index++) {
      const shape = shapes[index] as FrameShape<T>;
      const { probeAt, probe } = shape;
      if (bytes[probeAt] === probe[0] && bytes[probeAt + 1] === probe[1] && this.#readAs(shape, bytes))
        return shape.note;
    }
    return this.#learn(bytes);
  }

  #learn(bytes: Uint8Array): T | undefined {
    if (this.#lessons >= MOST_LESSONS || this.#shapes.length >= MOST_SHAPES) return undefined;
    const shape = learnShape(bytes, (message) => {
      const plan = this.#plan(message);
      if (plan !== undefined) this.#lessons++;
      return plan;
    });
    if (shape === undefined || !this.#readAs(shape, bytes)) return undefined;
    this.#shapes.push(shape);
    return shape.note;
  }

  #readAs({ kinds, places, literals, end, levels }: FrameShape<T>, bytes: Uint8Array): boolean {
    const { update } = this;
    update.reset();
    let at = 0;
    for (let index = 0; index < kinds.length; index++) {
      const literal = literals[index] as Uint8Array;
      if (!matches(bytes, at, literal)) return false;
      at += literal.length;
      const kind = kinds[index] as number;
      if (kind === READ.bids) at = readBids(bytes, at, update, levels);
      else if (kind === READ.asks) at = readAsks(bytes, at, update, levels);
      else at = this.#readValue(kind, bytes, at, places[index] as number);
      if (at < 0) return false;
    }
    return at + end.length === bytes.length && matches(bytes, at, end);
  }

  #readValue(kind: number, bytes: Uint8Array, at: number, place: number): number {
    const { numbers } = this;
    switch (kind) {
      case READ.whole:
        return readWhole(bytes, at, numbers, place);
      case READ.decimal:
        return readDecimal(bytes, at, bytes.length, numbers, place);
      case READ.number:
        return readJsonNumber(bytes, at, numbers, place);
      case READ.milliseconds:
        return readMilliseconds(bytes, at, numbers, place);
      case READ.name:
        return this.#readName(bytes, at);
      case READ.digits:
        return this.#readId(bytes, at);
      case READ.text:
        return textEnd(bytes, at);
      default:
        return wholeEnd(bytes, at);
    }
  }

  #readName(bytes: Uint8Array, from: number): number {
    let end = from;
    while (end < bytes.length && bytes[end] !== QUOTE && bytes[end] !== BACKSLASH) end++;
    this.name = this.names.find(bytes, from, end);
    return this.name === undefined ? -1 : end;
  }

  #readId(bytes: Uint8Array, from: number): number {
    const end = wholeEnd(bytes, from);
    if (end - from > LONGEST_ID) return -1;
    if (end > 0) this.digits = readAsciiText(bytes, from, end) as string;
    return end;
  }
}

/** Place behind a whole number that nobody asks for. */
function wholeEnd(bytes: Uint8Array, from: number): number {
  const end = digitsEnd(bytes, from, bytes.length);
  return end === from || (end > from + 1 && bytes[from] === ZERO) ? -1 : end;
}

/** Up to 15 digits, as JSON writes a whole number. */
function readWhole(bytes: Uint8Array, from: number, into: Float64Array, place: number): number {
  const end = readDigits(bytes, from, bytes.length, into, place);
  return end > from + 1 && bytes[from] === ZERO ? -1 : end;
}

/** One close to the next millisecond could be rounded up to it by a double. */
function readMilliseconds(bytes: Uint8Array, from: number, into: Float64Array, place: number): number {
  const end = readDigits(bytes, from, bytes.length, into, place);
  if (end < 0 || end - from > MILLISECOND_DIGITS || bytes[end] !== POINT)
    return end - from > MILLISECOND_DIGITS ? -1 : end;
  const first = bytes[end + 1] as number;
  if (!(first >= ZERO && first <= EIGHT)) return -1;
  const last = digitsEnd(bytes, end + 1, bytes.length);
  return last - from > LONGEST ? -1 : last;
}

/** Place of the quote that ends a text without escapes. */
function textEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at;
    if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return -1;
  }
  return -1;
}
