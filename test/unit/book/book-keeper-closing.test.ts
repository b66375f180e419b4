import { describe, expect, it } from 'vitest';
import { ClosedError, InvalidSymbolError } from '../../../src/errors/kinds.js';
import { FakeVenue, START, streamFeed } from './fake-venue.js';
import type { Row } from './support.js';

const asks: readonly Row[] = [[101, 1]];

describe('closing a live book', () => {
  const situations: [string, (venue: FakeVenue) => unknown][] = [
    ['before it is confirmed', (venue) => venue.open()],
    ['while it waits for a push', (venue) => venue.open().listener.confirmed(1)],
    [
      'while it fetches',
      (venue) => {
        venue.open().listener.confirmed(1);
        venue.tick(10);
      },
    ],
    [
      'while it waits to fetch again',
      async (venue) => {
        venue.open();
        venue.listener.confirmed(1);
        venue.tick(10);
        await venue.request.fail(new Error('odd'));
      },
    ],
    [
      'while it bridges',
      async (venue) => {
        venue.open();
        venue.listener.confirmed(1);
        venue.tick(10);
        await venue.request.answer(20);
      },
    ],
    ['while it is live', (venue) => venue.live()],
    ['while it probes', async (venue) => (await venue.live()).clock.advance(15_000)],
    ['after it broke', async (venue) => (await venue.live()).tick(50)],
    ['after it was lost', async (venue) => (await venue.live()).listener.lost('cut')],
    ['while a stream owes its book', (venue) => venue.open(streamFeed).listener.confirmed(1)],
    ['while it waits to subscribe anew', (venue) => venue.liveStream().tick(12)],
  ];

  it.each(situations)('ends everything %s', async (_, arrange) => {
    const venue = new FakeVenue();
    await arrange(venue);
    venue.news();
    const [requests, updates] = [venue.requests.length, venue.updates];
    const closing = venue.book.close();
    expect([venue.news(), venue.clock.pendingTimers]).toEqual([['closed: BTC/USDT: the order book was closed'], 0]);
    expect(venue.book.close()).toBe(closing);
    await closing;
    venue.listener.confirmed(9);
    venue.whole(60, 9);
    venue.tick(61, 9);
    venue.listener.lost('late');
    venue.listener.refused(new InvalidSymbolError({ message: 'late', outcome: 'rejected' }));
    await venue.clock.advance(1_000_000);
    expect([venue.news(), venue.updates, venue.requests.length, venue.closed]).toEqual([[], updates, requests, 1]);
    expect([venue.book.state, venue.book.bestBid]).toEqual(['closed', undefined]);
    expect(() => venue.book.snapshot()).toThrow('the order book is closed');
  });

  it('aborts the request in flight and ignores its answer', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(10);
    await venue.book.close();
    expect(venue.request.signal.aborted).toBe(true);
    await venue.request.answer(10);
    expect(venue.news()).toEqual(['closed: BTC/USDT: the order book was closed']);
  });

  it('rejects ready when it was never live, and says so to nobody who does not ask', async () => {
    const venue = new FakeVenue().open();
    await venue.book[Symbol.asyncDispose]();
    await expect(venue.book.ready).rejects.toEqual(new ClosedError({ message: 'BTC/USDT: the order book was closed' }));
  });

  it('ends with the last of its watchers, each of which hears only of its own end', async () => {
    const venue = await new FakeVenue().live();
    const second = venue.keeper.watch();
    const heard: string[] = [];
    second.on('state', (state) => heard.push(state));
    second.on('update', ({ sequence }) => heard.push(`update ${sequence}`));
    await second.ready;
    venue.tick(11);
    await second.close();
    venue.tick(12);
    expect([heard, second.state, second.sequence, second.bestBid, second.ageMs]).toEqual([
      ['update 11', 'closed'],
      'closed',
      11,
      undefined,
      Number.POSITIVE_INFINITY,
    ]);
    expect([venue.book.state, venue.book.sequence, venue.closed]).toEqual(['live', 12, 0]);
    await venue.book.close();
    expect([venue.keeper.state, venue.closed, venue.clock.pendingTimers]).toEqual(['closed', 1, 0]);
  });

  it('ends every watcher when its keeper is closed, and gives closed books afterwards', async () => {
    const venue = new FakeVenue().open();
    const second = venue.keeper.watch();
    await venue.keeper.close('the exchange was closed');
    const late = venue.keeper.watch();
    for (const book of [venue.book, second, late]) {
      expect(book.state).toBe('closed');
      await expect(book.ready).rejects.toThrow('BTC/USDT: the exchange was closed');
      await book.close();
    }
    expect([venue.news(), venue.closed]).toEqual([['closed: BTC/USDT: the exchange was closed'], 1]);
  });

  it('may be closed by a handler; what would have followed does not happen', async () => {
    const venue = await new FakeVenue().live();
    venue.book.on('state', () => void venue.book.close());
    venue.tick(50);
    expect([venue.book.state, venue.resyncs, venue.requests.length, venue.clock.pendingTimers]).toEqual([
      'closed',
      [],
      1,
      0,
    ]);
    const other = await new FakeVenue().live();
    other.book.on('update', () => void other.book.close());
    let later = 0;
    other.book.on('update', () => later++);
    other.tick(11);
    expect([other.book.state, later]).toEqual(['closed', 0]);
  });
});

describe('the times of a live book', () => {
  it('takes them from the venue, from the envelope, or from our clock', async () => {
    const venue = await new FakeVenue().live();
    expect(venue.book.updatedAt).toBe(START - 5);
    await venue.clock.advance(700);
    venue.push({ last: 11, time: START + 650 });
    expect(venue.book.updatedAt).toBe(START + 650);
    venue.listener.data({ last: 12 }, START + 655, 1);
    expect(venue.book.updatedAt).toBe(START + 655);
    venue.listener.data({ last: 13 }, Number.NaN, 1);
    expect(venue.book.updatedAt).toBe(START + 700);
    await venue.clock.advance(40);
    expect(venue.book.ageMs).toBe(40);
    expect(venue.book.snapshot()).toEqual({
      symbol: 'BTC/USDT',
      bids: [{ price: 99, quantity: 1 }],
      asks: asks.map(([price, quantity]) => ({ price, quantity })),
      sequence: 13,
      updatedAt: START + 700,
      receivedAt: START + 700,
    });
  });

  it('has none before the first book', () => {
    const { book } = new FakeVenue().open();
    expect([book.updatedAt, book.ageMs, book.sequence]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, -1]);
  });
});
