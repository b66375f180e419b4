import { describe, expect, it } from 'vitest';
import { NetworkError } from '../../../src/errors/kinds.js';
import { FakeVenue } from './fake-venue.js';

const SILENT = 'the topic is silent';

describe('a live book that hears nothing', () => {
  it('is stale after the limit, probes, and is live again when nothing has changed', async () => {
    const venue = await new FakeVenue().live();
    venue.news();
    await venue.clock.advance(14_999);
    expect(venue.book.state).toBe('live');
    await venue.clock.advance(1);
    expect([venue.news(), venue.book.bestBid, venue.requests.length]).toEqual([[`stale: ${SILENT}`], undefined, 2]);
    await venue.request.answer(10, [[99, 1]]);
    expect([venue.news(), venue.resyncs, venue.book.ageMs]).toEqual([['live'], [], 0]);
  });

  it('doubles the limit up to five minutes while the market is quiet, until a push comes', async () => {
    const venue = await new FakeVenue().live();
    const limits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const { at } = venue.request;
      const before = venue.requests.length;
      await venue.clock.advance(300_000);
      expect(venue.requests.length).toBe(before + 1);
      const asked = venue.request.at;
      await venue.request.answer(10);
      limits.push(asked - (i === 0 ? 0 : at + (300_000 - (limits.at(-1) as number))));
    }
    expect(limits).toEqual([15_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000]);
    venue.tick(11);
    await venue.clock.advance(15_000);
    expect(venue.book.state).toBe('stale');
  });

  it('learns its limit from the pace of the pushes', async () => {
    const venue = await new FakeVenue().live();
    for (let sequence = 11; sequence <= 40; sequence++) {
      venue.tick(sequence);
      await venue.clock.advance(500);
    }
    await venue.clock.advance(9_499);
    expect(venue.book.state).toBe('live');
    await venue.clock.advance(1);
    expect(venue.book.state).toBe('stale');
  });

  it('does not learn from the time that the connection was away', async () => {
    const venue = await new FakeVenue().live();
    for (let sequence = 11; sequence <= 40; sequence++) {
      venue.tick(sequence);
      await venue.clock.advance(500);
    }
    venue.listener.lost('cut');
    await venue.clock.advance(3_600_000);
    venue.listener.confirmed(2);
    venue.tick(90, 2);
    await venue.request.answer(90);
    venue.tick(91, 2);
    await venue.clock.advance(9_999);
    expect(venue.book.state).toBe('live');
    await venue.clock.advance(1);
    expect(venue.book.state).toBe('stale');
  });

  it('builds a new book, and compares no more, when a gap shows while it probes', async () => {
    const venue = await new FakeVenue().live();
    await venue.clock.advance(15_000);
    const probe = venue.request;
    venue.tick(12);
    expect([probe.signal.aborted, venue.book.state, venue.requests.length]).toEqual([true, 'syncing', 3]);
    await venue.request.answer(11);
    expect([venue.book.state, venue.book.sequence, venue.resubscribed]).toEqual(['live', 12, 0]);
  });

  it('does not wait less than five seconds, however fast the pushes came', async () => {
    const venue = await new FakeVenue().live();
    for (let sequence = 11; sequence <= 400; sequence++) {
      venue.tick(sequence);
      await venue.clock.advance(10);
    }
    await venue.clock.advance(4_989);
    expect(venue.book.state).toBe('live');
    venue.news();
    await venue.clock.advance(1_001);
    expect([venue.book.state, venue.news()]).toEqual(['stale', [`stale: ${SILENT}`]]);
  });

  it('subscribes anew when the probe finds another book', async () => {
    const venue = await new FakeVenue().live();
    await venue.clock.advance(15_000);
    await venue.request.answer(11);
    await venue.clock.advance(0);
    expect([venue.book.state, venue.resubscribed]).toEqual(['stale', 1]);
    expect(venue.resyncs).toEqual(['the topic is silent while the book moves']);
  });

  it('reports a probe that shows other levels at the same sequence, and shows the venue’s', async () => {
    const venue = await new FakeVenue().live();
    await venue.clock.advance(15_000);
    await venue.request.answer(10, [[97, 1]]);
    expect([venue.book.state, venue.book.bestBid?.price]).toEqual(['live', 97]);
    expect(venue.malformed).toEqual(['the live book had other levels than the snapshot of the same sequence (stale)']);
  });

  it('is live again by a push that comes before the probe, whose answer then counts no more', async () => {
    const venue = await new FakeVenue().live();
    await venue.clock.advance(15_000);
    venue.news();
    venue.tick(11);
    expect([venue.news(), venue.request.signal.aborted]).toEqual([['live'], true]);
    await venue.request.answer(40);
    expect([venue.book.state, venue.resubscribed]).toEqual(['live', 0]);
  });

  it('stays stale and probes on while the probe fails', async () => {
    const venue = await new FakeVenue().live();
    await venue.clock.advance(15_000);
    await venue.request.fail(new NetworkError({ message: 'reset', outcome: 'unknown' }));
    await venue.clock.advance(125);
    expect([venue.book.state, venue.requests.length]).toEqual(['stale', 3]);
    await venue.request.answer(10);
    expect(venue.book.state).toBe('live');
  });

  it('subscribes a stream with its own snapshots anew, and takes an equal book for a quiet market', async () => {
    const venue = new FakeVenue().liveStream();
    await venue.clock.advance(15_000);
    expect([venue.book.state, venue.resubscribed]).toEqual(['stale', 1]);
    venue.listener.lost('subscribing anew');
    venue.listener.confirmed(1);
    venue.whole(10);
    await venue.clock.advance(29_999);
    expect(venue.book.state).toBe('live');
    await venue.clock.advance(1);
    expect(venue.book.state).toBe('stale');
  });

  it('never shows a dead book after the process was suspended, whatever its timers did', async () => {
    const venue = await new FakeVenue().live();
    venue.news();
    const frozen = venue.clock.monotonic();
    let asleep = 0;
    venue.clock.monotonic = () => frozen + asleep;
    asleep = 3_600_000;
    expect([venue.book.state, venue.book.bestBid, venue.book.spread, venue.book.mid]).toEqual([
      'stale',
      undefined,
      undefined,
      undefined,
    ]);
    expect([venue.book.reliableDepth, venue.book.priceFor('buy', 1), venue.book.ageMs]).toEqual([
      0,
      undefined,
      3_600_000,
    ]);
    expect(() => venue.book.snapshot()).toThrow('the order book is stale');
    expect(venue.news()).toEqual([]);
    venue.tick(11);
    expect([venue.news(), venue.book.state]).toEqual([[`stale: ${SILENT}`, 'live'], 'live']);
  });

  it('is not proven by pushes that waited while the process stood still, but by the first that did not', async () => {
    const venue = await new FakeVenue().live();
    const start = venue.clock.now();
    const frozen = venue.clock.monotonic();
    const push = (sequence: number, sentAt: number): void =>
      venue.listener.data({ last: sequence, bids: [[98, sequence]] }, start + sentAt, 1);
    push(11, 0);
    venue.news();
    venue.clock.monotonic = () => frozen + 60_000;
    const { updates } = venue;
    push(12, 1_000);
    push(13, 58_900);
    expect([venue.news(), venue.book.state, venue.updates]).toEqual([[`stale: ${SILENT}`], 'stale', updates]);
    push(14, 59_100);
    expect([venue.news(), venue.book.sequence, venue.updates]).toEqual([['live'], 14, updates + 1]);
  });

  it('probes when the first push after a suspension proves nothing', async () => {
    const venue = await new FakeVenue().live();
    const frozen = venue.clock.monotonic();
    venue.clock.monotonic = () => frozen + 3_600_000;
    venue.tick(9);
    await venue.clock.advance(0);
    expect([venue.book.state, venue.requests.length]).toEqual(['stale', 2]);
    await venue.request.answer(10);
    expect(venue.book.state).toBe('live');
  });
});
