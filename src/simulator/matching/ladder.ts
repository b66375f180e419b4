import type { TrueLevel } from '../contract.js';
import { createPriceLevel, type PriceLevel } from './price-level.js';

/** The levels of one side, sorted; the best is the last, so that changes near the top move little. */
export class Ladder {
  readonly #levels: PriceLevel[] = [];
  /** 1 for bids, -1 for asks: `sign × price` rises towards the best. */
  readonly #sign: 1 | -1;

  constructor(side: 'bid' | 'ask') {
    this.#sign = side === 'bid' ? 1 : -1;
  }

  get size(): number {
    return this.#levels.length;
  }

  get best(): PriceLevel | undefined {
    return this.#levels[this.#levels.length - 1];
  }

  get worst(): PriceLevel | undefined {
    return this.#levels[0];
  }

  /** The level `rank` places behind the best; 0 is the best. */
  at(rank: number): PriceLevel | undefined {
    return this.#levels[this.#levels.length - 1 - rank];
  }

  find(priceTicks: number): PriceLevel | undefined {
    const level = this.#levels[this.#indexOf(priceTicks)];
    return level?.priceTicks === priceTicks ? level : undefined;
  }

  findOrAdd(priceTicks: number): PriceLevel {
    const index = this.#indexOf(priceTicks);
    const found = this.#levels[index];
    if (found?.priceTicks === priceTicks) return found;
    const level = createPriceLevel(priceTicks);
    if (index === this.#levels.length) this.#levels.push(level);
    else this.#levels.splice(index, 0, level);
    return level;
  }

  remove(level: PriceLevel): void {
    if (this.best === level) this.#levels.pop();
    else this.#levels.splice(this.#indexOf(level.priceTicks), 1);
  }

  /** A copy, best first. */
  copy(depth: number): TrueLevel[] {
    const count = Math.min(depth, this.#levels.length);
    const copy: TrueLevel[] = new Array(count);
    for (let rank = 0; rank < count; rank++) {
      const { priceTicks, lots } = this.#levels[this.#levels.length - 1 - rank]!;
      copy[rank] = { priceTicks, lots };
    }
    return copy;
  }

  /** Index of the level at this price, or where it belongs. */
  #indexOf(priceTicks: number): number {
    const key = this.#sign * priceTicks;
    let low = 0;
    let high = this.#levels.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#sign * this.#levels[middle]!.priceTicks < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
