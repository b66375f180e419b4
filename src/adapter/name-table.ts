import { asciiText } from './ascii-text.js';
import { FRAME, loadFrame, WORDS } from './frame-memory.js';

const LONGEST = 128;
const FEWEST_SLOTS = 256;
const MOST_SLOTS = 32_768;
const BACKSLASH = 0x5c;

/** A name seen in frames: its one string, and what was worked out for it. */
export interface Name<T> {
  /** The length and the last sixteen bytes in words, as {@link NameTable.find} compares them, and the place of what stands before. */
  readonly row: Int32Array;
  readonly hash: number;
  /** Counts the names from 0, anew when all were forgotten. */
  readonly index: number;
  text: string;
  readonly note: T;
}

/**
 * Finds the string of a name by its bytes in the frame, so that a frame is routed without making one. Names are printable
 * ASCII of 1 to 128 bytes without a backslash. Memory is bounded: at 16,384 names it forgets them all and begins anew.
 */
export class NameTable<T = undefined> {
  readonly #describe: (text: string) => T;
  #names: (Name<T> | undefined)[] = new Array(FEWEST_SLOTS).fill(undefined);
  /** Eight numbers a slot, the first ones those of the name's `row`; a length of 0: nothing there. */
  #rows = new Int32Array(8 * FEWEST_SLOTS);
  /**
   * What stands before the last sixteen bytes of each longer name, eight bytes at a time, the last of which may be of those
   * sixteen: side by side, so that comparing a name touches little memory. Doubles of printable ASCII are neither zero, which
   * has two forms, nor `NaN`.
   */
  #heads = new Float64Array(FEWEST_SLOTS);
  #headsEnd = 0;
  #count = 0;

  /** @param describe works out, once per name, what goes with it. */
  constructor(describe: (text: string) => T) {
    this.#describe = describe;
  }

  /**
   * The name that stands in the frame from `from` up to `to`; `undefined` for what cannot be one. Hashed are the last sixteen
   * bytes in words, which overlap in a shorter name: a market may stand before an ending that all names of a channel have
   * (`ob.BTC_USDT.50`); and a word from the middle, where channels of one market differ. Up to sixteen bytes the words are
   * the whole name.
   */
  find(from: number, to: number): Name<T> | undefined {
    const words = WORDS;
    const length = to - from;
    if (length < 4) return this.#findShort(from, length);
    const one = words.getInt32(to - 4, true);
    const two = words.getInt32(Math.max(from, to - 8), true);
    const three = words.getInt32(Math.max(from, to - 12), true);
    const four = words.getInt32(Math.max(from, to - 16), true);
    const middle = words.getInt32(Math.min(to - 4, (from + to) >>> 1), true);
    // The products do not wait for one another; the last one brings every bit down to the low ones.
    let hash = Math.imul(length, 0x9e3779b1) + Math.imul(one, 0xc2b2ae35) + Math.imul(two, 0x27d4eb2f);
    hash += Math.imul(three, 0x165667b1) + Math.imul(four, 0x85ebca6b) + Math.imul(middle, 0x3c6ef373);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash ^= hash >>> 13;
    const rows = this.#rows;
    const mask = (rows.length >>> 3) - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = slot << 3;
      const other = (rows[at] as number) ^ length;
      const others = ((rows[at + 1] as number) ^ one) | ((rows[at + 2] as number) ^ two);
      const rest = ((rows[at + 3] as number) ^ three) | ((rows[at + 4] as number) ^ four);
      if ((other | others | rest) === 0) {
        if (length <= 16 || this.#beginsSo(rows[at + 5] as number, from, length)) return this.#names[slot];
      } else if (rows[at] === 0) return this.#add(from, to, Int32Array.of(length, one, two, three, four, 0), hash);
    }
  }

  #beginsSo(place: number, from: number, length: number): boolean {
    const words = WORDS;
    const heads = this.#heads;
    const count = headWords(length);
    for (let word = 0; word < count; word++)
      if (words.getFloat64(from + 8 * word, true) !== heads[place + word]) return false;
    return true;
  }

  /** From now on the name's string is this very one: comparing it with itself costs nothing. Not within a frame. */
  learn(text: string): void {
    if (text.length > LONGEST) return;
    loadFrame(Uint8Array.from(text, (char) => Math.min(0xff, char.charCodeAt(0))));
    const name = this.find(0, text.length);
    if (name !== undefined) name.text = text;
  }

  #findShort(from: number, length: number): Name<T> | undefined {
    if (length <= 0) return undefined;
    let word = 0;
    for (let at = from; at < from + length; at++) word = (word << 8) | (FRAME[at] as number);
    const hash = Math.imul(word, 0x9e3779b1) >>> 13;
    const mask = this.#names.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const name = this.#names[slot];
      if (name === undefined) return this.#add(from, from + length, Int32Array.of(length, word), hash);
      if (name.row[0] === length && name.row[1] === word) return name;
    }
  }

  #add(from: number, to: number, row: Int32Array, hash: number): Name<T> | undefined {
    if (to - from > LONGEST) return undefined;
    for (let at = from; at < to; at++) {
      const byte = FRAME[at] as number;
      if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return undefined;
    }
    if (this.#count * 2 >= this.#names.length) this.#makeRoom();
    if (to - from > 16) row[5] = this.#addHead(from, headWords(to - from));
    const text = asciiText(from, to);
    const name: Name<T> = { row, hash, index: this.#count, text, note: this.#describe(text) };
    this.#put(name);
    return name;
  }

  #addHead(from: number, count: number): number {
    const place = this.#headsEnd;
    this.#headsEnd += count;
    if (this.#headsEnd > this.#heads.length) {
      const larger = new Float64Array(2 * this.#heads.length);
      larger.set(this.#heads);
      this.#heads = larger;
    }
    for (let word = 0; word < count; word++) this.#heads[place + word] = WORDS.getFloat64(from + 8 * word, true);
    return place;
  }

  #put(name: Name<T>): void {
    const mask = this.#names.length - 1;
    let slot = name.hash & mask;
    while (this.#names[slot] !== undefined) slot = (slot + 1) & mask;
    this.#names[slot] = name;
    this.#rows.set(name.row, slot << 3);
    this.#count++;
  }

  #makeRoom(): void {
    const old = this.#names;
    const grows = old.length < MOST_SLOTS;
    this.#names = new Array(grows ? old.length * 2 : FEWEST_SLOTS).fill(undefined);
    this.#rows = new Int32Array(8 * this.#names.length);
    this.#count = 0;
    if (!grows) this.#headsEnd = 0;
    if (grows) for (const name of old) if (name !== undefined) this.#put(name);
  }
}

/** Words of eight bytes that reach from the beginning of a name of more than sixteen up to the last sixteen, or into them. */
function headWords(length: number): number {
  return (length - 9) >>> 3;
}
