import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BookSide } from '../../../src/book/side.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';

/** The side as anybody would write it: a map, sorted when it is read. */
class Model {
  readonly #sign: number;
  #levels = new Map<number, number>();
  #horizon = Number.NEGATIVE_INFINITY;

  constructor(kind: 'bid' | 'ask') {
    this.#sign = kind === 'bid' ? 1 : -1;
  }

  set(price: number, quantity: number): void {
    if (quantity === 0) this.#levels.delete(price);
    else if (price * this.#sign >= this.#horizon) this.#levels.set(price, quantity);
  }

  truncate(depth: number): void {
    const sorted = this.sorted();
    if (sorted.length >= depth) this.cutAt((sorted[depth - 1] as [number, number])[0]);
  }

  cutAt(price: number): void {
    this.#horizon = Math.max(this.#horizon, price * this.#sign);
    this.#levels = new Map([...this.#levels].filter(([other]) => other * this.#sign >= this.#horizon));
  }

  clear(): void {
    this.#levels.clear();
    this.#horizon = Number.NEGATIVE_INFINITY;
  }

  sorted(): [number, number][] {
    return [...this.#levels].sort(([a], [b]) => (b - a) * this.#sign);
  }
}

function rows(side: BookSide): [number, number][] {
  return side.levels(Number.POSITIVE_INFINITY).map(({ price, quantity }) => [price, quantity]);
}

describe('BookSide against a map', () => {
  it.each(['bid', 'ask'] as const)('agrees after every one of few operations of all kinds: %s', (kind) => {
    const price = fc.integer({ min: 1, max: 40 }).map((ticks) => ticks * 0.1);
    const operation = fc.oneof(
      { weight: 12, arbitrary: fc.tuple(fc.constant('set' as const), price, fc.integer({ min: 0, max: 3 })) },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constant('truncate' as const), fc.integer({ min: 1, max: 20 }), fc.constant(0)),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constant('cutAt' as const), price, fc.constant(0)) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('clear' as const), fc.constant(0), fc.constant(0)) },
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 120 }), (operations) => {
        const side = new BookSide(kind);
        const model = new Model(kind);
        for (const [name, value, quantity] of operations) {
          for (const it of [side, model]) {
            if (name === 'set') it.set(value, quantity);
            else if (name === 'clear') it.clear();
            else it[name](value);
          }
          const expected = model.sorted();
          expect(rows(side)).toEqual(expected);
          expect([side.bestPrice, side.bestQuantity]).toEqual(expected[0] ?? [Number.NaN, 0]);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each(['bid', 'ask'] as const)('agrees after 100,000 changes of a book of 3,000 prices: %s', (kind) => {
    const seed = `side ${kind} 1`;
    const random = createSeededRandom(seed);
    const side = new BookSide(kind);
    const model = new Model(kind);
    let largest = 0;
    for (let step = 0; step < 100_000; step++) {
      const price = (1 + random.int(random.chance(0.5) ? 30 : 3_000)) * 0.01;
      const quantity = random.chance(0.4) ? 0 : 1 + random.int(9);
      side.set(price, quantity);
      model.set(price, quantity);
      largest = Math.max(largest, side.count);
      if (step % 500 === 0) expect(rows(side), `seed ${seed}, step ${step}`).toEqual(model.sorted());
    }
    expect(rows(side), `seed ${seed}`).toEqual(model.sorted());
    expect(largest).toBeGreaterThan(1_000);
  });
});
