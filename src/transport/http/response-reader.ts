import type { BodyCollector } from './body.js';
import { unreadable } from './failures.js';

/** More in front of a body, or behind a chunked one, is refused, bytes. */
const MAX_HEAD = 16_384;
/** A line with the size of a chunk is never longer, bytes. */
const MAX_SIZE_LINE = 1_024;
const END_OF_HEAD = '\r\n\r\n';
const END_OF_LINE = '\r\n';
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [^\0\r\n]*)?$/;
const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([^\0\r\n]*?)[ \t]*$/;
const LENGTH = /^\d{1,15}$/;
const CHUNK_SIZE = /^([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\0\r\n]*)?$/;
const KEPT = /(?:^|,)[ \t]*timeout=(\d{1,6})(?:[ \t]*,|$)/i;
const CR = 13;
const LF = 10;
const EMPTY: Buffer = Buffer.alloc(0);

type Part = 'head' | 'bytes' | 'bytes till the end' | 'chunk size' | 'chunk' | 'end of chunk' | 'trailer' | 'nothing';

/**
 * Reads one HTTP/1.1 answer out of the bytes of a connection, however they are cut. Strict: what two readers could
 * understand in two ways is refused. Source: RFC 9112, message format, message body length, chunked transfer coding.
 */
export class ResponseReader {
  readonly #label: string;
  readonly #body: BodyCollector;
  #part: Part = 'head';
  /** The beginning of what could not be read yet. */
  #held = EMPTY;
  #left = 0;
  #trailerBytes = 0;
  #status = 0;
  #headers: Record<string, string> = {};
  #mayStay = false;

  constructor(label: string, body: BodyCollector) {
    this.#label = label;
    this.#body = body;
  }

  get status(): number {
    return this.#status;
  }

  /** Names in lower case; several values are joined. */
  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** So long the server keeps the connection, ms, where it says so. */
  get keptMs(): number | undefined {
    const match = KEPT.exec(this.#headers['keep-alive'] ?? '');
    return match === null ? undefined : Number(match[1]) * 1_000;
  }

  /** Of a whole answer: whether another may follow on the connection, with nothing left over from this one. */
  get leavesConnection(): boolean {
    return this.#mayStay && this.#held.length === 0;
  }

  /** @returns whether the answer is whole. @throws {MalformedResponseError} for what is no answer, or too large. */
  read(chunk: Buffer): boolean {
    let bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    while (this.#part !== 'nothing') {
      const used = this.#step(bytes);
      if (used === undefined) break;
      bytes = used === bytes.length ? EMPTY : bytes.subarray(used);
    }
    this.#held = bytes;
    return this.#part === 'nothing';
  }

  /** The server has closed its side. @returns whether that makes the answer whole. */
  end(): boolean {
    return this.#part === 'bytes till the end';
  }

  /** @returns how many of the bytes it has read; `undefined` when it needs more. */
  #step(bytes: Buffer): number | undefined {
    switch (this.#part) {
      case 'head':
        return this.#readHead(bytes);
      case 'chunk size':
        return this.#readChunkSize(bytes);
      case 'end of chunk':
        return this.#readChunkEnd(bytes);
      case 'trailer':
        return this.#readTrailer(bytes);
      default:
        return this.#readBytes(bytes);
    }
  }

  #readHead(bytes: Buffer): number | undefined {
    const end = bytes.indexOf(END_OF_HEAD);
    if (end > MAX_HEAD || (end < 0 && bytes.length > MAX_HEAD)) this.#refuse('a head that is too long');
    if (end < 0) return undefined;
    const [first = '', ...lines] = bytes.toString('latin1', 0, end).split(END_OF_LINE);
    const match = STATUS_LINE.exec(first);
    if (match === null) this.#refuse('no status line');
    this.#status = Number(match[2]);
    this.#headers = this.#readHeaders(lines);
    this.#mayStay = match[1] === '1' && !/(?:^|,)[ \t]*close[ \t]*(?:,|$)/i.test(this.#headers['connection'] ?? '');
    this.#beginBody();
    return end + END_OF_HEAD.length;
  }

  #readHeaders(lines: readonly string[]): Record<string, string> {
    const headers: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const line of lines) {
      const match = HEADER.exec(line);
      if (match === null) this.#refuse('a header that is none');
      const name = (match[1] as string).toLowerCase();
      const value = match[2] as string;
      const before = headers[name];
      headers[name] = before === undefined ? value : `${before}, ${value}`;
    }
    return headers;
  }

  #beginBody(): void {
    const { 'transfer-encoding': coding, 'content-length': length, 'content-encoding': encoding } = this.#headers;
    const status = this.#status;
    // An interim answer; the one that counts follows.
    if (status < 200 && status !== 101) return;
    if (status === 101) this.#refuse('another protocol, which was not asked for');
    if (status === 204 || status === 304) this.#part = 'nothing';
    else if (coding !== undefined) {
      if (coding.toLowerCase() !== 'chunked' || length !== undefined) this.#refuse('an unclear length');
      this.#part = 'chunk size';
    } else if (length === undefined) {
      this.#mayStay = false;
      this.#part = 'bytes till the end';
    } else {
      if (!LENGTH.test(length)) this.#refuse('an unclear length');
      this.#left = Number(length);
      this.#part = this.#left === 0 ? 'nothing' : 'bytes';
    }
    const tooLong = this.#part === 'bytes' ? this.#body.refuseLength(length) : undefined;
    if (tooLong !== undefined) throw tooLong;
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity')
      throw unreadable(this.#label, 'the body is encoded although we did not offer that');
  }

  #readBytes(bytes: Buffer): number | undefined {
    if (bytes.length === 0) return undefined;
    const isOpenEnded = this.#part === 'bytes till the end';
    const taken = isOpenEnded ? bytes.length : Math.min(bytes.length, this.#left);
    const tooLarge = this.#body.add(taken === bytes.length ? bytes : bytes.subarray(0, taken));
    if (tooLarge !== undefined) throw tooLarge;
    if (isOpenEnded) return taken;
    this.#left -= taken;
    if (this.#left === 0) this.#part = this.#part === 'chunk' ? 'end of chunk' : 'nothing';
    return taken;
  }

  #readChunkSize(bytes: Buffer): number | undefined {
    const end = bytes.indexOf(END_OF_LINE);
    if (end > MAX_SIZE_LINE || (end < 0 && bytes.length > MAX_SIZE_LINE)) this.#refuse('no size of a chunk');
    if (end < 0) return undefined;
    const match = CHUNK_SIZE.exec(bytes.toString('latin1', 0, end));
    if (match === null) this.#refuse('no size of a chunk');
    this.#left = Number.parseInt(match[1] as string, 16);
    this.#part = this.#left === 0 ? 'trailer' : 'chunk';
    return end + END_OF_LINE.length;
  }

  #readChunkEnd(bytes: Buffer): number | undefined {
    if (bytes.length < END_OF_LINE.length) return undefined;
    if (bytes[0] !== CR || bytes[1] !== LF) this.#refuse('a chunk that does not end');
    this.#part = 'chunk size';
    return END_OF_LINE.length;
  }

  /** What stands behind the last chunk is of no use to us. */
  #readTrailer(bytes: Buffer): number | undefined {
    const end = bytes.indexOf(END_OF_LINE);
    this.#trailerBytes += end < 0 ? 0 : end + END_OF_LINE.length;
    if (this.#trailerBytes > MAX_HEAD || (end < 0 && bytes.length > MAX_HEAD))
      this.#refuse('a trailer that is too long');
    if (end < 0) return undefined;
    if (end === 0) this.#part = 'nothing';
    else if (!HEADER.test(bytes.toString('latin1', 0, end))) this.#refuse('a trailer that is none');
    return end + END_OF_LINE.length;
  }

  #refuse(what: string): never {
    throw unreadable(this.#label, `the answer breaks HTTP (${what})`);
  }
}
