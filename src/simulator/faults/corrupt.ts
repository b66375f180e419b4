import type { SeededRandom } from '../../transport/seeded-random.js';

/** Long enough that no number on the wire can swallow it: a protobuf integer has at most ten bytes. */
const OVERWRITTEN_BYTES = 12;

/**
 * Damages a frame so that it cannot be read as a sound one: text is cut short or loses its opening brace, bytes are cut
 * inside the second half or overwritten with 0xff. The input is not changed.
 */
export function corrupt(data: string | Uint8Array, random: SeededRandom): string | Uint8Array {
  if (typeof data === 'string') {
    return random.chance(0.5) ? data.slice(0, cutPoint(data.length, random)) : `#${data.slice(1)}`;
  }
  if (random.chance(0.5)) return data.slice(0, cutPoint(data.length, random));
  const damaged = data.slice();
  const start = random.int(Math.max(1, data.length - OVERWRITTEN_BYTES + 1));
  return damaged.fill(0xff, start, start + OVERWRITTEN_BYTES);
}

/** In [length / 2, length), so that at least the last byte is missing. */
export function cutPoint(length: number, random: SeededRandom): number {
  const half = length >>> 1;
  return half + random.int(Math.max(1, length - half));
}
