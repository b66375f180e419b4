import { type Clock, settle, type Timer } from '../clock.js';

/** What is bounded. */
export interface Bounded {
  readonly timeoutMs: number;
  /** Monotonic ms. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  timeOut(): void;
  abort(): void;
}

/**
 * Bounds exchanges by their deadlines and signals, all with one timer, which runs only while one of them is open, and one
 * listener for each signal, which stays: most exchanges share theirs. They are bounded from the next turn on: what writes at the
 * end of this one is not held up.
 */
export class ExchangeWatch<E extends Bounded> {
  readonly #clock: Clock;
  readonly #open = new Set<E>();
  /** Signals that are listened to. */
  readonly #heard = new WeakSet<AbortSignal>();
  #lastHeard: AbortSignal | undefined;
  #fresh: E[] = [];
  #timer: Timer | undefined;
  #dueAt = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(exchange: E): void {
    this.#open.add(exchange);
    if (this.#fresh.push(exchange) === 1) void settle().then(this.#begin);
  }

  /** It is over. Idempotent. */
  remove(exchange: E): void {
    this.#open.delete(exchange);
    if (this.#open.size === 0) this.#rest();
  }

  readonly #begin = (): void => {
    const fresh = this.#fresh;
    this.#fresh = [];
    const now = this.#clock.monotonic();
    let dueAt = this.#dueAt;
    for (const exchange of fresh) {
      if (!this.#open.has(exchange)) continue;
      const { signal, deadline } = exchange;
      if (signal?.aborted) exchange.abort();
      else if (deadline <= now) exchange.timeOut();
      else {
        if (signal !== undefined && signal !== this.#lastHeard) this.#hear(signal);
        dueAt = Math.min(dueAt, deadline);
      }
    }
    if (this.#open.size > 0 && dueAt < this.#dueAt) this.#arm(dueAt);
  };

  #hear(signal: AbortSignal): void {
    this.#lastHeard = signal;
    if (this.#heard.has(signal)) return;
    this.#heard.add(signal);
    signal.addEventListener('abort', () => this.#abortAll(), { once: true });
  }

  #abortAll(): void {
    for (const exchange of this.#open) if (exchange.signal?.aborted) exchange.abort();
  }

  #arm(dueAt: number): void {
    this.#timer?.cancel();
    this.#dueAt = dueAt;
    this.#timer = this.#clock.setTimer(dueAt - this.#clock.monotonic(), () => this.#check());
  }

  /** Times out who is due; most that the timer was set for are over by now. */
  #check(): void {
    this.#rest();
    const now = this.#clock.monotonic();
    let dueAt = Number.POSITIVE_INFINITY;
    for (const exchange of this.#open) {
      if (exchange.deadline <= now) exchange.timeOut();
      else dueAt = Math.min(dueAt, exchange.deadline);
    }
    if (dueAt < Number.POSITIVE_INFINITY) this.#arm(dueAt);
  }

  #rest(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#dueAt = Number.POSITIVE_INFINITY;
  }
}
