import { FRAME } from './frame-memory.js';

const STEP = 8;

/**
 * The text that stands in the frame from `from` up to `to`, known to be ASCII. For ids and the like: short ones, where
 * this is faster than any decoder.
 */
export function asciiText(from: number, to: number): string {
  let text = '';
  let at = from;
  for (; at + STEP <= to; at += STEP) {
    text += String.fromCharCode(
      FRAME[at] as number,
      FRAME[at + 1] as number,
      FRAME[at + 2] as number,
      FRAME[at + 3] as number,
      FRAME[at + 4] as number,
      FRAME[at + 5] as number,
      FRAME[at + 6] as number,
      FRAME[at + 7] as number,
    );
  }
  for (; at < to; at++) text += String.fromCharCode(FRAME[at] as number);
  return text;
}

/** As {@link asciiText}; `undefined` when a byte is not printable ASCII, or a quote or a backslash. */
export function readAsciiText(from: number, to: number): string | undefined {
  for (let at = from; at < to; at++) {
    const byte = FRAME[at] as number;
    if (byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c) return undefined;
  }
  return asciiText(from, to);
}
