import type { Clock, Timer } from '../../transport/clock.js';
import type { Random } from '../../transport/random.js';

/** One way of a socket in the air, ms. */
const MIN_LATENCY_MS = 1;
const LATENCY_RANGE_MS = 4;

/**
 * Carries items one way in order, each 1 to 5 ms late. One timer for all that is on the way; an item that follows
 * closely travels with the one before it.
 */
export class Lane<T> {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #deliver: (item: T) => void;
  #items: T[] = [];
  #dueAt: number[] = [];
  #timer: Timer | undefined;
  #running = false;

  constructor(clock: Clock, random: Random, deliver: (item: T) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#deliver = deliver;
  }

  push(item: T): void {
    const now = this.#clock.monotonic();
    const lastDue = this.#dueAt.at(-1) ?? 0;
    const joins = lastDue >= now + MIN_LATENCY_MS;
    this.#items.push(item);
    this.#dueAt.push(joins ? lastDue : now + MIN_LATENCY_MS + LATENCY_RANGE_MS * this.#random.next());
    if (!this.#running) this.#arm();
  }

  /** Drops what is on the way. */
  clear(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#items = [];
    this.#dueAt = [];
  }

  #arm(): void {
    const [first] = this.#dueAt;
    if (first === undefined || this.#timer !== undefined) return;
    this.#timer = this.#clock.setTimer(first - this.#clock.monotonic(), () => this.#run());
  }

  /** One by one: a receiver may drop the rest, and what he throws must not lose it. */
  #run(): void {
    this.#timer = undefined;
    this.#running = true;
    const now = this.#clock.monotonic();
    try {
      while (this.#dueAt.length > 0 && this.#dueAt[0]! <= now) {
        this.#dueAt.shift();
        this.#deliver(this.#items.shift() as T);
      }
    } finally {
      this.#running = false;
      this.#arm();
    }
  }
}
