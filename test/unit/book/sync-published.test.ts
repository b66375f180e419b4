import { describe, expect, it } from 'vitest';
import { BookSync } from '../../../src/book/sync.js';
import { FROM_STREAM, WITH_SNAPSHOT } from './published-sequences.js';
import { contents, makeUpdate, restRules, streamRules, type UpdateParts } from './support.js';

function confirmedSync(rules = restRules): BookSync {
  const sync = new BookSync(rules);
  expect(sync.confirmed(1)).toBe('waiting');
  return sync;
}

function whole(parts: UpdateParts | undefined) {
  return parts && { bids: parts.bids, asks: parts.asks, sequence: parts.last };
}

describe('BookSync, sequences published by the venues', () => {
  it.each(WITH_SNAPSHOT)('continues a live book: $source', ({ snapshot, pushes, actions, book }) => {
    const sync = confirmedSync();
    sync.update(makeUpdate({ last: snapshot?.last ?? 0 }), 1);
    expect(sync.snapshot(makeUpdate({ last: 0, ...snapshot, full: true }), 100)).toBe('live');
    const steps = pushes.map((push) => sync.update(makeUpdate(push), 1));
    const words = { drop: 'ignored', apply: 'changed', replace: 'changed', again: 'broken' };
    expect(steps).toEqual(actions.map((action) => words[action]));
    expect([sync.state, book && contents(sync.book)]).toEqual([book ? 'live' : 'broken', whole(book)]);
  });

  it.each(WITH_SNAPSHOT)('finds the same book when every push came before the snapshot: $source', (sequence) => {
    const { snapshot, pushes, book } = sequence;
    const sync = confirmedSync();
    for (const push of pushes) sync.update(makeUpdate(push), 1);
    sync.snapshot(makeUpdate({ last: 0, ...snapshot, full: true }), 100);
    expect([sync.state, book && contents(sync.book)]).toEqual([book ? 'live' : 'buffering', whole(book)]);
  });

  it.each(FROM_STREAM)('follows a stream that brings its snapshot: $source', ({ pushes, actions, book }) => {
    const sync = confirmedSync(streamRules);
    const steps = pushes.map((push) => sync.update(makeUpdate(push), 1));
    const words = { drop: 'ignored', apply: 'changed', replace: 'live', again: 'broken' };
    expect(steps).toEqual(actions.map((action) => words[action]));
    expect([sync.state, book && contents(sync.book)]).toEqual([book ? 'live' : 'broken', whole(book)]);
  });
});
