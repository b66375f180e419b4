import { describe, expect, it } from 'vitest';
import { InvalidSymbolError, NetworkError, RateLimitError } from '../../../src/errors/kinds.js';
import { FakeVenue, restFeed } from './fake-venue.js';
import type { Row } from './support.js';

describe('a live book on the way to live', () => {
  it('waits for the first push, then fetches, then is live', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    await venue.clock.advance(1_000);
    expect(venue.requests).toEqual([]);
    venue.tick(10);
    expect(venue.requests.map(({ depth, at }) => ({ depth, at }))).toEqual([{ depth: 100, at: 1_000 }]);
    venue.tick(11);
    expect([venue.book.state, venue.updates]).toEqual(['syncing', 0]);
    await venue.request.answer(10);
    await venue.book.ready;
    expect([venue.news(), venue.updates, venue.requests.length]).toEqual([['live'], 1, 1]);
    venue.tick(12);
    expect([venue.book.sequence, venue.book.bestBid, venue.updates]).toEqual([12, { price: 99, quantity: 1 }, 2]);
  });

  it('does not fetch for pushes that come before the topic is confirmed', async () => {
    const venue = new FakeVenue().open();
    venue.tick(10);
    await venue.clock.advance(60_000);
    expect(venue.requests).toEqual([]);
    venue.listener.confirmed(1);
    expect(venue.requests).toHaveLength(1);
  });

  it('proves a quiet market by two equal snapshots, two seconds apart', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    await venue.clock.advance(3_000);
    await venue.request.answer(10);
    expect(venue.book.state).toBe('syncing');
    await venue.clock.advance(2_000);
    expect(venue.requests.map(({ at }) => at)).toEqual([3_000, 5_000]);
    await venue.request.answer(10);
    expect([venue.book.state, venue.book.sequence]).toEqual(['live', 10]);
  });

  it('lets two seconds pass without a push before it asks for the second snapshot', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(10);
    await venue.request.answer(20);
    for (let sequence = 11; sequence <= 15; sequence++) {
      await venue.clock.advance(1_500);
      venue.tick(sequence);
    }
    await venue.clock.advance(1_999);
    expect(venue.requests).toHaveLength(1);
    await venue.clock.advance(1);
    await venue.request.answer(20);
    expect([venue.book.state, venue.requests.length]).toEqual(['live', 2]);
  });

  it('subscribes anew when the book moves between two snapshots and nothing is pushed', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    await venue.clock.advance(3_000);
    await venue.request.answer(10);
    await venue.clock.advance(2_000);
    await venue.request.answer(11);
    await venue.clock.advance(2_000);
    expect([venue.book.state, venue.requests.length]).toEqual(['stale', 2]);
    await venue.clock.advance(250);
    expect([venue.resubscribed, venue.resyncs]).toEqual([1, ['the topic is silent while the book moves']]);
  });

  it('fetches again after growing waits while the snapshot is too old, and keeps the buffer', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(20);
    for (const wait of [200, 400, 600, 800, 1_000, 1_000]) {
      await venue.request.answer(18);
      await venue.clock.advance(wait - 1);
      const before = venue.requests.length;
      await venue.clock.advance(1);
      expect(venue.requests.length).toBe(before + 1);
    }
    venue.tick(21);
    await venue.request.answer(19);
    expect([venue.book.state, venue.book.sequence]).toEqual(['live', 21]);
  });

  it('never gives up on failing snapshots: it tries again with jitter up to ten seconds', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(10);
    const waits: number[] = [];
    for (let i = 0; i < 9; i++) {
      const failedAt = venue.clock.monotonic();
      await venue.request.fail(new NetworkError({ message: 'reset', outcome: 'unknown' }));
      await venue.clock.advance(5_000);
      waits.push(venue.request.at - failedAt);
    }
    // Chance draws one half each time.
    expect(waits).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000]);
    expect(venue.book.state).toBe('syncing');
    await venue.request.answer(10);
    expect(venue.book.state).toBe('live');
  });

  it('waits as long as the venue asks', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(10);
    await venue.request.fail(new RateLimitError({ message: '429', outcome: 'rejected', retryAfterMs: 7_000 }));
    await venue.clock.advance(6_999);
    expect(venue.requests).toHaveLength(1);
    await venue.clock.advance(1);
    expect(venue.requests).toHaveLength(2);
  });

  it.each([
    ['crossed', 10, [[101, 1]], 'the snapshot is impossible: crossed'],
    ['without a number', undefined, [[99, 1]], 'a snapshot without a sequence number'],
  ] as const)('reports a snapshot that is %s and fetches another', async (_, sequence, bids, what) => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(10);
    await venue.request.answer(sequence, bids as unknown as Row[]);
    expect([venue.book.state, venue.malformed]).toEqual(['syncing', [`${what} (syncing)`]]);
    await venue.clock.advance(125);
    await venue.request.answer(10);
    expect(venue.book.state).toBe('live');
  });

  it('closes with the error when the symbol is refused by the order book endpoint', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(10);
    const error = new InvalidSymbolError({ message: 'no such market', outcome: 'rejected' });
    await venue.request.fail(error);
    await expect(venue.book.ready).rejects.toBe(error);
    expect([venue.news(), venue.reports, venue.closed]).toEqual([['closed: no such market'], [error], 1]);
  });

  it.each(['at once', 'later'])('closes with the error when the topic is refused %s', async (when) => {
    const error = new InvalidSymbolError({ message: 'no such topic', outcome: 'rejected' });
    const venue = new FakeVenue();
    venue.open(restFeed, () => when === 'at once' && venue.listener.refused(error));
    if (when === 'later') venue.listener.refused(error);
    await expect(venue.book.ready).rejects.toBe(error);
    await venue.book.close();
    expect([venue.book.state, venue.closed, venue.clock.pendingTimers]).toEqual(['closed', 1, 0]);
  });

  it('ignores the answer of a request that it has aborted', async () => {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.tick(10);
    const old = venue.request;
    venue.listener.lost('cut');
    expect(old.signal.aborted).toBe(true);
    venue.listener.confirmed(2);
    venue.tick(30, 2);
    await old.answer(30);
    expect(venue.book.state).toBe('syncing');
    await venue.request.answer(30);
    expect(venue.book.state).toBe('live');
  });
});
