/** When a topic that says nothing is taken for dead. Times in ms. */
export interface SilenceSettings {
  /** Before the pace of the topic is known. */
  readonly firstMs: number;
  /** Limit = this many mean intervals between pushes … */
  readonly meanIntervals: number;
  /** … but not below … */
  readonly floorMs: number;
  /** … and not above. */
  readonly capMs: number;
  /** Upper bound after doublings, while probes show that the market is quiet. */
  readonly quietCapMs: number;
}

export const SILENCE: SilenceSettings = {
  firstMs: 15_000,
  meanIntervals: 20,
  floorMs: 5_000,
  capMs: 60_000,
  quietCapMs: 300_000,
};

/** Intervals seen before the mean is believed. */
const LEARNED_AFTER = 8;

/** Weight of the newest interval in the mean. */
const WEIGHT = 1 / 16;

/** Learns how long one topic may be silent from the pace of its pushes. */
export class SilenceLimit {
  readonly #settings: SilenceSettings;
  #mean = 0;
  #intervals = 0;
  #heardAt = Number.NaN;
  #limit: number;

  constructor(settings: SilenceSettings) {
    this.#settings = settings;
    this.#limit = settings.firstMs;
  }

  /** Ms that may pass since the last proof. */
  get ms(): number {
    return this.#limit;
  }

  /** A push came. `now` is monotonic ms. Ends the doubling. */
  heard(now: number): void {
    const interval = now - this.#heardAt;
    this.#heardAt = now;
    if (interval >= 0) {
      this.#intervals++;
      this.#mean += (interval - this.#mean) * Math.max(WEIGHT, 1 / this.#intervals);
    }
    const { firstMs, meanIntervals, floorMs, capMs } = this.#settings;
    this.#limit =
      this.#intervals < LEARNED_AFTER ? firstMs : Math.min(capMs, Math.max(floorMs, this.#mean * meanIntervals));
  }

  /** The topic was away: the time till its next push says nothing about its pace. */
  interrupted(): void {
    this.#heardAt = Number.NaN;
  }

  /** The silence was found to be a quiet market: wait longer before asking again, until a push comes. */
  quiet(): void {
    this.#limit = Math.min(this.#settings.quietCapMs, this.#limit * 2);
  }
}
