import { describe, expect, it } from 'vitest';
import { FakeVenue, streamFeed } from './fake-venue.js';

describe('a live book that breaks', () => {
  it.each([
    ['a gap', { last: 12 }, 'a gap: 12 after 10', []],
    ['a crossed book', { last: 11, bids: [[101, 1]] }, 'the book is impossible: crossed', []],
    ['an unreadable push', { last: 11, bad: true }, 'b[0]: expected a price', ['b[0]: expected a price (stale)']],
  ] as const)('is stale in the same call, before it recovers: %s', async (_, parts, reason, malformed) => {
    const venue = await new FakeVenue().live();
    venue.news();
    const seen: unknown[] = [];
    venue.book.on('state', (state) => {
      seen.push([state, venue.book.bestBid, venue.resyncs.length, venue.requests.length]);
    });
    venue.push(parts as Parameters<FakeVenue['push']>[0]);
    expect([venue.news(), venue.resyncs, venue.malformed]).toEqual([
      [`stale: ${reason}`, 'syncing'],
      [reason],
      malformed,
    ]);
    expect(seen).toEqual([
      ['stale', undefined, 0, 1],
      ['syncing', undefined, 1, 1],
    ]);
    expect(() => venue.book.snapshot()).toThrow("BTC/USDT: the order book is syncing; wait for 'live'");
    await venue.clock.advance(20_000);
    venue.tick(13);
    await venue.request.answer(13);
    expect([venue.news(), venue.book.sequence]).toEqual([['live'], 13]);
  });

  it('uses what came with and after the gap for the next book', async () => {
    const venue = await new FakeVenue().live();
    await venue.clock.advance(10_000);
    venue.tick(12);
    venue.tick(13);
    expect(venue.requests).toHaveLength(2);
    await venue.request.answer(11);
    expect([venue.book.state, venue.book.sequence]).toEqual(['live', 13]);
  });

  it('slows down when it breaks again right after it was live', async () => {
    const venue = await new FakeVenue().live();
    for (const wait of [125, 250, 500]) {
      const before = venue.requests.length;
      const next = venue.book.sequence + 2;
      venue.tick(next);
      await venue.clock.advance(wait - 1);
      expect(venue.requests.length).toBe(before);
      await venue.clock.advance(1);
      await venue.request.answer(next);
      expect(venue.book.state).toBe('live');
    }
  });

  it('is stale when the connection is lost, and syncing when it is back', async () => {
    const venue = await new FakeVenue().live();
    venue.news();
    venue.listener.lost('code 1006');
    expect([venue.news(), venue.book.bestAsk, venue.clock.pendingTimers]).toEqual([['stale: code 1006'], undefined, 0]);
    venue.tick(11, 1);
    await venue.clock.advance(60_000);
    venue.listener.confirmed(2);
    venue.tick(12, 1);
    venue.tick(20, 2);
    await venue.request.answer(20);
    expect([venue.news(), venue.book.sequence]).toEqual([['syncing', 'live'], 20]);
  });

  it('stays live over a planned change of connection', async () => {
    const venue = await new FakeVenue().live();
    venue.listener.confirmed(2);
    venue.tick(11, 1);
    venue.tick(11, 2);
    venue.tick(12, 2);
    expect([venue.news(), venue.book.sequence, venue.requests.length]).toEqual([['live'], 12, 1]);
  });

  it('subscribes a stream with its own snapshots anew, more slowly each time', async () => {
    const venue = new FakeVenue().liveStream();
    expect(venue.news()).toEqual(['live']);
    await venue.clock.advance(10_000);
    venue.tick(12);
    expect([venue.news(), venue.resyncs]).toEqual([['stale: a gap: 12 after 10'], ['a gap: 12 after 10']]);
    await venue.clock.advance(0);
    expect(venue.resubscribed).toBe(1);
    venue.listener.lost('subscribing anew');
    venue.whole(20);
    expect(venue.book.state).toBe('stale');
    venue.listener.confirmed(1);
    expect([venue.news(), venue.book.sequence]).toEqual([['syncing', 'live'], 20]);
    venue.tick(22);
    await venue.clock.advance(124);
    expect(venue.resubscribed).toBe(1);
    await venue.clock.advance(1);
    expect([venue.resubscribed, venue.requests]).toEqual([2, []]);
  });

  it('subscribes anew when a stream does not bring its whole book in ten seconds, or an impossible one', async () => {
    const venue = new FakeVenue().open(streamFeed);
    venue.listener.confirmed(1);
    venue.tick(5);
    await venue.clock.advance(10_125);
    expect([venue.resubscribed, venue.resyncs]).toEqual([1, ['the stream brought no whole book']]);
    venue.listener.lost('subscribing anew');
    venue.listener.confirmed(1);
    venue.push({ last: 9, full: true, bids: [[5, 1]], asks: [[5, 1]] });
    expect([venue.book.state, venue.malformed]).toEqual(['stale', ['the snapshot is impossible: crossed (syncing)']]);
    await venue.clock.advance(250);
    expect(venue.resubscribed).toBe(2);
  });
});
