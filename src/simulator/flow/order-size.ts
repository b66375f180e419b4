import type { SeededRandom } from '../../transport/seeded-random.js';
import type { MarketSpec } from '../contract.js';
import { fromUnits, unitValue } from '../units.js';

/** Typical quote value of a maker's order near the top. */
const MAKER_NOTIONAL = 1_500;
const TAKER_NOTIONAL = 900;

/** Sizes of synthetic orders: many small, few large, none below the market's minimum. */
export class OrderSize {
  readonly #random: SeededRandom;
  readonly #lotsPerNotional: number;
  readonly #minLots: number;

  constructor(spec: MarketSpec, random: SeededRandom) {
    this.#random = random;
    const value = fromUnits(unitValue(spec), spec.quantityDecimals);
    this.#lotsPerNotional = 1 / value;
    // A price may fall to a tenth of its start; the minimum value must hold there too.
    const minNotionalLots = (10 * Number(spec.minNotional)) / value;
    this.#minLots = Math.ceil(Math.max(1, Number(spec.minQuantity) * 10 ** spec.quantityDecimals, minNotionalLots));
  }

  /** @param depth 0 near the top to 1 at the end of the ladder: sizes grow with it. */
  maker(depth: number): number {
    return this.#draw(MAKER_NOTIONAL * (1 + 3 * depth));
  }

  taker(): number {
    return this.#draw(TAKER_NOTIONAL);
  }

  #draw(notional: number): number {
    const u = this.#random.next();
    // Mean 1, half of the draws below 0.55, the largest 6.4.
    const spread = 0.1 + (0.5 * u) / (1.08 - u);
    return Math.max(this.#minLots, Math.round(notional * spread * this.#lotsPerNotional));
  }
}
