import { ClosedError, OverflowError } from '../errors/kinds.js';
import { requireHandler } from './check-input.js';
import { SubscriptionReader } from './subscription-reader.js';

/**
 * A stream of events. Give a handler, or iterate; both may be used. Leaving the last loop ends it unless it has handlers.
 * Handlers are called synchronously, in order. What a slow iterator misses depends on the stream: tickers keep the newest
 * only; trades and candles keep the newest 1,024 and count what was lost in {@link dropped} (and as a `gap` event of the
 * exchange); of positions the newest of each is kept; orders, fills and balances lose nothing, and the first iterator of a
 * subscription without handlers begins with what came before it: one that is 10,000 events behind ends with an
 * {@link OverflowError}.
 */
export interface Subscription<T> extends AsyncIterable<T>, AsyncDisposable {
  /** Resolves when the venue has acknowledged it; rejects when it is refused or closed before. */
  readonly ready: Promise<void>;
  /** Events that slow iterators of this subscription have lost. */
  readonly dropped: number;
  /** Adds a handler. One that throws or rejects is reported and never stops the stream. */
  on(handler: (event: T) => unknown): this;
  /** Ends it; iterators finish. Idempotent. */
  close(): Promise<void>;
}

export interface SubscriptionOptions<T> {
  /** Events kept for an iterator that is behind; 1 = the newest only. */
  readonly capacity: number;
  report(error: unknown): void;
  /** Nothing may be skipped: an iterator that is behind by more than `capacity` ends with an error. Default `false`. */
  readonly lossless?: boolean;
  /** Names what an event is about; a newer one takes the place of an older one that was not taken yet. Default: none does. */
  keyOf?(event: T): string;
  /** Called when an iterator first falls behind by one event more than `capacity`; never for `capacity` 1. */
  onGap(dropped: number): void;
  end(): Promise<void>;
}

/** The library's side of a subscription. */
export class SubscriptionCore<T> implements Subscription<T> {
  readonly ready: Promise<void>;
  readonly #options: SubscriptionOptions<T>;
  readonly #handlers: ((event: T) => unknown)[] = [];
  readonly #readers = new Set<SubscriptionReader<T>>();
  /** Keeps what nobody may miss for the first who iterates; gone with the first handler. */
  #early: SubscriptionReader<T> | undefined;
  #resolveReady!: () => void;
  #rejectReady!: (error: unknown) => void;
  #closing: Promise<void> | undefined;
  #failure: unknown;
  #isOver = false;
  #dropped = 0;

  constructor(options: SubscriptionOptions<T>) {
    this.#options = options;
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Nobody has to listen: the failure is also thrown by iterators and reported as an event.
    this.ready.catch(() => undefined);
    if (options.lossless !== true) return;
    this.#early = this.#createReader();
    this.#readers.add(this.#early);
  }

  get dropped(): number {
    return this.#dropped;
  }

  on(handler: (event: T) => unknown): this {
    requireHandler(handler);
    this.#handlers.push(handler);
    if (this.#early !== undefined) this.#readers.delete(this.#early);
    this.#early = undefined;
    return this;
  }

  close(): Promise<void> {
    this.#closing ??= this.#options.end();
    this.finish(undefined);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    const early = this.#early;
    this.#early = undefined;
    if (early !== undefined) return early;
    const reader = this.#createReader();
    if (this.#isOver) reader.end(this.#failure);
    else this.#readers.add(reader);
    return reader;
  }

  #createReader(): SubscriptionReader<T> {
    return new SubscriptionReader((left) => this.#leave(left));
  }

  /** @internal */
  confirm(): void {
    this.#resolveReady();
  }

  /** @internal Delivers one event. */
  push(event: T): void {
    if (this.#isOver) return;
    for (const handler of this.#handlers) {
      this.#call(handler, event);
      if (this.#isOver) return;
    }
    for (const reader of this.#readers) this.#enqueue(reader, event);
  }

  /** @internal Ends it, with a failure or without. */
  finish(failure: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#failure = failure;
    this.#rejectReady(failure ?? new ClosedError({ message: 'the subscription was closed' }));
    for (const reader of this.#readers) reader.end(failure);
    this.#readers.clear();
  }

  /** Who leaves the loop has no more use for it, unless handlers or other loops have. */
  #leave(reader: SubscriptionReader<T>): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0 || this.#handlers.length > 0 || this.#isOver) return;
    this.close().catch((error: unknown) => this.#options.report(error));
  }

  #call(handler: (event: T) => unknown, event: T): void {
    try {
      const result = handler(event);
      if (result instanceof Promise) result.catch((error: unknown) => this.#options.report(error));
    } catch (error) {
      this.#options.report(error);
    }
  }

  #enqueue(reader: SubscriptionReader<T>, event: T): void {
    const { capacity, lossless, keyOf } = this.#options;
    if (keyOf !== undefined && reader.replace(event, keyOf)) return;
    if (reader.behind >= capacity) {
      if (lossless) return this.#overflow(reader);
      reader.drop();
      if (capacity > 1) this.#options.onGap(++this.#dropped);
    }
    reader.push(event);
  }

  /** What is queued still comes out; then the error. The other readers go on. */
  #overflow(reader: SubscriptionReader<T>): void {
    this.#readers.delete(reader);
    const message = `an iterator was ${this.#options.capacity} events behind and has been ended; read the state anew`;
    const failure = new OverflowError({ message });
    reader.end(failure);
    // Nobody is behind who has not begun; whoever begins later is told.
    if (reader !== this.#early) this.#options.report(failure);
  }
}
