import type { SeededRandom } from '../../src/transport/seeded-random.js';

/** A level as decimal texts; quantity `'0'` removes it. */
export type TextLevel = readonly [price: string, quantity: string];

export interface TextBook {
  readonly sequence: number;
  /** Best first. */
  readonly bids: readonly TextLevel[];
  readonly asks: readonly TextLevel[];
}

export interface TextChange {
  readonly first: number;
  readonly last: number;
  readonly bids: readonly TextLevel[];
  readonly asks: readonly TextLevel[];
}

/** Distance of changes from the best price, mean, levels. */
const REACH = 8;
const MAX_LEVELS = 40;

/** One order book that lives on a ladder of ticks and tells its changes as a venue does. Never crossed, seldom thin. */
export class BookWalk {
  readonly #random: SeededRandom;
  readonly #depth: number;
  /** Price of the highest bid slot, in hundredths. */
  readonly #middle: number;
  /** Quantity by slot (0 = at the middle), in millionths; 0 = nothing there. */
  readonly #bids: number[];
  readonly #asks: number[];
  #sequence: number;

  /** @param depth slots per side, all of them taken at the start. */
  constructor(random: SeededRandom, depth: number) {
    this.#random = random;
    this.#depth = depth;
    this.#middle = depth * 2 + random.int(10_000_000);
    this.#sequence = 48_776_301 + random.int(1_000_000_000);
    this.#bids = Array.from({ length: depth }, () => this.#quantity());
    this.#asks = Array.from({ length: depth }, () => this.#quantity());
  }

  book(): TextBook {
    return { sequence: this.#sequence, bids: this.#levels(this.#bids, -1), asks: this.#levels(this.#asks, 1) };
  }

  /** The next change: 1 to 40 levels, small ones far more often than large ones. */
  change(count = 1 + Math.floor((MAX_LEVELS - 1) * this.#random.next() ** 3)): TextChange {
    const slots = { bids: new Set<number>(), asks: new Set<number>() };
    for (let at = 0; at < count; at++) slots[this.#random.chance(0.5) ? 'bids' : 'asks'].add(this.#slot());
    const bids = [...slots.bids].sort((a, b) => a - b).map((slot) => this.#touch(this.#bids, slot, -1));
    const asks = [...slots.asks].sort((a, b) => a - b).map((slot) => this.#touch(this.#asks, slot, 1));
    const first = this.#sequence + 1;
    this.#sequence += 1 + this.#random.int(12);
    return { first, last: this.#sequence, bids, asks };
  }

  best(): { readonly bid: TextLevel; readonly ask: TextLevel } {
    const [bid] = this.#levels(this.#bids, -1);
    const [ask] = this.#levels(this.#asks, 1);
    if (bid === undefined || ask === undefined) throw new RangeError('a side ran empty');
    return { bid, ask };
  }

  /** A price and quantity somebody trades at. */
  trade(): TextLevel {
    return [print(this.#middle + this.#random.int(3) - 1, 2), print(this.#quantity(), 6)];
  }

  #slot(): number {
    return Math.min(this.#depth - 1, Math.floor(-Math.log(1 - this.#random.next()) * REACH));
  }

  #touch(side: number[], slot: number, direction: 1 | -1): TextLevel {
    const removed = side[slot] !== 0 && this.#random.chance(0.3);
    side[slot] = removed ? 0 : this.#quantity();
    return this.#level(side, slot, direction);
  }

  #levels(side: readonly number[], direction: 1 | -1): TextLevel[] {
    return side.flatMap((quantity, slot) => (quantity === 0 ? [] : [this.#level(side, slot, direction)]));
  }

  #level(side: readonly number[], slot: number, direction: 1 | -1): TextLevel {
    return [print(this.#middle + direction * (slot + 1), 2), print(side[slot] as number, 6)];
  }

  #quantity(): number {
    return 1 + Math.floor(50_000_000 * this.#random.next() ** 4);
  }
}

/** Whole units as decimal text without zeros at the end: `(6499990, 2)` → `'64999.9'`. */
function print(units: number, decimals: number): string {
  const digits = String(units).padStart(decimals + 1, '0');
  const whole = digits.slice(0, -decimals);
  const rest = digits.slice(-decimals).replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}
