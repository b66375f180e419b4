import type { Clock, Timer } from '../../transport/clock.js';
import type { Random } from '../../transport/random.js';

/** Between what happened and its push, ms. Each queue has its own lateness: channels overtake each other, as they do live. */
const MAX_LATENESS_MS = 3;

interface Waiting<T> {
  readonly item: T;
  readonly dueAt: number;
}

/**
 * What one client is to be told about its account: things happen in the middle of a match, where nothing may be sent.
 * Keeps the order of what is told at once; what reads do not show yet waits by itself.
 */
export class PushQueue<T> {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #deliver: (items: readonly T[]) => void;
  #waiting: Waiting<T>[] = [];
  #lastDue = 0;
  #timer: Timer | undefined;

  constructor(clock: Clock, random: Random, deliver: (items: readonly T[]) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#deliver = deliver;
  }

  /** @param notBefore monotonic ms; later items do not wait for it. */
  push(item: T, notBefore = 0): void {
    const now = this.#clock.monotonic();
    if (this.#lastDue <= now) this.#lastDue = now + MAX_LATENESS_MS * this.#random.next();
    const dueAt = Math.max(this.#lastDue, notBefore);
    const after = this.#waiting.findIndex((one) => one.dueAt > dueAt);
    this.#waiting.splice(after < 0 ? this.#waiting.length : after, 0, { item, dueAt });
    this.#arm();
  }

  close(): void {
    this.#timer?.cancel();
    this.#waiting = [];
  }

  #arm(): void {
    this.#timer?.cancel();
    const first = this.#waiting[0];
    if (first === undefined) return;
    const delayMs = Math.max(0, first.dueAt - this.#clock.monotonic());
    this.#timer = this.#clock.setTimer(delayMs, this.#flush, { background: true });
  }

  readonly #flush = (): void => {
    const now = this.#clock.monotonic();
    const due = this.#waiting.filter((one) => one.dueAt <= now);
    this.#waiting = this.#waiting.filter((one) => one.dueAt > now);
    this.#arm();
    if (due.length > 0) this.#deliver(due.map(({ item }) => item));
  };
}
