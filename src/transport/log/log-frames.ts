/** A frame: 8 hex digits of the text's length, 8 of that length's CRC, 8 of the text's CRC, the text, a line feed. */
const HEADER = 24;
const LINE_FEED = 0x0a;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const CRC_TABLE = buildCrcTable();

/** What was read: whole frames, and where the good part ends. */
export interface ReadFrames {
  readonly texts: readonly string[];
  /** Bytes of the whole frames. */
  readonly goodBytes: number;
  /** Byte at which something is damaged that no torn write explains; `undefined` when nothing is. */
  readonly damagedAt: number | undefined;
}

export function encodeFrame(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  const size = hex(bytes.length);
  const head = encoder.encode(size + hex(crc32(encoder.encode(size))) + hex(crc32(bytes)));
  const frame = new Uint8Array(HEADER + bytes.length + 1);
  frame.set(head);
  frame.set(bytes, HEADER);
  frame[frame.length - 1] = LINE_FEED;
  return frame;
}

/**
 * Reads frames up to the end or to a torn tail: the last frame cut off, or blocks at the end that were allotted but never
 * written (zeros). Anything else that does not check is damage. The length has a check of its own, so that a wrong bit in
 * it cannot pass for a cut.
 */
export function readFrames(file: Uint8Array): ReadFrames {
  let end = file.length;
  while (end > 0 && file[end - 1] === 0) end--;
  const texts: string[] = [];
  let at = 0;
  while (at < end) {
    const rest = end - at;
    if (rest < HEADER) break;
    const size = sizeAt(file, at);
    if (size === undefined) return { texts, goodBytes: at, damagedAt: at };
    if (rest < HEADER + size + 1) break;
    const text = textAt(file, at, size);
    if (text === undefined) return { texts, goodBytes: at, damagedAt: at };
    texts.push(text);
    at += HEADER + size + 1;
  }
  return { texts, goodBytes: at, damagedAt: undefined };
}

function sizeAt(file: Uint8Array, at: number): number | undefined {
  const digits = file.subarray(at, at + 8);
  if (crc32(digits) !== numberAt(file, at + 8)) return undefined;
  return numberAt(file, at);
}

function textAt(file: Uint8Array, at: number, size: number): string | undefined {
  const bytes = file.subarray(at + HEADER, at + HEADER + size);
  if (file[at + HEADER + size] !== LINE_FEED || crc32(bytes) !== numberAt(file, at + 16)) return undefined;
  return decoder.decode(bytes);
}

/** Eight lower-case hex digits; `undefined` for anything else, so that no flipped bit reads the same. */
function numberAt(file: Uint8Array, at: number): number | undefined {
  let value = 0;
  for (let i = at; i < at + 8; i++) {
    const byte = file[i] as number;
    const digit = byte >= 48 && byte <= 57 ? byte - 48 : byte >= 97 && byte <= 102 ? byte - 87 : -1;
    if (digit < 0) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** CRC-32 as in gzip and PNG (polynomial 0xEDB88320). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function buildCrcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value;
  });
}
