import type { Clock } from '../transport/clock.js';

/** The best of so many probes counts: the one with the shortest round trip says least wrong. */
const PROBES = 3;

/** Knows the venue's clock as an offset from ours. Wall-clock steps of ours show as a refused time stamp and are mended then. */
export class ClockSync {
  readonly #clock: Clock;
  readonly #ask: () => Promise<number>;
  #offsetMs = 0;
  #isKnown = false;
  #running: Promise<void> | undefined;

  /** @param ask what the venue's clock shows, epoch ms. */
  constructor(clock: Clock, ask: () => Promise<number>) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** Epoch ms by the venue's clock, as far as it is known. */
  now(): number {
    return Math.round(this.#clock.now() + this.#offsetMs);
  }

  /** What has to be added to our clock, ms. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Asks once. */
  async probe(): Promise<number> {
    const { time } = await this.#measure();
    return time;
  }

  /** Resolves when the clock is known; asks at most once. @throws what asking throws. */
  async ready(): Promise<void> {
    if (!this.#isKnown) await this.sync();
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
    let offsetMs = 0;
    for (let i = 0; i < PROBES; i++) {
      const probe = await this.#measure();
      if (probe.roundTripMs >= shortest) continue;
      shortest = probe.roundTripMs;
      offsetMs = probe.offsetMs;
    }
    this.#offsetMs = offsetMs;
  }

  async #measure(): Promise<{ time: number; roundTripMs: number; offsetMs: number }> {
    const sentAt = this.#clock.now();
    const startedAt = this.#clock.monotonic();
    const time = await this.#ask();
    const roundTripMs = this.#clock.monotonic() - startedAt;
    const offsetMs = time - (sentAt + roundTripMs / 2);
    this.#offsetMs = offsetMs;
    this.#isKnown = true;
    return { time, roundTripMs, offsetMs };
  }
}
