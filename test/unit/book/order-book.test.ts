import { describe, expect, it } from 'vitest';
import { OrderBook } from '../../../src/book/order-book.js';
import { contents, makeSnapshot, makeUpdate, type Row } from './support.js';

const ALL = Number.POSITIVE_INFINITY;
const bids: readonly Row[] = [
  [99, 1],
  [98, 2],
  [97, 3],
];
const asks: readonly Row[] = [
  [101, 1],
  [102, 2],
  [103, 3],
];

function bookOf(publishedDepth = ALL, truncatedAt = ALL): OrderBook {
  const book = new OrderBook(publishedDepth);
  expect(book.replace(makeSnapshot(10, bids, asks), truncatedAt)).toBe('ok');
  return book;
}

describe('OrderBook', () => {
  it('holds the snapshot, then the changes, with their sequence and time', () => {
    const book = bookOf();
    expect(contents(book)).toEqual({ bids, asks, sequence: 10 });
    const change = makeUpdate({
      first: 11,
      last: 12,
      time: 1700,
      bids: [
        [98, 0],
        [98.5, 4],
      ],
      asks: [[101, 9]],
    });
    expect(book.apply(change)).toBe('ok');
    expect(contents(book)).toEqual({
      bids: [
        [99, 1],
        [98.5, 4],
        [97, 3],
      ],
      asks: [
        [101, 9],
        [102, 2],
        [103, 3],
      ],
      sequence: 12,
    });
    expect(book.venueTime).toBe(1700);
  });

  it('is replaced whole by a later snapshot, horizon included', () => {
    const book = bookOf(ALL, 3);
    expect(
      book.replace(
        makeSnapshot(
          20,
          [[50, 1]],
          [
            [60, 1],
            [61, 1],
          ],
        ),
        3,
      ),
    ).toBe('ok');
    expect(contents(book)).toEqual({
      bids: [[50, 1]],
      asks: [
        [60, 1],
        [61, 1],
      ],
      sequence: 20,
    });
    expect([book.bids.cut, book.asks.cut]).toEqual([false, false]);
  });

  it('may be empty on one side or on both', () => {
    const book = new OrderBook(5);
    expect(book.replace(makeSnapshot(1, [], []), 5)).toBe('ok');
    expect(book.replace(makeSnapshot(2, [[1, 1]], []), 5)).toBe('ok');
    expect(book.apply(makeUpdate({ last: 3, bids: [[1, 0]] }))).toBe('ok');
    expect(contents(book)).toEqual({ bids: [], asks: [], sequence: 3 });
  });

  it.each([
    ['crossed', { bids: [[102, 1]] }],
    ['crossed', { asks: [[99, 1]] }],
    ['price', { bids: [[Number.NaN, 1]] }],
    ['price', { asks: [[0, 1]] }],
    ['price', { asks: [[-5, 1]] }],
    ['price', { bids: [[Number.POSITIVE_INFINITY, 1]] }],
    ['quantity', { bids: [[98, Number.NaN]] }],
    ['quantity', { asks: [[104, -1]] }],
    ['quantity', { asks: [[104, Number.POSITIVE_INFINITY]] }],
  ] as const)('finds a change that makes it impossible: %s', (verdict, parts) => {
    expect(bookOf().apply(makeUpdate({ last: 11, ...parts }))).toBe(verdict);
  });

  it.each([
    ['crossed', [[101, 1]], [[101, 1]]],
    [
      'unsorted',
      [
        [98, 1],
        [99, 1],
      ],
      [],
    ],
    [
      'unsorted',
      [],
      [
        [102, 1],
        [101, 1],
      ],
    ],
    [
      'unsorted',
      [
        [98, 1],
        [98, 2],
      ],
      [],
    ],
    [
      'price',
      [
        [99, 1],
        [Number.NaN, 1],
      ],
      [],
    ],
    ['price', [], [[-1, 1]]],
    ['quantity', [[99, Number.NaN]], []],
  ] as const)('finds a whole book that is impossible: %s', (verdict, ...sides) => {
    const [bidRows, askRows] = sides as unknown as [Row[], Row[]];
    expect(new OrderBook(ALL).replace(makeSnapshot(1, bidRows, askRows), ALL)).toBe(verdict);
  });

  it('knows nothing beyond the worst level of a snapshot that was cut', () => {
    const book = bookOf(ALL, 3);
    expect(
      book.apply(
        makeUpdate({
          last: 11,
          bids: [
            [96, 5],
            [97, 4],
          ],
          asks: [
            [104, 5],
            [102.5, 6],
          ],
        }),
      ),
    ).toBe('ok');
    expect(contents(book)).toEqual({
      bids: [
        [99, 1],
        [98, 2],
        [97, 4],
      ],
      asks: [
        [101, 1],
        [102, 2],
        [102.5, 6],
        [103, 3],
      ],
      sequence: 11,
    });
  });

  it('is exhausted when every known level of a cut side is gone', () => {
    const gone: readonly Row[] = [
      [99, 0],
      [98, 0],
      [97, 0],
    ];
    expect(bookOf(ALL, 3).apply(makeUpdate({ last: 11, bids: gone }))).toBe('exhausted');
    expect(bookOf().apply(makeUpdate({ last: 11, bids: gone }))).toBe('ok');
  });

  it('keeps no more than the feed publishes, and does not show again what may have changed unseen', () => {
    const book = bookOf(3);
    expect(book.apply(makeUpdate({ last: 11, bids: [[100, 1]] }))).toBe('ok');
    expect(contents(book).bids).toEqual([
      [100, 1],
      [99, 1],
      [98, 2],
    ]);
    expect(
      book.apply(
        makeUpdate({
          last: 12,
          bids: [
            [100, 0],
            [97, 7],
          ],
        }),
      ),
    ).toBe('ok');
    expect(contents(book).bids).toEqual([
      [99, 1],
      [98, 2],
    ]);
  });

  it('does not trim a crossing away', () => {
    expect(bookOf(3).apply(makeUpdate({ last: 11, bids: [[104, 1]], asks: [[104, 1]] }))).toBe('crossed');
  });

  it('limits the reliable depth by cut sides only', () => {
    const whole = bookOf();
    expect([whole.reliableDepth, whole.cutDepth]).toEqual([3, ALL]);
    const mixed = new OrderBook(ALL);
    mixed.replace(makeSnapshot(1, [[99, 1]], asks), 3);
    expect([mixed.reliableDepth, mixed.cutDepth]).toEqual([3, 3]);
    const cut = bookOf(ALL, 3);
    cut.apply(makeUpdate({ last: 11, bids: [[98, 0]], asks: [[101.5, 1]] }));
    expect(cut.reliableDepth).toBe(2);
  });
});
