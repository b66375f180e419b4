import type { SeededRandom } from '../../transport/seeded-random.js';
import { type AssetWalk, MAX_LAG_MS } from './asset-walk.js';
import type { FlowSettings } from './flow-options.js';
import { gaussian } from './gaussian.js';

/** Deviation of a venue's own noise, as a fraction of the price. */
const NOISE = 0.0002;
/** Time in which the noise forgets, ms. */
const NOISE_MEMORY_MS = 20_000;
/** Deviation of a perpetual's basis, as a fraction of the price, and the time in which it forgets, ms. */
const BASIS = 0.0003;
const BASIS_MEMORY_MS = 600_000;
/** Time in which a dislocation fades, ms. */
const DISLOCATION_MEMORY_MS = 4_000;

/** What the traders of one venue think that one market is worth: the shared price, late, with noise and dislocations. */
export class VenuePrice {
  readonly #random: SeededRandom;
  readonly #base: AssetWalk;
  readonly #quote: AssetWalk | undefined;
  readonly #startTicks: number;
  readonly #dislocationsPerMs: number;
  readonly #lagMs: number;
  #elapsedMs = 0;
  #noise = 0;
  #basis = 0;
  readonly #hasBasis: boolean;
  #dislocation = 0;

  constructor(options: {
    readonly random: SeededRandom;
    readonly base: AssetWalk;
    /** Absent = the quote asset is money: it does not move. */
    readonly quote: AssetWalk | undefined;
    readonly startTicks: number;
    readonly settings: FlowSettings;
    /** Whether it strays from the shared price slowly, as a perpetual's does. */
    readonly hasBasis?: boolean;
  }) {
    this.#hasBasis = options.hasBasis ?? false;
    this.#random = options.random;
    this.#base = options.base;
    this.#quote = options.quote;
    this.#startTicks = options.startTicks;
    this.#dislocationsPerMs = options.settings.dislocationsPerMinute / 60_000;
    this.#lagMs = options.random.int(MAX_LAG_MS / 2);
  }

  /** In whole ticks, at least 2; to be asked with rising times. */
  ticksAt(elapsedMs: number): number {
    const stepMs = Math.max(0, elapsedMs - this.#elapsedMs);
    this.#elapsedMs = elapsedMs;
    this.#moveNoise(stepMs);
    const seen = elapsedMs - this.#lagMs;
    const shared = this.#base.factorAt(seen) / (this.#quote?.factorAt(seen) ?? 1);
    return Math.max(2, Math.round(this.#startTicks * shared * (1 + this.#noise + this.#basis + this.#dislocation)));
  }

  #moveNoise(stepMs: number): void {
    const forgotten = Math.min(1, stepMs / NOISE_MEMORY_MS);
    this.#noise += -this.#noise * forgotten + NOISE * Math.sqrt(2 * forgotten) * gaussian(this.#random);
    if (this.#hasBasis) {
      const faded = Math.min(1, stepMs / BASIS_MEMORY_MS);
      this.#basis += -this.#basis * faded + BASIS * Math.sqrt(2 * faded) * gaussian(this.#random);
    }
    this.#dislocation *= Math.max(0, 1 - stepMs / DISLOCATION_MEMORY_MS);
    if (!this.#random.chance(this.#dislocationsPerMs * stepMs)) return;
    const size = 0.003 + 0.005 * this.#random.next();
    this.#dislocation = this.#random.chance(0.5) ? size : -size;
  }
}
