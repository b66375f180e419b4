import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Journal } from '../../../src/simulator/journal.js';
import { Ring } from '../../../src/simulator/ring.js';

describe('Ring', () => {
  it('keeps exactly the newest items in order, whatever the size and the number asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.nat(40),
        fc.integer({ min: -5, max: 45 }),
        (limit, count, from) => {
          const ring = new Ring<number>(limit);
          const all: number[] = [];
          for (let i = 0; i < count; i++) {
            ring.push(i);
            all.push(i);
          }
          const kept = all.slice(Math.max(0, count - limit));
          expect({ total: ring.total, oldest: ring.oldest, items: ring.from(from) }).toEqual({
            total: count,
            oldest: count - kept.length,
            items: kept.filter((item) => item >= from),
          });
        },
      ),
    );
  });
});

describe('Journal', () => {
  it('numbers changes without gaps from its start and forgets the oldest beyond its limit', () => {
    const journal = new Journal(1_000, 2);
    expect([journal.sequence, journal.reach]).toEqual([1_000, 1_000]);
    journal.push('bid', 5, 1, 0, 10);
    journal.push('ask', 7, 2, 0, 11);
    journal.push('bid', 5, 0, 1, 12);
    expect([journal.sequence, journal.reach]).toEqual([1_003, 1_001]);
    expect(journal.since(1_000)).toEqual([
      { sequence: 1_002, side: 'ask', priceTicks: 7, lots: 2, previousLots: 0, at: 11 },
      { sequence: 1_003, side: 'bid', priceTicks: 5, lots: 0, previousLots: 1, at: 12 },
    ]);
    expect(journal.since(1_003)).toEqual([]);
  });
});
