/** What is later than the quickest by less has not waited anywhere, ms. */
const MOST_MS = 1_000;

/**
 * Learns how long the pushes of one topic are on their way, and tells those that have waited. By the least that was seen
 * from the venue's time of a push to its arrival by our monotonic clock: how far the clocks are apart does not matter.
 */
export class PushLag {
  #least = Number.POSITIVE_INFINITY;

  /** A push that is known to be timely. @param now monotonic ms. @param venueTime epoch ms by the venue; `NaN`: it says none. */
  learn(now: number, venueTime: number): void {
    const lag = now - venueTime;
    if (lag < this.#least) this.#least = lag;
  }

  /** Whether a push came much later than the quickest did; also when nobody can tell yet. Without a time it is not. */
  isLate(now: number, venueTime: number): boolean {
    if (this.#least === Number.POSITIVE_INFINITY) return !Number.isNaN(venueTime);
    return now - venueTime > this.#least + MOST_MS;
  }
}
