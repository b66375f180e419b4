import type { SeededRandom } from '../../transport/seeded-random.js';
import { gaussian } from './gaussian.js';

const STEP_MS = 100;
/** So many steps of the past are kept for venues that lag behind. */
const KEPT_STEPS = 32;

/** The furthest that a venue may lag, ms. */
export const MAX_LAG_MS = (KEPT_STEPS - 1) * STEP_MS;

/**
 * What one asset is worth, shared by all venues: a random walk on a grid of 100 ms with bursts of higher volatility. It
 * depends on the seed and the time only, not on who asks or how often.
 */
export class AssetWalk {
  readonly #random: SeededRandom;
  readonly #stepDeviation: number;
  readonly #recent: number[] = new Array(KEPT_STEPS).fill(1);
  #step = 0;
  #factor = 1;
  #burstSteps = 0;

  /** @param volatilityBps deviation over one second. */
  constructor(random: SeededRandom, volatilityBps: number) {
    this.#random = random;
    this.#stepDeviation = (volatilityBps / 10_000) * Math.sqrt(STEP_MS / 1_000);
  }

  /** Value over the value at the start, `elapsedMs` after it; no further back than {@link MAX_LAG_MS} behind the newest. */
  factorAt(elapsedMs: number): number {
    const step = Math.max(0, Math.floor(elapsedMs / STEP_MS));
    while (this.#step < step) this.#advance();
    return this.#recent[Math.max(step, this.#step - KEPT_STEPS + 1) % KEPT_STEPS]!;
  }

  #advance(): void {
    if (this.#burstSteps > 0) this.#burstSteps--;
    else if (this.#random.chance(0.003)) this.#burstSteps = 10 + this.#random.int(20);
    const deviation = this.#burstSteps > 0 ? 4 * this.#stepDeviation : this.#stepDeviation;
    // Held within a factor of ten either way, so that no price runs into zero or out of the safe integers.
    this.#factor = Math.min(10, Math.max(0.1, this.#factor * (1 + deviation * gaussian(this.#random))));
    this.#step++;
    this.#recent[this.#step % KEPT_STEPS] = this.#factor;
  }
}
