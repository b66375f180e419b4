import { WORDS } from './frame-memory.js';

/** Printable ASCII to compare with: eight bytes at a time, then the rest, with masks for what does not count. */
export interface Literal {
  readonly length: number;
  readonly words: Float64Array;
  readonly low: number;
  readonly lowMask: number;
  readonly high: number;
  readonly highMask: number;
}

/**
 * Prepares what is compared often.
 * @throws {RangeError} for other than printable ASCII: eight bytes make a double, which must be neither zero nor `NaN`.
 */
export function makeLiteral(bytes: Uint8Array): Literal {
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e)) throw new RangeError('literal: expected printable ASCII');
  const { length } = bytes;
  const count = length >>> 3;
  const padded = new Uint8Array((count + 1) * 8);
  padded.set(bytes);
  const masks = padded.map((byte) => (byte === 0 ? 0 : 0xff));
  const [view, mask] = [new DataView(padded.buffer), new DataView(masks.buffer)];
  return {
    length,
    words: Float64Array.from({ length: count }, (_, at) => view.getFloat64(at * 8, true)),
    low: view.getInt32(count * 8, true),
    lowMask: mask.getInt32(count * 8, true),
    high: view.getInt32(count * 8 + 4, true),
    highMask: mask.getInt32(count * 8 + 4, true),
  };
}

/** @throws {RangeError} for other than printable ASCII. */
export function literalOf(text: string): Literal {
  return makeLiteral(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}

/**
 * Whether it stands in the frame at `at`. Doubles made of printable ASCII are equal only where their bytes are: they are
 * neither zero, which has two forms, nor `NaN`.
 */
export function standsAt(at: number, { words, low, lowMask, high, highMask }: Literal): boolean {
  const frame = WORDS;
  let place = at;
  for (let index = 0; index < words.length; index++, place += 8)
    if (frame.getFloat64(place, true) !== words[index]) return false;
  const rest = ((frame.getInt32(place, true) ^ low) & lowMask) | ((frame.getInt32(place + 4, true) ^ high) & highMask);
  return rest === 0;
}
