import { BookUpdate } from '../model/book-update.js';
import { asciiText } from './ascii-text.js';
import { FRAME, loadFrame, WORDS } from './frame-memory.js';
import { type FrameShape, learnShape, type Parts, type ShapePlan } from './frame-shape.js';
import { readAsks, readBids } from './json-levels.js';
import { quoteAt, textEnd } from './json-text.js';
import { type Literal, standsAt } from './literal.js';
import { type Name, NameTable } from './name-table.js';
import type { JsonObject } from './read.js';
import { digitsEnd, readDecimal, readDigits } from './read-decimal.js';
import { readJsonNumber } from './read-json-number.js';

const LONGEST = 100;
const MOST_SHAPES = 16;
/** A frame of more is left to the general decoder. */
const MOST_ROWS = 64;
/** Frames looked at for a new shape, at most: what has none must not be looked at for ever. */
const MOST_LESSONS = 64;

/**
 * Reads JSON frames of a few known shapes where they stand: it learns how the venue writes a kind of frame from the first
 * of them, compares what never changes byte for byte, and reads the rest in place; no string or object is made per level.
 * A frame of another shape, or with a number that is not plain, is left to `JSON.parse`, untouched. What it read is valid
 * until the next frame.
 */
export class ShapeReader<T> {
  /** The numbers of the last frame, by their places; those of row n stand 8 × n behind those of the first. */
  readonly numbers = new Float64Array(8 + 8 * MOST_ROWS);
  /** Rows of the last frame that had some, and their ids; `''` where a row has none. */
  rows = 0;
  readonly ids: string[] = [];
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
    if (!loadFrame(bytes)) return undefined;
    const { length } = bytes;
    const shapes = this.#shapes;
    for (let index = 0; index < shapes.length; index++) {
      const shape = shapes[index] as FrameShape<T>;
      if (WORDS.getInt32(shape.probeAt, true) === shape.probe && this.#readAs(shape, length)) return shape.note;
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
    if (shape === undefined || !this.#readAs(shape, bytes.length)) return undefined;
    this.#shapes.push(shape);
    return shape.note;
  }

  #readAs(shape: FrameShape<T>, length: number): boolean {
    this.update.reset();
    return this.#readParts(shape.frame, shape, 0, 0) === length;
  }

  /**
   * Reads the frame, or a row of it, from `from` on; the switch stands in the loop: a call for each part would cost a fifth more.
   * @param base added to the places of numbers. @returns the place behind it; -1 when it has another shape.
   */
  #readParts({ parts, words, texts }: Parts, shape: FrameShape<T>, from: number, base: number): number {
    const frame = WORDS;
    const { update, numbers } = this;
    let at = from;
    let word = 0;
    for (let index = 0; index < parts.length; index += 8) {
      for (const stop = word + (parts[index] as number); word < stop; word++, at += 8)
        if (frame.getFloat64(at, true) !== words[word]) return -1;
      const low = (frame.getInt32(at, true) ^ (parts[index + 1] as number)) & (parts[index + 2] as number);
      const high = (frame.getInt32(at + 4, true) ^ (parts[index + 3] as number)) & (parts[index + 4] as number);
      if ((low | high) !== 0) return -1;
      at += parts[index + 5] as number;
      const place = base + (parts[index + 7] as number);
      // The places of the kinds in the list of kinds.
      switch (parts[index + 6]) {
        case 0:
          at = readWhole(at, numbers, place);
          break;
        case 1:
          at = readDecimal(at, numbers, place);
          break;
        case 2:
          at = this.#readName(at);
          break;
        case 3:
          at = readJsonNumber(at, numbers, place);
          break;
        case 4:
          at = readMilliseconds(at, numbers, place);
          break;
        case 5:
          at = this.#readId(at);
          break;
        case 6:
          at = readEither(at, texts[index >>> 3] as readonly [Literal, Literal], numbers, place);
          break;
        case 7:
          at = readBids(at, update, shape.levels);
          break;
        case 8:
          at = readAsks(at, update, shape.levels);
          break;
        case 9:
          at = textEnd(at);
          break;
        case 10:
          at = wholeEnd(at);
          break;
        case 11:
          at = this.#readRows(at, shape);
          break;
        case 12:
          at = readSigned(at, numbers, place);
          break;
        case 13:
          at = readSignedNumber(at, numbers, place);
          break;
      }
      if (at < 0) return -1;
    }
    return at;
  }

  /** Rows of one market, all of the same shape. */
  #readRows(from: number, shape: FrameShape<T>): number {
    const frame = FRAME;
    const { row } = shape;
    if (row === undefined || frame[from] !== 0x5b) return -1;
    let at = from;
    let count = 0;
    let { name } = this;
    do {
      if (count === MOST_ROWS) return -1;
      this.digits = '';
      at = this.#readParts(row, shape, at + 1, 8 * count);
      if (at < 0 || (count > 0 && this.name !== name)) return -1;
      name = this.name;
      this.ids[count++] = this.digits;
    } while (frame[at] === 0x2c);
    this.rows = count;
    return frame[at] === 0x5d ? at + 1 : -1;
  }

  #readName(from: number): number {
    const end = quoteAt(from);
    if (end < 0) return -1;
    this.name = this.names.find(from, end);
    return this.name === undefined ? -1 : end;
  }

  #readId(from: number): number {
    const end = wholeEnd(from);
    // Longer ids are texts to the general decoder, as a double cannot hold them.
    if (end - from > 15) return -1;
    if (end > 0) this.digits = asciiText(from, end);
    return end;
  }
}

/** Place behind a whole number that nobody asks for. */
function wholeEnd(from: number): number {
  const end = digitsEnd(from);
  return end === from || (end > from + 1 && FRAME[from] === 0x30) ? -1 : end;
}

/** Up to 15 digits, as JSON writes a whole number. */
function readWhole(from: number, into: Float64Array, place: number): number {
  const end = readDigits(from, into, place);
  return end > from + 1 && FRAME[from] === 0x30 ? -1 : end;
}

/**
 * With 13 digits before the point a double holds thousandths, so cutting the rest off is what `Math.floor` does. One close
 * to the next millisecond could be rounded up to it by a double.
 */
function readMilliseconds(from: number, into: Float64Array, place: number): number {
  const end = readDigits(from, into, place);
  if (end - from > 13) return -1;
  if (end < 0 || FRAME[end] !== 0x2e) return end;
  const first = FRAME[end + 1] as number;
  if (!(first >= 0x30 && first <= 0x38)) return -1;
  const last = digitsEnd(end + 1);
  return last - from > LONGEST ? -1 : last;
}

function readEither(
  from: number,
  [first, second]: readonly [Literal, Literal],
  into: Float64Array,
  place: number,
): number {
  into[place] = 0;
  if (standsAt(from, first)) return from + first.length;
  into[place] = 1;
  return standsAt(from, second) ? from + second.length : -1;
}

/** A decimal in quotes, with or without a minus. */
function readSigned(from: number, into: Float64Array, place: number): number {
  if (FRAME[from] !== 0x2d) return readDecimal(from, into, place);
  const end = readDecimal(from + 1, into, place);
  into[place] = -(into[place] as number);
  return end;
}

/** As {@link readSigned}, a JSON number. */
function readSignedNumber(from: number, into: Float64Array, place: number): number {
  if (FRAME[from] !== 0x2d) return readJsonNumber(from, into, place);
  const end = readJsonNumber(from + 1, into, place);
  into[place] = -(into[place] as number);
  return end;
}
