import { matches } from './matches.js';

const LONGEST = 128;
const FEWEST_SLOTS = 256;
const MOST_SLOTS = 32_768;
const WORD = 4;
/** Hashes of 30 bits are small integers, which are compared without a look at the heap. */
const SMALL = 0x3fff_ffff;

/** A name seen in frames: its one string, and what was worked out for it. */
export interface Name<T> {
  readonly bytes: Uint8Array;
  readonly hash: number;
  text: string;
  readonly note: T;
}

/**
 * Finds the string of a name by its bytes, so that a frame is routed without making one. Names are printable ASCII of 1
 * to 128 bytes. Memory is bounded: at 16,384 names it forgets them all and begins anew.
 */
export class NameTable<T = undefined> {
  readonly #describe: (text: string) => T;
  #slots: (Name<T> | undefined)[] = new Array(FEWEST_SLOTS).fill(undefined);
  #count = 0;

  /** @param describe works out, once per name, what goes with it. */
  constructor(describe: (text: string) => T) {
    this.#describe = describe;
  }

  /** The name that stands in `bytes` from `from` up to `to`; `undefined` for what cannot be one. */
  find(bytes: Uint8Array, from: number, to: number): Name<T> | undefined {
    const hash = hashOf(bytes, from, to);
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const name = slots[slot];
      if (name === undefined) return this.#add(bytes, from, to, hash);
      if (name.hash === hash && name.bytes.length === to - from && matches(bytes, from, name.bytes)) return name;
    }
  }

  /** From now on the name's string is this very one: comparing it with itself costs nothing. */
  learn(text: string): void {
    if (text.length > LONGEST) return;
    const name = this.find(
      Uint8Array.from(text, (char) => Math.min(0xff, char.charCodeAt(0))),
      0,
      text.length,
    );
    if (name !== undefined) name.text = text;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number): Name<T> | undefined {
    if (to <= from || to - from > LONGEST) return undefined;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] as number;
      if (byte < 0x20 || byte > 0x7e) return undefined;
    }
    if (this.#count * 2 >= this.#slots.length) this.#makeRoom();
    // Not `slice`: that of a Node buffer is a view of the frame.
    const own = new Uint8Array(bytes.subarray(from, to));
    const text = String.fromCharCode(...own);
    const name: Name<T> = { bytes: own, hash, text, note: this.#describe(text) };
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
 * channel have (`ob.BTC_USDT.50`). The products do not wait for one another; the last one brings every bit down to the low ones.
 */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = Math.imul(to - from, 0x9e3779b1);
  if (to - from >= WORD) {
    hash += Math.imul(wordAt(bytes, to - 4), 0xc2b2ae35) + Math.imul(wordAt(bytes, Math.max(from, to - 8)), 0x27d4eb2f);
    hash += Math.imul(wordAt(bytes, Math.max(from, to - 12)), 0x165667b1);
    hash += Math.imul(wordAt(bytes, Math.max(from, to - 16)), 0x85ebca6b);
  } else {
    for (let at = from; at < to; at++) hash = Math.imul(hash, 31) + (bytes[at] as number);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) & SMALL;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}
