import type { ExchangeError } from '../../errors/exchange-error.js';
import type { Timer } from '../clock.js';
import { BodyCollector } from './body.js';
import { aborted, closed, connectionFailed, timedOut } from './failures.js';
import type { HttpResponse } from './http.js';
import type { RequestBytes } from './request-head.js';
import { ResponseReader } from './response-reader.js';

/** The server closed its side before the answer was whole. */
const CUT = Object.assign(new Error('cut'), { code: 'EOF' });

/** One request and what becomes of it. Until it is begun, nothing of it has left. */
export class SocketExchange {
  readonly bytes: RequestBytes;
  readonly promise: Promise<HttpResponse>;
  readonly #label: string;
  readonly #body: BodyCollector;
  readonly #reader: ResponseReader;
  #resolve: (response: HttpResponse) => void = () => {};
  #reject: (error: ExchangeError) => void = () => {};
  #free: (() => void) | undefined;
  #timer: Timer | undefined;
  #signal: AbortSignal | undefined;
  #isOver = false;

  constructor(label: string, maxBodyBytes: number, bytes: RequestBytes) {
    this.#label = label;
    this.bytes = bytes;
    this.#body = new BodyCollector(label, maxBodyBytes);
    this.#reader = new ResponseReader(label, this.#body);
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Of a whole answer: whether another request may follow on the connection. */
  get leavesConnection(): boolean {
    return this.#reader.leavesConnection;
  }

  /** So long the server keeps the connection, ms, where it says so. */
  get keptMs(): number | undefined {
    return this.#reader.keptMs;
  }

  /** Its first byte is about to be written. @param free gives the connection up: called when it fails. */
  begin(free: () => void): void {
    this.#free = free;
  }

  /** What may end it early; taken off again when it is over. */
  guard(timer: Timer, signal: AbortSignal | undefined): void {
    if (this.#isOver) return timer.cancel();
    this.#timer = timer;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort, { once: true });
  }

  timeOut(timeoutMs: number): void {
    this.#fail(timedOut(this.#label, timeoutMs, this.#outcome()));
  }

  /** The client is closed. */
  close(): void {
    this.#fail(closed(this.#label, this.#outcome()));
  }

  /** The connection failed, or never came to be. */
  lose(error: unknown): void {
    this.#fail(connectionFailed(this.#label, error, this.#outcome()));
  }

  /** @returns whether the answer is whole. */
  read(chunk: Buffer): boolean {
    try {
      return this.#reader.read(chunk);
    } catch (error) {
      this.#fail(error as ExchangeError);
      return false;
    }
  }

  /** The server has closed its side. */
  end(): void {
    if (this.#reader.end()) this.complete();
    else this.lose(CUT);
  }

  /** The answer is whole. */
  complete(): void {
    if (this.#isOver) return;
    this.#settle();
    const { status, headers } = this.#reader;
    try {
      this.#resolve({ status, headers, body: this.#body.text() });
    } catch (error) {
      this.#reject(error as ExchangeError);
    }
  }

  readonly #abort = (): void => this.#fail(aborted(this.#label, this.#outcome()));

  #outcome(): 'not_sent' | 'unknown' {
    return this.#free === undefined ? 'not_sent' : 'unknown';
  }

  /** The first failure counts; the connection is given up with it. */
  #fail(error: ExchangeError): void {
    if (this.#isOver) return;
    this.#settle();
    this.#reject(error);
    this.#free?.();
  }

  #settle(): void {
    this.#isOver = true;
    this.#timer?.cancel();
    this.#signal?.removeEventListener('abort', this.#abort);
  }
}
