/**
 * Places of the numbers of a push. Where each push passes they stand as digits: a constant of a module is looked up and
 * checked at every use, and in a frame of few numbers that is a tenth of its cost.
 */
export const PLACES = {
  time: 0,
  timeMs: 1,
  /** Epoch ms of the event itself. */
  at: 2,
  first: 3,
  last: 4,
  bidPrice: 5,
  bidQuantity: 6,
  askPrice: 7,
  askQuantity: 8,
  /** 1 where the taker bought, 0 where it sold. */
  isBuy: 9,
  /** Those of the first row of a list. */
  row: {
    size: 8,
    price: 9,
    /** Epoch ms. */
    at: 10,
  },
} as const;

/** Best prices read straight from a frame; refilled by the next one. Both sides have orders. */
export class TickerView {
  readonly #numbers: Float64Array;

  /** @param numbers by their {@link PLACES}. */
  constructor(numbers: Float64Array) {
    this.#numbers = numbers;
  }

  /** Epoch ms. */
  get updatedAt(): number {
    return this.#numbers[2] as number;
  }

  get sequence(): number {
    return this.#numbers[4] as number;
  }

  get bidPrice(): number {
    return this.#numbers[5] as number;
  }

  get bidQuantity(): number {
    return this.#numbers[6] as number;
  }

  get askPrice(): number {
    return this.#numbers[7] as number;
  }

  get askQuantity(): number {
    return this.#numbers[8] as number;
  }
}

/** One trade read straight from a frame, its price and quantity in the places of the bid; refilled by the next one. */
export class TradeView {
  id = '';
  readonly #numbers: Float64Array;

  /** @param numbers by their {@link PLACES}. */
  constructor(numbers: Float64Array) {
    this.#numbers = numbers;
  }

  /** Epoch ms. */
  get matchedAt(): number {
    return this.#numbers[2] as number;
  }

  get price(): number {
    return this.#numbers[5] as number;
  }

  get quantity(): number {
    return this.#numbers[6] as number;
  }

  get isBuy(): boolean {
    return this.#numbers[9] === 1;
  }
}

/** Trades of one contract read straight from a frame, in the order of the wire; refilled by the next one. */
export class TradesView {
  count = 0;
  readonly #numbers: Float64Array;
  readonly #ids: readonly string[];

  /** @param numbers by their {@link PLACES}, eight for each row. */
  constructor(numbers: Float64Array, ids: readonly string[]) {
    this.#numbers = numbers;
    this.#ids = ids;
  }

  id(row: number): string {
    return this.#ids[row] as string;
  }

  /** Contracts, above zero where the taker bought. */
  size(row: number): number {
    return this.#numbers[8 + 8 * row] as number;
  }

  price(row: number): number {
    return this.#numbers[9 + 8 * row] as number;
  }

  /** Epoch ms. */
  matchedAt(row: number): number {
    return this.#numbers[10 + 8 * row] as number;
  }
}
