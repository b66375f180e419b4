import type { BookUpdate } from '../../src/model/book-update.js';
import { readDecimal } from './minimal-decimal.js';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x5b;
/** Bytes of `{"channel":"spot.obu","result":{"t":`, where the time of 13 digits begins. */
const TIME_AT = 36;
/** Bytes of `,"s":"ob.` after the time. */
const NAME_AT = TIME_AT + 13 + 9;

let at = 0;

/** Reads an `obu` change whose fields stand where they always stand. Source: Gate spot WebSocket v4 docs, order book v2. */
export function readGateObu(bytes: Buffer, update: BookUpdate): string {
  at = NAME_AT;
  while (bytes[at] !== 46) at++;
  const name = bytes.toString('latin1', NAME_AT, at);
  // `.50","U":`
  update.firstSequence = readNumber(bytes, at + 9);
  // `,"u":`
  update.lastSequence = readNumber(bytes, at + 5);
  // `,"b":[`
  at += 6;
  readSide(bytes, update, true);
  // `],"a":[`
  at += 7;
  readSide(bytes, update, false);
  return name;
}

function readNumber(bytes: Uint8Array, from: number): number {
  at = from;
  while ((bytes[at] as number) !== COMMA) at++;
  return readDecimal(bytes, from, at);
}

/** Ends at the bracket that closes the side. */
function readSide(bytes: Uint8Array, update: BookUpdate, isBid: boolean): void {
  while (bytes[at] === OPEN) {
    const price = readText(bytes, at + 2);
    const quantity = readText(bytes, at + 3);
    if (isBid) update.addBid(price, quantity);
    else update.addAsk(price, quantity);
    // `"]` and a comma, where another level follows.
    at += bytes[at + 2] === COMMA ? 3 : 2;
  }
}

function readText(bytes: Uint8Array, from: number): number {
  at = from;
  while (bytes[at] !== QUOTE) at++;
  return readDecimal(bytes, from, at);
}
