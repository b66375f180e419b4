import { ValidationError } from '../errors/kinds.js';
import type { Random } from './random.js';

/** Chance that comes out the same for the same seed, on every machine and in every later version. */
export interface SeededRandom extends Random {
  /** Uniform whole number in [0, n). @throws {ValidationError} unless `n` is a safe integer above 0. */
  int(n: number): number;
  /** One element, each as likely. @throws {ValidationError} for an empty list. */
  pick<T>(items: readonly T[]): T;
  /** `true` with probability `p`: never at 0, always at 1. */
  chance(p: number): boolean;
  /**
   * An independent stream of its own. It depends on the seed and the label only, not on what was drawn before, and
   * draws nothing from this one; the same label gives the same stream again.
   */
  fork(label: string): SeededRandom;
}

/**
 * Generator sfc32 (128 bits of state, period at least 2^32, on average 2^127), seeded by four MurmurHash3-style hashes
 * of the seed's text; `7` and `'7'` are the same seed. `next` has 53 random bits.
 */
export function createSeededRandom(seed: number | string): SeededRandom {
  const text = String(seed);
  const draw = createSfc32(text);
  const next = (): number => ((draw() >>> 5) * 0x4000000 + (draw() >>> 6)) / 0x20000000000000;
  const int = (n: number): number => {
    if (!Number.isSafeInteger(n) || n < 1)
      throw new ValidationError({ field: 'n', expected: 'a whole number above 0', received: n });
    return Math.floor(next() * n);
  };
  return {
    next,
    int,
    pick: <T>(items: readonly T[]): T => items[int(items.length)] as T,
    chance: (p) => next() < p,
    // The separator occurs in no label a person writes, so no seed collides with a fork.
    fork: (label) => createSeededRandom(`${text}\u001f${label}`),
  };
}

/** Draws unsigned or signed 32-bit words; callers shift. */
function createSfc32(seed: string): () => number {
  let a = hash(seed, 0x9e3779b9);
  let b = hash(seed, 0x243f6a88);
  let c = hash(seed, 0xb7e15162);
  let counter = hash(seed, 0x6a09e667);
  const draw = (): number => {
    const out = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + out) | 0;
    return out;
  };
  // The first words still show the seed; the author of the generator advises to drop some.
  for (let i = 0; i < 15; i++) draw();
  return draw;
}

/** 32-bit hash of the UTF-16 units of a text, with the mixing steps of MurmurHash3. */
function hash(text: string, basis: number): number {
  let h = basis | 0;
  for (let i = 0; i < text.length; i++) {
    let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
