import { isUtf8 } from 'node:buffer';

/** First bytes of a message in one frame, and what an unmasked length is below. Source: RFC 6455, section 5.2. */
const WHOLE_TEXT = 0x81;
const WHOLE_BINARY = 0x82;
const MASKED = 0x80;
const FIN = 0x80;
const RESERVED = 0x70;
const OPCODE = 0x0f;
const BINARY = 2;
const PING = 9;
const PONG = 10;
const LONGEST_CONTROL = 125;
/** Lengths that say where the length stands: in the next two bytes, or in the next eight. */
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

export interface WholeFramesOptions {
  /** Larger messages are left to the receiver behind. */
  readonly maxPayloadBytes: number;
  /** A whole message, valid during the call. Must not throw. */
  message(bytes: Uint8Array, isText: boolean): void;
  /** Bytes for the receiver behind, in their order: whole frames, until something comes that only it may judge. */
  rest(bytes: Uint8Array): void;
}

/**
 * Cuts what a server sends into frames and takes those that are a whole message; all others go on to a receiver behind, which
 * knows the whole protocol: control frames and messages in pieces as they are, and from the first frame on that ends the
 * connection or breaks a rule, everything. So the usual frame costs a look at its header and one view of its bytes.
 */
export class WholeFrames {
  /** Not kept as one object: a copy with `...` has a shape of its own, which each new connection would compile this anew for. */
  readonly #maxPayloadBytes: number;
  readonly #message: (bytes: Uint8Array, isText: boolean) => void;
  readonly #rest: (bytes: Uint8Array) => void;
  /** Pieces of a frame that is not there in full, how many bytes they are, and how many it takes to go on. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #wanted = 0;
  /** The receiver behind has the beginning of a message in pieces. */
  #inPieces = false;
  #isCeded = false;
  #isOver = false;

  constructor({ maxPayloadBytes, message, rest }: WholeFramesOptions) {
    this.#maxPayloadBytes = maxPayloadBytes;
    this.#message = message;
    this.#rest = rest;
  }

  /** Nothing is handed on any more. */
  stop(): void {
    this.#isOver = true;
    this.#held = [];
  }

  /** What was read from the connection; parts of it may be kept until the next call. */
  push(chunk: Uint8Array): void {
    if (this.#isOver) return;
    let at = 0;
    while (this.#heldBytes > 0) {
      const end = Math.min(chunk.length, at + this.#wanted - this.#heldBytes);
      this.#hold(chunk.subarray(at, end));
      at = end;
      if (this.#heldBytes < this.#wanted) return;
      const frame = joined(this.#held, this.#heldBytes);
      this.#held = [];
      this.#heldBytes = 0;
      this.#take(frame, 0);
    }
    if (at < chunk.length) this.#take(chunk, at);
  }

  /** Takes whole frames and holds what is left of the bytes. */
  #take(bytes: Uint8Array, from: number): void {
    const { buffer, byteOffset, length } = bytes;
    let at = from;
    while (at < length && !this.#isOver) {
      if (this.#isCeded) return this.#rest(bytes.subarray(at));
      const payloadAt = at + headerLength(bytes, at);
      if (payloadAt > length) return this.#wait(bytes, at, payloadAt - at);
      const size = sizeOf(bytes, at);
      const end = payloadAt + size;
      const isMessage = this.#isMessage(bytes, at, size);
      if (!isMessage && !this.#mayPass(bytes, at, size)) this.#isCeded = true;
      else if (end > length) return this.#wait(bytes, at, end - at);
      else {
        if (!isMessage) this.#pass(bytes, at, end);
        else if (!this.#hand(new Uint8Array(buffer, byteOffset + payloadAt, size), bytes[at] === WHOLE_TEXT)) continue;
        at = end;
      }
    }
  }

  #isMessage(bytes: Uint8Array, at: number, size: number): boolean {
    const first = bytes[at];
    if ((first !== WHOLE_TEXT && first !== WHOLE_BINARY) || this.#inPieces) return false;
    return (bytes[at + 1] as number) < MASKED && size <= this.#maxPayloadBytes;
  }

  /** @returns `false` where it is no text: the receiver behind ends the connection. */
  #hand(payload: Uint8Array, isText: boolean): boolean {
    this.#isCeded = isText && !isUtf8(payload);
    if (!this.#isCeded) this.#message(payload, isText);
    return !this.#isCeded;
  }

  /** Whether this is a frame that the receiver behind takes without ending the connection. */
  #mayPass(bytes: Uint8Array, at: number, size: number): boolean {
    const first = bytes[at] as number;
    const opcode = first & OPCODE;
    if ((first & RESERVED) !== 0 || (bytes[at + 1] as number) >= MASKED) return false;
    if (opcode === PING || opcode === PONG) return (first & FIN) !== 0 && size <= LONGEST_CONTROL;
    return opcode <= BINARY && (opcode === 0) === this.#inPieces && size <= this.#maxPayloadBytes;
  }

  #pass(bytes: Uint8Array, at: number, end: number): void {
    const first = bytes[at] as number;
    if ((first & OPCODE) <= BINARY) this.#inPieces = (first & FIN) === 0;
    this.#rest(bytes.subarray(at, end));
  }

  #wait(bytes: Uint8Array, at: number, wanted: number): void {
    this.#wanted = wanted;
    this.#hold(bytes.subarray(at));
  }

  #hold(bytes: Uint8Array): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
  }
}

/** Bytes before the payload; of a header that is not there in full, at least one more than there are. */
function headerLength(bytes: Uint8Array, at: number): number {
  const length = (bytes[at + 1] ?? 0) & 0x7f;
  return length < IN_TWO_BYTES ? 2 : length === IN_TWO_BYTES ? 4 : 10;
}

/** Bytes of the payload. The header is there in full. */
function sizeOf(bytes: Uint8Array, at: number): number {
  const length = (bytes[at + 1] as number) & 0x7f;
  if (length < IN_TWO_BYTES) return length;
  let size = 0;
  const end = at + (length === IN_EIGHT_BYTES ? 10 : 4);
  for (let index = at + 2; index < end; index++) size = size * 256 + (bytes[index] as number);
  return size;
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && first.length === length) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
