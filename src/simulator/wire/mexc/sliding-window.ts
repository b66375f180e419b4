/**
 * Sum of weights within the last `windowMs`, exact. Memory: one entry per counted event of the window. The venue meters
 * with code of its own, so that a mistake in a client's limiter shows.
 */
export class SlidingWindow {
  readonly #windowMs: number;
  readonly #times: number[] = [];
  readonly #weights: number[] = [];
  #total = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** @param now monotonic ms. */
  total(now: number): number {
    let gone = 0;
    while (gone < this.#times.length && this.#times[gone]! <= now - this.#windowMs)
      this.#total -= this.#weights[gone++]!;
    if (gone > 0) {
      this.#times.splice(0, gone);
      this.#weights.splice(0, gone);
    }
    return this.#total;
  }

  add(now: number, weight: number): void {
    this.#times.push(now);
    this.#weights.push(weight);
    this.#total += weight;
  }

  /** Ms until at least `weight` has left the window; 0 when nothing is in it. */
  msUntilFreed(now: number, weight: number): number {
    let freed = 0;
    for (let i = 0; i < this.#times.length; i++) {
      freed += this.#weights[i]!;
      if (freed >= weight) return Math.max(0, this.#times[i]! + this.#windowMs - now);
    }
    return 0;
  }
}
