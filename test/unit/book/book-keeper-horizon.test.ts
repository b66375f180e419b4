import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/errors/kinds.js';
import { FakeVenue } from './fake-venue.js';
import type { Row } from './support.js';

describe('a live book near its horizon', () => {
  const rows = (from: number, direction: 1 | -1): Row[] => {
    return Array.from({ length: 100 }, (_, i) => [from + direction * i, 1]);
  };

  async function liveCut(): Promise<FakeVenue> {
    const venue = new FakeVenue().open();
    venue.listener.confirmed(1);
    venue.push({ last: 10 });
    await venue.request.answer(10, rows(1_000, -1), rows(1_001, 1));
    await venue.clock.advance(10_000);
    return venue;
  }

  /** Takes bids away, so that the known part of that side shrinks. */
  function shrink(venue: FakeVenue, to: number): void {
    const gone = rows(1_000, -1).slice(0, 100 - to);
    venue.push({ last: venue.book.sequence + 1, bids: gone.map(([price]) => [price, 0] as const) });
  }

  it('fetches a fresh snapshot beside the live book and swaps it in without a change of state', async () => {
    const venue = await liveCut();
    venue.news();
    venue.push({ last: 11 });
    await venue.clock.advance(12_000);
    venue.push({ last: 12 });
    await venue.clock.advance(12_000);
    shrink(venue, 49);
    expect([venue.book.reliableDepth, venue.requests.length]).toEqual([49, 2]);
    venue.push({ last: 14, asks: [[1_000.5, 2]] });
    await venue.request.answer(13, rows(949, -1), rows(1_001, 1));
    expect([venue.book.reliableDepth, venue.book.bestAsk?.price, venue.news()]).toEqual([100, 1_000.5, []]);
  });

  it('does so at most once in thirty seconds, and stays live when the fetch fails', async () => {
    const venue = await liveCut();
    shrink(venue, 40);
    expect(venue.requests).toHaveLength(1);
    await venue.clock.advance(10_000);
    venue.push({ last: 12 });
    await venue.clock.advance(10_000);
    venue.push({ last: 13 });
    expect(venue.requests).toHaveLength(2);
    await venue.request.fail(new NetworkError({ message: 'reset', outcome: 'unknown' }));
    await venue.clock.advance(10_000);
    venue.push({ last: 14 });
    await venue.clock.advance(10_000);
    venue.push({ last: 15 });
    expect([venue.book.state, venue.requests.length]).toEqual(['live', 2]);
    await venue.clock.advance(10_000);
    venue.push({ last: 16 });
    expect(venue.requests).toHaveLength(3);
  });

  it('does so again within a second when three quarters are gone, before the book runs out', async () => {
    const venue = await liveCut();
    venue.news();
    shrink(venue, 24);
    await venue.request.fail(new NetworkError({ message: 'reset', outcome: 'unknown' }));
    venue.push({ last: 12 });
    expect(venue.requests).toHaveLength(2);
    await venue.clock.advance(1_000);
    venue.push({ last: 13 });
    venue.push({ last: 14 });
    expect(venue.requests).toHaveLength(3);
    await venue.request.answer(14, rows(976, -1), rows(1_001, 1));
    expect([venue.book.reliableDepth, venue.news()]).toEqual([100, []]);
  });

  it('gives up for the time being after five snapshots that were too old', async () => {
    const venue = await liveCut();
    await venue.clock.advance(4_000);
    venue.push({ last: 11 });
    await venue.clock.advance(14_000);
    venue.push({ last: 12 });
    await venue.clock.advance(10_000);
    shrink(venue, 40);
    venue.push({ last: 14 });
    for (let i = 0; i < 6; i++) {
      await venue.request.answer(9, rows(949, -1), rows(1_001, 1));
      await venue.clock.advance(1_000);
    }
    expect([venue.book.state, venue.requests.length]).toEqual(['live', 7]);
  });

  it('is not live any more when every known level of a side is gone', async () => {
    const venue = await liveCut();
    venue.news();
    shrink(venue, 0);
    expect(venue.news()).toEqual(['stale: the price has left the known part of the book', 'syncing']);
  });
});
