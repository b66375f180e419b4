import type { Clock } from '../transport/clock.js';

/** The best of so many probes counts: the one with the shortest round trip says least wrong. */
const PROBES = 3;
/** What is less off is not refused for it by any venue, ms. */
const TOLERANCE_MS = 500;

/**
 * So far a clock may be off and nobody tells, ms: a time stamp that is off by up to a minute is one that venues take. What is
 * listed by the venue's time is read from so long before, and up to so long after what we know of it.
 */
export const UNNOTICED_MS = 60_000;

/** A moment by two clocks: epoch ms by the venue's as it was known then, and monotonic ms. */
export interface Moment {
  readonly at: number;
  readonly monotonic: number;
}

/**
 * Knows the venue's clock as an offset from our monotonic one, so that steps of the wall clock change nothing. What is left,
 * drift and suspended time, shows as a refused time stamp and is mended then.
 */
export class ClockSync {
  readonly #clock: Clock;
  readonly #ask: () => Promise<number>;
  /** Venue time at monotonic zero, epoch ms; unknown before the first answer. */
  #zero: number | undefined;
  #running: Promise<void> | undefined;

  /** @param ask what the venue's clock shows, epoch ms. */
  constructor(clock: Clock, ask: () => Promise<number>) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Epoch ms by the venue's clock, as far as it is known. */
  now(): number {
    return Math.round(this.#zero === undefined ? this.#clock.now() : this.#zero + this.#clock.monotonic());
  }

  /** What has to be added to our wall clock, ms. */
  get offsetMs(): number {
    return this.now() - Math.round(this.#clock.now());
  }

  /** Asks once. */
  async probe(): Promise<number> {
    const { time } = await this.#measure();
    return time;
  }

  /** Whether {@link ClockSync.ready} has nothing to wait for. */
  get isKnown(): boolean {
    return this.#zero !== undefined;
  }

  /** Resolves when the clock is known; asks at most once. @throws what asking throws. */
  async ready(): Promise<void> {
    if (this.#zero === undefined) await this.sync();
  }

  /** Venue time at monotonic zero, epoch ms, as far as it is known: what stands still while the clock is right. */
  get zero(): number {
    return this.now() - this.#clock.monotonic();
  }

  moment(): Moment {
    return { at: this.now(), monotonic: this.#clock.monotonic() };
  }

  /** When that was by the venue's clock, epoch ms; the earlier time, where the clock is known better by now. */
  earliest({ at, monotonic }: Moment): number {
    return Math.min(at, Math.round(this.zero + monotonic));
  }

  /** Whether the clock was off when {@link ClockSync.zero} was that; asks anew unless it shows. `undefined`: nobody can tell. */
  async wasOff(zero: number): Promise<boolean | undefined> {
    const isOff = (): boolean => Math.abs(this.zero - zero) > TOLERANCE_MS;
    return isOff() || this.sync().then(isOff, () => undefined);
  }

  /** Asks several times; calls at the same time share the answer. @throws what asking throws. */
  sync(): Promise<void> {
    this.#running ??= this.#probeAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #probeAll(): Promise<void> {
    let shortest = Number.POSITIVE_INFINITY;
    let zero: number | undefined;
    for (let i = 0; i < PROBES; i++) {
      const probe = await this.#measure();
      if (probe.roundTripMs >= shortest) continue;
      shortest = probe.roundTripMs;
      zero = probe.zero;
    }
    this.#zero = zero;
  }

  async #measure(): Promise<{ time: number; roundTripMs: number; zero: number }> {
    const startedAt = this.#clock.monotonic();
    const time = await this.#ask();
    const roundTripMs = this.#clock.monotonic() - startedAt;
    const zero = time - (startedAt + roundTripMs / 2);
    this.#zero = zero;
    return { time, roundTripMs, zero };
  }
}
