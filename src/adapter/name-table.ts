import { asciiText } from './ascii-text.js';
import { FRAME, loadFrame, WORDS } from './frame-memory.js';
import { type Literal, makeLiteral, standsAt } from './literal.js';

const LONGEST = 128;
const FEWEST_SLOTS = 256;
const MOST_SLOTS = 32_768;
const BACKSLASH = 0x5c;

/** A name seen in frames: its one string, and what was worked out for it. */
export interface Name<T> {
  readonly literal: Literal;
  readonly hash: number;
  text: string;
  readonly note: T;
}

/**
 * Finds the string of a name by its bytes in the frame, so that a frame is routed without making one. Names are printable
 * ASCII of 1 to 128 bytes without a backslash. Memory is bounded: at 16,384 names it forgets them all and begins anew.
 */
export class NameTable<T = undefined> {
  readonly #describe: (text: string) => T;
  #slots: (Name<T> | undefined)[] = new Array(FEWEST_SLOTS).fill(undefined);
  #count = 0;

  /** @param describe works out, once per name, what goes with it. */
  constructor(describe: (text: string) => T) {
    this.#describe = describe;
  }

  /** The name that stands in the frame from `from` up to `to`; `undefined` for what cannot be one. */
  find(from: number, to: number): Name<T> | undefined {
    const hash = hashOf(from, to);
    const length = to - from;
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const name = slots[slot];
      if (name === undefined) return this.#add(from, to, hash);
      if (name.hash === hash && name.literal.length === length && standsAt(from, name.literal)) return name;
    }
  }

  /** From now on the name's string is this very one: comparing it with itself costs nothing. Not within a frame. */
  learn(text: string): void {
    if (text.length > LONGEST) return;
    loadFrame(Uint8Array.from(text, (char) => Math.min(0xff, char.charCodeAt(0))));
    const name = this.find(0, text.length);
    if (name !== undefined) name.text = text;
  }

  #add(from: number, to: number, hash: number): Name<T> | undefined {
    if (to <= from || to - from > LONGEST) return undefined;
    for (let at = from; at < to; at++) {
      const byte = FRAME[at] as number;
      if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return undefined;
    }
    if (this.#count * 2 >= this.#slots.length) this.#makeRoom();
    const text = asciiText(from, to);
    const name: Name<T> = {
      literal: makeLiteral(FRAME.subarray(from, to)),
      hash,
      text,
      note: this.#describe(text),
    };
    this.#put(name);
    return name;
  }

  #put(name: Name<T>): void {
    const mask = this.#slots.length - 1;
    let slot = name.hash & mask;
    while (this.#slots[slot] !== undefined) slot = (slot + 1) & mask;
    this.#slots[slot] = name;
    this.#count++;
  }

  #makeRoom(): void {
    const old = this.#slots;
    const grows = old.length < MOST_SLOTS;
    this.#slots = new Array(grows ? old.length * 2 : FEWEST_SLOTS).fill(undefined);
    this.#count = 0;
    if (grows) for (const name of old) if (name !== undefined) this.#put(name);
  }
}

/**
 * The last sixteen bytes in words, which overlap in a shorter name: a market may stand before an ending that all names of a
 * channel have (`ob.BTC_USDT.50`); and a word from the middle, where channels of one market differ. The products do not wait
 * for one another; the last one brings every bit down to the low ones.
 */
function hashOf(from: number, to: number): number {
  const words = WORDS;
  let hash = Math.imul(to - from, 0x9e3779b1);
  if (to - from >= 4) {
    hash += Math.imul(words.getInt32(to - 4, true), 0xc2b2ae35);
    hash += Math.imul(words.getInt32(Math.max(from, to - 8), true), 0x27d4eb2f);
    hash += Math.imul(words.getInt32(Math.max(from, to - 12), true), 0x165667b1);
    hash += Math.imul(words.getInt32(Math.max(from, to - 16), true), 0x85ebca6b);
    hash += Math.imul(words.getInt32(Math.min(to - 4, (from + to) >>> 1), true), 0x3c6ef373);
  } else {
    for (let at = from; at < to; at++) hash = Math.imul(hash, 31) + (FRAME[at] as number);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  // Hashes of 30 bits are small integers, which are compared without a look at the heap.
  return (hash ^ (hash >>> 13)) & 0x3fff_ffff;
}
