import { FRAME, WORDS } from './frame-memory.js';

/**
 * The text that stands in the frame from `from` up to `to`, known to be ASCII. For ids and the like: short ones, where
 * this is faster than any decoder.
 */
export function asciiText(from: number, to: number): string {
  const frame = FRAME;
  let text = '';
  let at = from;
  for (; at + 8 <= to; at += 8) {
    text += String.fromCharCode(
      frame[at] as number,
      frame[at + 1] as number,
      frame[at + 2] as number,
      frame[at + 3] as number,
      frame[at + 4] as number,
      frame[at + 5] as number,
      frame[at + 6] as number,
      frame[at + 7] as number,
    );
  }
  for (; at < to; at++) text += String.fromCharCode(frame[at] as number);
  return text;
}

/** As {@link asciiText}; `undefined` when a byte is not ASCII. */
export function readAsciiText(from: number, to: number): string | undefined {
  const words = WORDS;
  let bits = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) bits |= words.getInt32(at, true);
  for (; at < to; at++) bits |= words.getUint8(at);
  return (bits & 0x80808080) === 0 ? asciiText(from, to) : undefined;
}
