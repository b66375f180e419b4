import { onAbort } from '../transport/on-abort.js';
import type { BookStateHandler, BookUpdateHandler, LiveOrderBook, LiveOrderBookState } from './live-order-book.js';

/** The handlers of one book. One that throws or rejects is reported and stops nobody else. */
export class BookHandlers {
  readonly #report: (error: unknown) => void;
  /** Replaced, never changed, so that a handler may add or remove handlers while it runs. */
  #update: readonly BookUpdateHandler[] = [];
  #state: readonly BookStateHandler[] = [];
  /** Takes the handlers off the users' signals. */
  #leave: (() => void)[] = [];

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  add(event: 'update' | 'state', handler: BookUpdateHandler | BookStateHandler, signal: AbortSignal | undefined): void {
    if (signal?.aborted) return;
    if (event === 'update') this.#update = [...this.#update, handler as BookUpdateHandler];
    else this.#state = [...this.#state, handler as BookStateHandler];
    if (signal !== undefined) this.#leave.push(onAbort(signal, () => this.#remove(handler)));
  }

  updated(book: LiveOrderBook): void {
    const handlers = this.#update;
    for (const handler of handlers) {
      if (this.#update !== handlers && !this.#update.includes(handler)) continue;
      try {
        this.#watch(handler(book));
      } catch (error) {
        this.#report(error);
      }
    }
  }

  changed(state: LiveOrderBookState, reason: string | undefined): void {
    for (const handler of this.#state) {
      if (!this.#state.includes(handler)) continue;
      try {
        this.#watch(reason === undefined ? handler(state) : handler(state, reason));
      } catch (error) {
        this.#report(error);
      }
    }
  }

  /** Removes them all. */
  clear(): void {
    this.#update = [];
    this.#state = [];
    for (const leave of this.#leave.splice(0)) leave();
  }

  #remove(handler: BookUpdateHandler | BookStateHandler): void {
    this.#update = this.#update.filter((other) => other !== handler);
    this.#state = this.#state.filter((other) => other !== handler);
  }

  /** An async handler that rejects must not become an unhandled rejection. */
  #watch(result: unknown): void {
    if (result instanceof Promise) result.catch(this.#report);
  }
}
