import { isUtf8 } from 'node:buffer';
import type { MalformedResponseError } from '../../errors/kinds.js';
import { unreadable } from './failures.js';

/** Collects the bytes of one answer up to a cap. */
export class BodyCollector {
  readonly #label: string;
  readonly #maxBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(label: string, maxBytes: number) {
    this.#label = label;
    this.#maxBytes = maxBytes;
  }

  /** What is wrong with an answer of this declared size, before its body has come. */
  refuseLength(contentLength: string | undefined): MalformedResponseError | undefined {
    return Number(contentLength) > this.#maxBytes ? this.#tooLarge() : undefined;
  }

  /** Keeps the bytes as they are; an error when the body has become too large. */
  add(chunk: Uint8Array): MalformedResponseError | undefined {
    this.#size += chunk.byteLength;
    this.#chunks.push(chunk);
    return this.#size > this.#maxBytes ? this.#tooLarge() : undefined;
  }

  /** @throws {MalformedResponseError} when the bytes are not UTF-8: a replaced character would be a silent change. */
  text(): string {
    const [first] = this.#chunks;
    if (first === undefined) return '';
    const bytes = this.#chunks.length === 1 ? asBuffer(first) : Buffer.concat(this.#chunks, this.#size);
    if (!isUtf8(bytes)) throw unreadable(this.#label, 'the body is not UTF-8');
    return bytes.toString('utf8');
  }

  #tooLarge(): MalformedResponseError {
    return unreadable(this.#label, `the body is larger than ${this.#maxBytes} bytes`);
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
