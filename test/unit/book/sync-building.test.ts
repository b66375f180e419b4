import { describe, expect, it } from 'vitest';
import { MAX_BUFFERED } from '../../../src/book/bridge.js';
import { BookSync } from '../../../src/book/sync.js';
import { contents, makeSnapshot, makeUpdate, type Row, restRules, streamRules } from './support.js';

const ALL = Number.POSITIVE_INFINITY;
const bids: readonly Row[] = [[99, 1]];
const asks: readonly Row[] = [[101, 1]];

function snapshotAt(last: number) {
  return makeSnapshot(last, bids, asks);
}

/** An update of `first` to `last` that leaves its last number as quantity at 98. */
function delta(first: number, last = first) {
  return makeUpdate({ first, last, bids: [[98, last]] });
}

function confirmedSync(rules = restRules): BookSync {
  const sync = new BookSync(rules);
  expect(sync.confirmed(1)).toBe('waiting');
  return sync;
}

describe('BookSync, on the way to live', () => {
  it('buffers copies, so that the caller may refill its update', () => {
    const sync = confirmedSync();
    const reused = delta(11);
    sync.update(reused, 1);
    reused.reset();
    sync.snapshot(snapshotAt(10), ALL);
    expect(contents(sync.book)).toEqual({
      bids: [
        [99, 1],
        [98, 11],
      ],
      asks,
      sequence: 11,
    });
  });

  it('keeps the buffer over a snapshot that is too old, and uses it for the next', () => {
    const sync = confirmedSync();
    sync.update(delta(13), 1);
    sync.update(delta(14), 1);
    expect(sync.snapshot(snapshotAt(11), ALL)).toBe('too_old');
    expect([sync.state, sync.buffered]).toEqual(['buffering', 2]);
    expect(sync.snapshot(snapshotAt(12), ALL)).toBe('live');
    expect(sync.book.sequence).toBe(14);
  });

  it('is live at once when the snapshot stands where the last push ended', () => {
    const sync = confirmedSync();
    sync.update(delta(9, 10), 1);
    expect(sync.snapshot(snapshotAt(10), ALL)).toBe('live');
  });

  it('holds a snapshot that is newer than the stream until the stream reaches it', () => {
    const sync = confirmedSync();
    sync.update(delta(8), 1);
    expect([sync.snapshot(snapshotAt(10), ALL), sync.state]).toEqual(['waiting', 'bridging']);
    expect(sync.update(delta(9), 1)).toBe('waiting');
    expect(sync.update(delta(10, 12), 1)).toBe('live');
    expect(contents(sync.book)).toEqual({
      bids: [
        [99, 1],
        [98, 12],
      ],
      asks,
      sequence: 12,
    });
  });

  it('is live as soon as the stream ends where the held snapshot stands', () => {
    const sync = confirmedSync();
    sync.snapshot(snapshotAt(10), ALL);
    expect(sync.update(delta(9, 10), 1)).toBe('live');
    expect(contents(sync.book)).toEqual({ bids, asks, sequence: 10 });
  });

  it('takes an equal second snapshot as proof of a quiet market, but not another one', () => {
    const sync = confirmedSync();
    expect(sync.snapshot(snapshotAt(10), ALL)).toBe('waiting');
    expect(sync.snapshot(snapshotAt(11), ALL)).toBe('waiting');
    expect(sync.snapshot(snapshotAt(11), ALL)).toBe('live');
  });

  it('asks for another snapshot when the stream jumps over the one held', () => {
    const sync = confirmedSync();
    sync.snapshot(snapshotAt(10), ALL);
    expect([sync.update(delta(12), 1), sync.state, sync.buffered]).toEqual(['too_old', 'buffering', 1]);
    expect(sync.snapshot(snapshotAt(11), ALL)).toBe('live');
  });

  it('starts the buffer again at a gap inside it', () => {
    const sync = confirmedSync();
    sync.update(delta(11), 1);
    sync.update(delta(13), 1);
    expect(sync.buffered).toBe(1);
    expect(sync.snapshot(snapshotAt(10), ALL)).toBe('too_old');
  });

  it('starts the buffer again at its bound, and never drops the oldest alone', () => {
    const sync = confirmedSync();
    for (let at = 1; at <= MAX_BUFFERED; at++) sync.update(delta(at), 1);
    expect(sync.buffered).toBe(MAX_BUFFERED);
    sync.update(delta(MAX_BUFFERED + 1), 1);
    expect(sync.buffered).toBe(1);
    expect(sync.snapshot(snapshotAt(5), ALL)).toBe('too_old');
  });

  it('gives up a held snapshot that the stream does not reach within the bound of the buffer', () => {
    const sync = confirmedSync();
    sync.snapshot(snapshotAt(1_000_000), ALL);
    for (let at = 1; at <= MAX_BUFFERED; at++) expect(sync.update(delta(at), 1)).toBe('waiting');
    expect(sync.update(delta(MAX_BUFFERED + 1), 1)).toBe('too_old');
  });

  it('begins the buffer at the new count when the counter goes backwards', () => {
    const sync = confirmedSync();
    sync.update(delta(500), 1);
    for (let at = 1; at <= 9; at++) sync.update(delta(at), 1);
    expect(sync.snapshot(snapshotAt(8), ALL)).toBe('live');
    expect(sync.book.sequence).toBe(9);
  });

  it.each([
    ['a crossed snapshot', makeSnapshot(10, [[101, 1]], [[101, 1]]), 'crossed'],
    [
      'an unsorted snapshot',
      makeSnapshot(
        10,
        [
          [98, 1],
          [99, 1],
        ],
        [],
      ),
      'unsorted',
    ],
  ])('rejects %s and keeps the buffer', (_, snapshot, why) => {
    const sync = confirmedSync();
    sync.update(delta(11), 1);
    expect(sync.snapshot(snapshot, ALL)).toBe('rejected');
    expect([sync.state, sync.reason]).toEqual(['buffering', `the snapshot is impossible: ${why}`]);
    expect(sync.snapshot(snapshotAt(10), ALL)).toBe('live');
  });

  it('rejects a snapshot that a buffered update makes impossible', () => {
    const sync = confirmedSync();
    sync.update(makeUpdate({ last: 11, bids: [[105, 1]] }), 1);
    expect([sync.snapshot(snapshotAt(10), ALL), sync.buffered]).toEqual(['rejected', 0]);
  });

  it('does not go live before the topic is confirmed', () => {
    const sync = new BookSync(streamRules);
    expect(sync.update(makeUpdate({ last: 5, full: true, bids, asks }), 3)).toBe('waiting');
    expect(sync.update(makeUpdate({ last: 6, bids: [[98, 6]] }), 3)).toBe('waiting');
    expect(sync.state).toBe('bridging');
    expect(sync.confirmed(3)).toBe('live');
    expect(contents(sync.book)).toEqual({
      bids: [
        [99, 1],
        [98, 6],
      ],
      asks,
      sequence: 6,
    });
  });

  it('keeps a book that follows the stream already when another snapshot comes before it is confirmed', () => {
    const sync = new BookSync(restRules);
    sync.update(delta(11), 1);
    expect([sync.snapshot(snapshotAt(10), ALL), sync.snapshot(snapshotAt(5), ALL)]).toEqual(['waiting', 'waiting']);
    expect([sync.confirmed(1), sync.book.sequence]).toEqual(['live', 11]);
  });

  it('ignores increments before the first whole book of a stream', () => {
    const sync = confirmedSync(streamRules);
    expect(sync.update(delta(4), 1)).toBe('waiting');
    expect([sync.state, sync.buffered]).toEqual(['buffering', 0]);
  });

  it('needs no fetched snapshot when the first push is a whole book', () => {
    const sync = confirmedSync();
    expect(sync.update(makeUpdate({ last: 30, full: true, bids, asks }), 1)).toBe('live');
  });
});
