import { describe, expect, it } from 'vitest';
import { StaleBookError, ValidationError } from '../../../src/errors/kinds.js';
import type { Side } from '../../../src/model/side.js';
import { FakeVenue } from './fake-venue.js';
import type { Row } from './support.js';

async function liveWith(bids: readonly Row[], asks: readonly Row[]): Promise<FakeVenue> {
  const venue = new FakeVenue().open();
  venue.listener.confirmed(1);
  venue.push({ last: 10 });
  await venue.request.answer(10, bids, asks);
  return venue;
}

const bids: readonly Row[] = [
  [99, 1],
  [98, 2],
  [97, 4],
];
const asks: readonly Row[] = [
  [101, 1],
  [103, 3],
];

describe('reading a live book', () => {
  it('gives the best prices, the spread and the middle', async () => {
    const { book } = await liveWith(bids, asks);
    expect([book.symbol, book.bestBid, book.bestAsk, book.spread, book.mid, book.reliableDepth]).toEqual([
      'BTC/USDT',
      { price: 99, quantity: 1 },
      { price: 101, quantity: 1 },
      2,
      100,
      3,
    ]);
  });

  it('gives out the same level again until it changes', async () => {
    const venue = await liveWith(bids, asks);
    const { bestBid } = venue.book;
    expect(venue.book.bestBid).toBe(bestBid);
    venue.push({ last: 11, bids: [[99, 7]] });
    expect([venue.book.bestBid, bestBid]).toEqual([
      { price: 99, quantity: 7 },
      { price: 99, quantity: 1 },
    ]);
  });

  it('has no best price, spread or middle where a side is empty', async () => {
    const { book } = await liveWith([], asks);
    expect([book.bestBid, book.bestAsk?.price, book.spread, book.mid]).toEqual([undefined, 101, undefined, undefined]);
  });

  it('copies the best levels, all of them unless told how many', async () => {
    const { book } = await liveWith(bids, asks);
    const prices = (depth?: number) => {
      const snapshot = book.snapshot(depth);
      return [snapshot.bids.map((level) => level.price), snapshot.asks.map((level) => level.price)];
    };
    expect([prices(), prices(1), prices(3)]).toEqual([
      [
        [99, 98, 97],
        [101, 103],
      ],
      [[99], [101]],
      [
        [99, 98, 97],
        [101, 103],
      ],
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '5'])('refuses the depth %s', async (depth) => {
    const { book } = await liveWith(bids, asks);
    const error = new ValidationError({ field: 'depth', expected: 'a whole number above zero', received: depth });
    expect(() => book.snapshot(depth as number)).toThrow(error);
  });

  it('refuses a snapshot before it is live', () => {
    const { book } = new FakeVenue().open();
    expect(() => book.snapshot()).toThrow(StaleBookError);
    expect([book.bestBid, book.bestAsk, book.reliableDepth, book.priceFor('buy', 1)]).toEqual([
      undefined,
      undefined,
      0,
      undefined,
    ]);
  });
});

describe('priceFor', () => {
  it.each([
    ['buy', 1, { averagePrice: 101, worstPrice: 101, quantity: 1 }],
    ['buy', 2, { averagePrice: 102, worstPrice: 103, quantity: 2 }],
    ['buy', 4, { averagePrice: 102.5, worstPrice: 103, quantity: 4 }],
    ['buy', 4.001, undefined],
    ['sell', 0.5, { averagePrice: 99, worstPrice: 99, quantity: 0.5 }],
    ['sell', 5, { averagePrice: 97.8, worstPrice: 97, quantity: 5 }],
    ['sell', 8, undefined],
  ] as const)('walks the other side of the book: %s %s', async (side, quantity, expected) => {
    const { book } = await liveWith(bids, asks);
    expect(book.priceFor(side, quantity)).toEqual(expected);
  });

  it('does not need another level because sums of doubles are inexact', async () => {
    const { book } = await liveWith(
      [],
      [
        [0.3, 0.7],
        [0.4, 0.1],
        [0.5, 9],
      ],
    );
    expect(book.priceFor('buy', 0.8)?.worstPrice).toBe(0.4);
    expect(book.priceFor('buy', 0.1)).toEqual({ averagePrice: 0.3, worstPrice: 0.3, quantity: 0.1 });
  });

  it.each([
    ['hold', 1, 'side'],
    ['buy', 0, 'quantity'],
    ['buy', -1, 'quantity'],
    ['sell', Number.NaN, 'quantity'],
    ['sell', Number.POSITIVE_INFINITY, 'quantity'],
    ['sell', '1', 'quantity'],
  ])('refuses %s %s, naming the %s, live or not', async (side, quantity, field) => {
    for (const { book } of [await liveWith(bids, asks), new FakeVenue().open()]) {
      const ask = () => book.priceFor(side as Side, quantity as number);
      expect(ask).toThrow(ValidationError);
      expect(ask).toThrow(field);
    }
  });
});

describe('handlers of a live book', () => {
  it('are called once per applied push with the book itself, which shows the new levels', async () => {
    const venue = await liveWith(bids, asks);
    const seen: unknown[] = [];
    venue.book.on('update', (book) => seen.push([book === venue.book, book.sequence, book.bestBid?.price]));
    venue.push({ last: 11, bids: [[100, 1]] });
    venue.push({ last: 12 });
    venue.push({ last: 12 });
    expect(seen).toEqual([
      [true, 11, 100],
      [true, 12, 100],
    ]);
  });

  it('are isolated from one that throws or rejects, and that is reported', async () => {
    const venue = await liveWith(bids, asks);
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    let calls = 0;
    venue.book
      .on('update', () => {
        throw thrown;
      })
      .on('update', async () => {
        throw rejected;
      })
      .on('update', () => calls++)
      .on('state', () => {
        throw thrown;
      });
    venue.push({ last: 11 });
    await venue.clock.advance(0);
    expect([calls, venue.reports]).toEqual([1, [thrown, rejected]]);
    venue.listener.lost('cut');
    expect([venue.book.state, venue.reports.length]).toEqual(['stale', 3]);
  });

  it('are removed by their signal, also while an event is on its way', async () => {
    const venue = await liveWith(bids, asks);
    const controller = new AbortController();
    const { signal } = controller;
    const calls: string[] = [];
    venue.book.on('update', () => {
      calls.push('first');
      controller.abort();
    });
    venue.book.on('update', () => calls.push('second'), { signal });
    venue.book.on('state', () => calls.push('state'), { signal });
    venue.push({ last: 11 });
    venue.book.on('update', () => calls.push('too late'), { signal });
    venue.listener.lost('cut');
    expect(calls).toEqual(['first']);
  });

  it.each([
    ['updates', () => {}, 'event'],
    ['update', 'log', 'handler'],
  ])('are refused for %s, %s', (event, handler, field) => {
    const { book } = new FakeVenue().open();
    expect(() => book.on(event as 'update', handler as () => void)).toThrow(field);
  });
});
