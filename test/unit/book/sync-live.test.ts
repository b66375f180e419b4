import { describe, expect, it } from 'vitest';
import { BookSync } from '../../../src/book/sync.js';
import { contents, makeSnapshot, makeUpdate, type Row, restRules } from './support.js';

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

/** Live at sequence 12. */
function liveSync(): BookSync {
  const sync = confirmedSync();
  sync.update(delta(11, 12), 1);
  expect(sync.snapshot(snapshotAt(10), ALL)).toBe('live');
  return sync;
}

describe('BookSync, live', () => {
  it('breaks at a gap and keeps the update that showed it for the next book', () => {
    const sync = liveSync();
    expect(sync.update(delta(14), 1)).toBe('broken');
    expect([sync.state, sync.reason, sync.buffered]).toEqual(['broken', 'a gap: 14 after 12', 1]);
    expect(sync.update(delta(15), 1)).toBe('waiting');
    expect([sync.resume(), sync.state]).toEqual(['waiting', 'buffering']);
    expect([sync.snapshot(snapshotAt(13), ALL), sync.book.sequence]).toEqual(['live', 15]);
  });

  it.each([
    ['crossed', { bids: [[101, 1]] }],
    ['price', { bids: [[Number.NaN, 1]] }],
    ['quantity', { asks: [[102, -1]] }],
  ] as const)('breaks in the same call when an update makes the book impossible: %s', (why, parts) => {
    const sync = liveSync();
    expect(sync.update(makeUpdate({ last: 13, ...parts }), 1)).toBe('broken');
    expect([sync.state, sync.reason]).toEqual(['broken', `the book is impossible: ${why}`]);
  });

  it('breaks when a push cannot be read', () => {
    const sync = liveSync();
    expect(sync.fault('u: expected a number', 0)).toBe('ignored');
    expect(sync.fault('u: expected a number', 1)).toBe('broken');
    expect([sync.state, sync.reason]).toEqual(['broken', 'u: expected a number']);
  });

  it('forgets the buffer when a push cannot be read, because what it said is missing', () => {
    const sync = confirmedSync();
    sync.update(delta(11), 1);
    expect([sync.fault('unreadable', 1), sync.buffered]).toEqual(['waiting', 0]);
  });

  it('ignores eight old updates in a row and takes the ninth for a counter that went backwards', () => {
    const sync = liveSync();
    const old = () => sync.update(delta(3), 1);
    expect(Array.from({ length: 8 }, old)).toEqual(Array(8).fill('ignored'));
    expect(sync.update(delta(13), 1)).toBe('changed');
    expect(Array.from({ length: 9 }, old)).toEqual([...Array(8).fill('ignored'), 'broken']);
    expect(sync.reason).toBe('the sequence went backwards');
  });

  it('is replaced at once by a whole book in mid-life', () => {
    const sync = liveSync();
    expect(sync.update(makeUpdate({ last: 90, full: true, bids: [[50, 1]], asks: [[51, 1]] }), 1)).toBe('changed');
    expect(contents(sync.book)).toEqual({ bids: [[50, 1]], asks: [[51, 1]], sequence: 90 });
  });

  it('drops frames of older connections', () => {
    const sync = liveSync();
    sync.update(delta(13), 2);
    expect(sync.update(delta(14), 1)).toBe('ignored');
    expect(sync.confirmed(1)).toBe('ignored');
    expect([sync.state, sync.book.sequence]).toEqual(['live', 13]);
  });

  it('stays live over a planned change of connection, and breaks when that skipped something', () => {
    const sync = liveSync();
    expect(sync.confirmed(2)).toBe('ignored');
    expect(sync.update(delta(12, 14), 2)).toBe('changed');
    expect(sync.update(delta(16), 3)).toBe('broken');
  });

  it('forgets everything when it is lost, and what the old connection had sent', () => {
    const sync = liveSync();
    sync.lost();
    expect([sync.state, sync.snapshot(snapshotAt(12), ALL)]).toEqual(['idle', 'ignored']);
    expect(sync.update(delta(13), 1)).toBe('waiting');
    expect(sync.confirmed(2)).toBe('waiting');
    expect([sync.state, sync.buffered]).toEqual(['buffering', 0]);
  });
});

describe('BookSync, anchored anew while live', () => {
  it('ignores a snapshot that nobody asked for', () => {
    expect(liveSync().snapshot(snapshotAt(12), ALL)).toBe('ignored');
  });

  it('takes a snapshot of the same sequence, and with it the new horizon', () => {
    const sync = liveSync();
    sync.anchor();
    expect(
      sync.snapshot(
        makeSnapshot(
          12,
          [
            [99, 1],
            [98, 12],
            [97, 5],
          ],
          asks,
        ),
        3,
      ),
    ).toBe('anchored');
    expect([sync.state, sync.anchoring]).toEqual(['live', false]);
    expect(contents(sync.book).bids).toEqual([
      [99, 1],
      [98, 12],
      [97, 5],
    ]);
  });

  it('says when the book had other levels than the venue at the same sequence', () => {
    const sync = liveSync();
    sync.anchor();
    expect(sync.snapshot(makeSnapshot(12, [[99, 1]], asks), 3)).toBe('diverged');
    expect(contents(sync.book).bids).toEqual([[99, 1]]);
  });

  it('replays what came while the snapshot was on its way', () => {
    const sync = liveSync();
    sync.anchor();
    sync.update(delta(13, 14), 1);
    sync.update(delta(15), 1);
    expect(
      sync.snapshot(
        makeSnapshot(
          13,
          [
            [99, 1],
            [98, 13],
            [97, 5],
          ],
          asks,
        ),
        3,
      ),
    ).toBe('anchored');
    expect(contents(sync.book)).toEqual({
      bids: [
        [99, 1],
        [98, 15],
        [97, 5],
      ],
      asks,
      sequence: 15,
    });
  });

  it('stays live beside a snapshot from the future and takes it when the stream is there', () => {
    const sync = liveSync();
    sync.anchor();
    expect(
      sync.snapshot(
        makeSnapshot(
          14,
          [
            [99, 1],
            [98, 14],
            [97, 5],
          ],
          asks,
        ),
        3,
      ),
    ).toBe('waiting');
    expect([sync.update(delta(13), 1), sync.book.sequence]).toEqual(['changed', 13]);
    expect([sync.update(delta(14, 15), 1), sync.anchoring]).toEqual(['changed', false]);
    expect(contents(sync.book).bids).toEqual([
      [99, 1],
      [98, 15],
      [97, 5],
    ]);
  });

  it('stays live when the snapshot is too old or impossible', () => {
    const sync = liveSync();
    sync.anchor();
    sync.update(delta(13), 1);
    expect(sync.snapshot(snapshotAt(10), ALL)).toBe('too_old');
    expect(sync.snapshot(makeSnapshot(13, [[101, 1]], asks), ALL)).toBe('rejected');
    expect([sync.state, sync.anchoring, sync.book.sequence]).toEqual(['live', true, 13]);
    sync.stopAnchor();
    expect([sync.anchoring, sync.snapshot(snapshotAt(13), ALL)]).toEqual([false, 'ignored']);
  });

  it('gives the second book up when the live one breaks', () => {
    const sync = liveSync();
    sync.anchor();
    sync.snapshot(snapshotAt(20), ALL);
    expect([sync.update(delta(14), 1), sync.anchoring]).toEqual(['broken', false]);
  });
});
