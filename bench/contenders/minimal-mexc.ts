import type { BookUpdate } from '../../src/model/book-update.js';
import { readDecimal } from './minimal-decimal.js';

let at = 0;

/** Walks the tags of an `aggre.depth` frame; knows nothing else. Source: MEXC spot proto files. */
export function readMexcDepth(bytes: Buffer, update: BookUpdate): string {
  let name = '';
  at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes);
    if ((tag & 7) === 0) {
      readVarint(bytes);
      continue;
    }
    const length = readVarint(bytes);
    const end = at + length;
    if (tag >>> 3 === 3) name = bytes.toString('latin1', at, end);
    else if (tag >>> 3 === 313) readBody(bytes, end, update);
    at = end;
  }
  return name;
}

function readBody(bytes: Uint8Array, end: number, update: BookUpdate): void {
  while (at < end) {
    const tag = readVarint(bytes);
    if ((tag & 7) === 0) {
      readVarint(bytes);
      continue;
    }
    const length = readVarint(bytes);
    const stop = at + length;
    const field = tag >>> 3;
    if (field <= 2) readLevel(bytes, field, update);
    else if (field === 4) update.firstSequence = readDecimal(bytes, at, stop);
    else if (field === 5) update.lastSequence = readDecimal(bytes, at, stop);
    at = stop;
  }
}

function readLevel(bytes: Uint8Array, side: number, update: BookUpdate): void {
  const priceEnd = at + 2 + (bytes[at + 1] as number);
  const price = readDecimal(bytes, at + 2, priceEnd);
  const quantity = readDecimal(bytes, priceEnd + 2, priceEnd + 2 + (bytes[priceEnd + 1] as number));
  if (side === 1) update.addAsk(price, quantity);
  else update.addBid(price, quantity);
}

/** Times lose their upper bits; nobody reads them. */
function readVarint(bytes: Uint8Array): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] as number;
    value |= (byte & 127) << shift;
    if (byte < 128) return value;
  }
}
