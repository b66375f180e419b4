import { describe, expect, it } from 'vitest';
import { OrderBook } from '../../../src/book/order-book.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { contents, makeSnapshot, makeUpdate, type Row } from '../../unit/book/support.js';

const WINDOW = 10;

/** A venue whose market wanders and whose stream tells only of the best levels. */
class WindowedVenue {
  readonly #random: SeededRandom;
  readonly #bids = new Map<number, number>();
  readonly #asks = new Map<number, number>();
  #middle = 500;
  sequence = 1;

  constructor(random: SeededRandom) {
    this.#random = random;
    for (let i = 1; i <= 40; i++) {
      this.#bids.set(this.#middle - i, 1);
      this.#asks.set(this.#middle + i, 1);
    }
  }

  bids(depth: number): Row[] {
    return [...this.#bids].sort(([a], [b]) => b - a).slice(0, depth);
  }

  asks(depth: number): Row[] {
    return [...this.#asks].sort(([a], [b]) => a - b).slice(0, depth);
  }

  /** Changes some levels; now and then the whole market moves. */
  step(): void {
    const random = this.#random;
    this.sequence++;
    if (random.chance(0.3)) this.#middle += random.chance(0.5) ? 1 : -1;
    for (let i = 0; i < 4; i++) {
      const distance = 1 + random.int(40);
      const quantity = random.chance(0.4) ? 0 : this.sequence * 10 + i;
      put(this.#bids, this.#middle - distance, quantity);
      put(this.#asks, this.#middle + distance, quantity);
    }
    for (const price of this.#bids.keys()) if (price >= this.#middle) this.#bids.delete(price);
    for (const price of this.#asks.keys()) if (price <= this.#middle) this.#asks.delete(price);
  }
}

function put(side: Map<number, number>, price: number, quantity: number): void {
  if (quantity === 0) side.delete(price);
  else side.set(price, quantity);
}

/**
 * What the stream says of one side.
 * @param how `views`: the difference of the two windows, so a level that leaves is removed and one that enters is told.
 * `changes`: changed levels that stand in the window, and removals of levels that stood in it; a level that leaves is
 * not mentioned, and one that enters unchanged neither.
 */
function told(before: Row[], after: Row[], beforeAll: Row[], afterAll: Row[], how: 'views' | 'changes'): Row[] {
  const old = new Map(how === 'views' ? before : beforeAll);
  const rows: Row[] = after.filter(([price, quantity]) => old.get(price) !== quantity);
  const stays = new Map(how === 'views' ? after : afterAll);
  for (const [price] of before) if (!stays.has(price)) rows.push([price, 0]);
  return rows;
}

describe('OrderBook under a feed that publishes only the best levels', () => {
  it.each(['views', 'changes'] as const)('shows no level that the venue has not, and leaves none out: %s', (how) => {
    let shown = 0;
    let shrunk = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const venue = new WindowedVenue(createSeededRandom(`horizon ${seed}`));
      const book = new OrderBook(WINDOW);
      book.replace(makeSnapshot(1, venue.bids(WINDOW), venue.asks(WINDOW)), WINDOW);
      for (let step = 0; step < 60; step++) {
        const all = Number.POSITIVE_INFINITY;
        const before = [venue.bids(WINDOW), venue.asks(WINDOW), venue.bids(all), venue.asks(all)] as const;
        venue.step();
        const verdict = book.apply(
          makeUpdate({
            last: venue.sequence,
            bids: told(before[0], venue.bids(WINDOW), before[2], venue.bids(all), how),
            asks: told(before[1], venue.asks(WINDOW), before[3], venue.asks(all), how),
          }),
        );
        if (verdict === 'exhausted') break;
        const where = `seed ${seed}, step ${step}`;
        expect(verdict, where).toBe('ok');
        const { bids, asks, sequence } = contents(book);
        expect({ bids, asks, sequence }, where).toEqual({
          bids: venue.bids(bids.length),
          asks: venue.asks(asks.length),
          sequence: venue.sequence,
        });
        expect(book.reliableDepth, where).toBe(Math.min(bids.length, asks.length));
        shown += book.reliableDepth;
        if (book.reliableDepth < WINDOW) shrunk++;
      }
    }
    expect(shown).toBeGreaterThan(10_000);
    expect(shrunk).toBeGreaterThan(500);
  });
});
