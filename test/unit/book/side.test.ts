import { describe, expect, it } from 'vitest';
import { BookSide } from '../../../src/book/side.js';

const ALL = Number.POSITIVE_INFINITY;

function sideOf(kind: 'bid' | 'ask', prices: readonly number[]): BookSide {
  const side = new BookSide(kind);
  for (const price of prices) side.set(price, 1);
  return side;
}

function prices(side: BookSide): number[] {
  return side.levels(ALL).map((level) => level.price);
}

describe('BookSide', () => {
  it('puts the highest bid and the lowest ask first, whatever the order of arrival', () => {
    expect(prices(sideOf('bid', [3, 1, 5, 2, 4]))).toEqual([5, 4, 3, 2, 1]);
    expect(prices(sideOf('ask', [3, 1, 5, 2, 4]))).toEqual([1, 2, 3, 4, 5]);
  });

  it('says NaN, 0 and undefined where there is no level', () => {
    const side = new BookSide('ask');
    expect([side.count, side.bestPrice, side.bestQuantity]).toEqual([0, Number.NaN, 0]);
    side.set(7, 2);
    expect([side.at(-1), side.at(1), side.priceAt(1), side.quantityAt(-1), side.quantityAt(1)]).toEqual([
      undefined,
      undefined,
      Number.NaN,
      0,
      0,
    ]);
    expect(side.at(0)).toEqual({ price: 7, quantity: 2 });
  });

  it('replaces a quantity, removes at zero, and takes the removal of an unknown price', () => {
    const side = sideOf('bid', [10, 11]);
    side.set(11, 4);
    side.set(10, 0);
    side.set(9, 0);
    side.set(12, -0);
    expect(side.levels(ALL)).toEqual([{ price: 11, quantity: 4 }]);
  });

  it('finds levels far behind the best one', () => {
    const side = sideOf(
      'ask',
      Array.from({ length: 500 }, (_, i) => 100 + i),
    );
    side.set(450, 9);
    side.set(451.5, 8);
    side.set(452, 0);
    expect([349, 350, 351, 352, 353].map((i) => side.at(i))).toEqual([
      { price: 449, quantity: 1 },
      { price: 450, quantity: 9 },
      { price: 451, quantity: 1 },
      { price: 451.5, quantity: 8 },
      { price: 453, quantity: 1 },
    ]);
    expect(side.count).toBe(500);
  });

  it('is whole until it is truncated or cut', () => {
    const side = sideOf('bid', [5, 4, 3]);
    side.truncate(4);
    expect(side.cut).toBe(false);
    side.truncate(3);
    expect([side.cut, prices(side)]).toEqual([true, [5, 4, 3]]);
  });

  it('drops what lies beyond its horizon, on arrival too, and keeps the horizon itself', () => {
    const side = sideOf('bid', [5, 4, 3, 2]);
    side.cutAt(3);
    expect(prices(side)).toEqual([5, 4, 3]);
    side.set(2.5, 1);
    side.set(6, 1);
    side.set(3, 7);
    expect(side.levels(ALL).at(-1)).toEqual({ price: 3, quantity: 7 });
    expect(prices(side)).toEqual([6, 5, 4, 3]);
  });

  it('never widens its horizon except by clear', () => {
    const side = sideOf('ask', [1, 2, 3, 4]);
    side.truncate(2);
    side.cutAt(10);
    side.set(3, 1);
    expect(prices(side)).toEqual([1, 2]);
    side.set(1, 0);
    side.set(2, 0);
    side.set(3, 1);
    expect([side.count, side.cut]).toEqual([0, true]);
    side.clear();
    side.set(3, 1);
    expect([prices(side), side.cut]).toEqual([[3], false]);
  });
});
