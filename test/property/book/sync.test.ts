import { describe, expect, it } from 'vitest';
import { BookSync } from '../../../src/book/sync.js';
import type { BookUpdate } from '../../../src/model/book-update.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { contents, makeUpdate, type Row, restRules, streamRules } from '../../unit/book/support.js';

const ALL = Number.POSITIVE_INFINITY;

/** The venue: one change per sequence number, the book known at each of them. */
class Truth {
  readonly #books: { bids: Map<number, number>; asks: Map<number, number> }[] = [];
  readonly #changes: { side: 'bids' | 'asks'; price: number; quantity: number }[] = [];

  constructor(length: number, random: SeededRandom) {
    let book = { bids: new Map([[90, 1]]), asks: new Map([[110, 1]]) };
    this.#books.push(book);
    this.#changes.push({ side: 'bids', price: 90, quantity: 1 });
    for (let at = 1; at <= length; at++) {
      const side = random.chance(0.5) ? 'bids' : 'asks';
      const price = side === 'bids' ? 91 + random.int(5) : 105 + random.int(5);
      const quantity = random.chance(0.3) ? 0 : at;
      book = { bids: new Map(book.bids), asks: new Map(book.asks) };
      if (quantity === 0) book[side].delete(price);
      else book[side].set(price, quantity);
      this.#books.push(book);
      this.#changes.push({ side, price, quantity });
    }
  }

  at(sequence: number): { bids: Row[]; asks: Row[]; sequence: number } {
    const book = this.#books[sequence];
    const bids = [...(book?.bids ?? [])].sort(([a], [b]) => b - a);
    return { bids, asks: [...(book?.asks ?? [])].sort(([a], [b]) => a - b), sequence };
  }

  whole(sequence: number): BookUpdate {
    const { bids, asks } = this.at(sequence);
    return makeUpdate({ last: sequence, full: true, bids, asks });
  }

  /** Absolute quantities after `last` of every price that changed in the range. */
  delta(first: number, last: number): BookUpdate {
    const touched = { bids: new Map<number, number>(), asks: new Map<number, number>() };
    for (let at = first; at <= last; at++) {
      const change = this.#changes[at];
      if (change !== undefined) touched[change.side].set(change.price, change.quantity);
    }
    return makeUpdate({ first, last, bids: [...touched.bids], asks: [...touched.asks] });
  }
}

/** Cuts 1..length into pushes of the given sizes, over and over. */
function ranges(length: number, sizes: readonly number[]): [number, number][] {
  const list: [number, number][] = [];
  for (let first = 1, at = 0; first <= length; at++) {
    const last = Math.min(length, first + (sizes[at % sizes.length] as number) - 1);
    list.push([first, last]);
    first = last + 1;
  }
  return list;
}

function disturbed(pushes: readonly [number, number][], fault: string, at: number): [number, number][] {
  const list = [...pushes];
  const push = list[at] as [number, number];
  if (fault === 'drop') list.splice(at, 1);
  if (fault === 'duplicate') list.splice(at, 0, push);
  if (fault === 'late duplicate') list.splice(at + 2, 0, push);
  if (fault === 'swap' && at + 1 < list.length) list.splice(at, 2, list[at + 1] as [number, number], push);
  return list;
}

/** Whatever is live must be the truth at its sequence. */
function check(sync: BookSync, truth: Truth, where: string): void {
  if (sync.state === 'live') expect(contents(sync.book), where).toEqual(truth.at(sync.book.sequence));
}

describe('BookSync over every small schedule', () => {
  const length = 9;
  const faults = ['none', 'drop', 'duplicate', 'late duplicate', 'swap'];

  it('is never live with another book than the venue had, and is live again soon after the fault', () => {
    const truth = new Truth(length + 4, createSeededRandom('schedules'));
    let schedules = 0;
    let broken = 0;
    for (const sizes of [[1], [2], [3], [1, 3], [2, 1]]) {
      const clean = ranges(length, sizes);
      for (const fault of faults) {
        for (let at = 0; at < clean.length; at++) {
          const pushes = disturbed(clean, fault, at);
          for (let snapshotAt = 0; snapshotAt <= length; snapshotAt++) {
            for (let arrival = 0; arrival <= pushes.length; arrival++) {
              const where = `sizes ${sizes}, ${fault} at ${at}, snapshot ${snapshotAt} before push ${arrival}`;
              if (run(truth, pushes, snapshotAt, arrival, where)) broken++;
              schedules++;
            }
          }
        }
      }
    }
    expect(schedules).toBeGreaterThan(5_000);
    expect(broken).toBeGreaterThan(200);
  });

  function run(truth: Truth, pushes: [number, number][], snapshotAt: number, arrival: number, where: string): boolean {
    const sync = new BookSync(restRules);
    sync.confirmed(1);
    let broke = false;
    pushes.forEach(([first, last], index) => {
      if (index === arrival) sync.snapshot(truth.whole(snapshotAt), ALL);
      check(sync, truth, where);
      broke = sync.update(truth.delta(first, last), 1) === 'broken' || broke;
      check(sync, truth, where);
      sync.resume();
    });
    if (arrival === pushes.length) sync.snapshot(truth.whole(snapshotAt), ALL);
    check(sync, truth, where);
    // The fault is over: whatever state it is in, fresh snapshots and the next two pushes must bring it back.
    for (const next of [length + 1, length + 2]) {
      if (sync.state !== 'live') sync.snapshot(truth.whole(next - 1), ALL);
      if (sync.update(truth.delta(next, next), 1) === 'broken') sync.resume();
      check(sync, truth, where);
    }
    if (sync.state !== 'live') sync.snapshot(truth.whole(length + 2), ALL);
    check(sync, truth, where);
    expect([sync.state, sync.book.sequence], where).toEqual(['live', length + 2]);
    return broke;
  }

  it('catches a synchroniser that applies what it should not', () => {
    const truth = new Truth(length, createSeededRandom('schedules'));
    const careless = new BookSync({ ...restRules, continues: () => 'apply' });
    careless.confirmed(1);
    careless.update(truth.delta(1, 1), 1);
    careless.snapshot(truth.whole(1), ALL);
    careless.update(truth.delta(3, 9), 1);
    careless.update(truth.delta(1, 2), 1);
    expect(() => check(careless, truth, 'careless')).toThrow();
  });
});

describe('BookSync under random faults', () => {
  it.each([
    ['snapshots from outside', restRules],
    ['snapshots from the stream', streamRules],
  ] as const)('is never live with another book than the venue had: %s', (_, rules) => {
    let live = 0;
    let breaks = 0;
    let anchors = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = createSeededRandom(`faults ${seed}`);
      const truth = new Truth(200, random);
      const sync = new BookSync({ ...rules, publishedDepth: ALL });
      sync.confirmed(1);
      let generation = 1;
      const late: BookUpdate[] = [];
      const take = (update: BookUpdate, from: number): void => {
        if (sync.update(update, from) === 'broken') {
          breaks++;
          sync.resume();
        }
        check(sync, truth, `seed ${seed}`);
        if (sync.state === 'live') live++;
      };
      for (let first = 1; first <= 200; ) {
        const last = Math.min(200, first + random.int(4));
        const update = truth.delta(first, last);
        first = last + 1;
        if (random.chance(0.03)) continue;
        if (random.chance(0.05)) late.push(update);
        if (random.chance(0.01)) {
          sync.lost();
          sync.confirmed(++generation);
        }
        take(update, generation);
        if (random.chance(0.05)) take(update, generation);
        if (late.length > 0 && random.chance(0.3)) take(late.pop() as BookUpdate, generation - random.int(2));
        if (rules.snapshot === 'stream') {
          if (random.chance(0.1)) take(truth.whole(last), generation);
          continue;
        }
        if (sync.state === 'live' && random.chance(0.1)) sync.anchor();
        if (sync.state !== 'live' ? random.chance(0.4) : sync.anchoring && random.chance(0.5)) {
          const step = sync.snapshot(truth.whole(Math.max(0, Math.min(200, last - 6 + random.int(10)))), ALL);
          expect(step, `seed ${seed}`).not.toBe('diverged');
          if (step === 'anchored') anchors++;
          check(sync, truth, `seed ${seed}`);
        }
      }
    }
    expect(live).toBeGreaterThan(5_000);
    expect(breaks).toBeGreaterThan(300);
    if (rules.snapshot === 'rest') expect(anchors).toBeGreaterThan(300);
  });
});
