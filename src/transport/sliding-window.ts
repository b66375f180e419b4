/**
 * What was spent of one budget in the last `intervalMs`. Exact: every spending is remembered until it leaves the window,
 * so a full burst is allowed and no window [t, t + intervalMs) ever holds more than the capacity. Holds at most as many
 * entries as were granted in one interval.
 */
export class SlidingWindow {
  readonly capacity: number;
  readonly intervalMs: number;
  #times: number[] = [];
  #weights: number[] = [];
  #head = 0;
  #used = 0;
  #closedUntil = Number.NEGATIVE_INFINITY;

  constructor(capacity: number, intervalMs: number) {
    this.capacity = capacity;
    this.intervalMs = intervalMs;
  }

  /** Whether `weight` fits at `now` (monotonic ms, never falling from call to call). */
  fits(weight: number, now: number): boolean {
    if (weight > 0 && now < this.#closedUntil) return false;
    this.#forget(now);
    return this.#used + weight <= this.capacity;
  }

  /** Spends `weight`; the caller has asked {@link fits} at this `now`. */
  take(weight: number, now: number): void {
    this.#times.push(now);
    this.#weights.push(weight);
    this.#used += weight;
  }

  /** The moment from which `weight` fits if nothing else is spent; `now` when it fits already. */
  readyAt(weight: number, now: number): number {
    this.#forget(now);
    let used = this.#used;
    let readyAt = weight > 0 ? Math.max(now, this.#closedUntil) : now;
    for (let at = this.#head; used + weight > this.capacity && at < this.#times.length; at++) {
      used -= this.#weights[at] as number;
      readyAt = Math.max(readyAt, (this.#times[at] as number) + this.intervalMs);
    }
    return readyAt;
  }

  /** Whether it holds nothing that a new one would not. */
  isFresh(now: number): boolean {
    this.#forget(now);
    return this.#head === this.#times.length && now >= this.#closedUntil;
  }

  /** Nothing fits before `until`; never made earlier. */
  close(until: number): void {
    if (until > this.#closedUntil) this.#closedUntil = until;
  }

  #forget(now: number): void {
    const times = this.#times;
    while (this.#head < times.length && (times[this.#head] as number) + this.intervalMs <= now) {
      this.#used -= this.#weights[this.#head++] as number;
    }
    if (this.#head === 0 || this.#head * 2 < times.length) return;
    this.#times = times.slice(this.#head);
    this.#weights = this.#weights.slice(this.#head);
    this.#head = 0;
    // Fractions may have left a rest of rounding.
    if (this.#times.length === 0) this.#used = 0;
  }
}
