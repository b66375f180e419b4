import { describe, expect, it } from 'vitest';
import { ClosedError, SubscriptionRefusedError } from '../../../src/errors/kinds.js';
import { SubscriptionCore, type SubscriptionOptions } from '../../../src/exchange/subscription.js';

function subscribe(options: Partial<SubscriptionOptions<number>> = {}) {
  const log: unknown[] = [];
  const subscription = new SubscriptionCore<number>({
    capacity: 3,
    report: (error) => log.push(error),
    onGap: (dropped) => log.push(`gap ${dropped}`),
    end: async () => void log.push('ended'),
    ...options,
  });
  return { subscription, log };
}

/** Starts an iterator that waits for its first event. */
function iterate(subscription: AsyncIterable<number>) {
  const iterator = subscription[Symbol.asyncIterator]();
  return { iterator, first: iterator.next() };
}

async function drain(iterator: AsyncIterator<number>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let step = await iterator.next(); !step.done; step = await iterator.next()) seen.push(step.value);
  return seen;
}

const outcome = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'resolved').catch((error) => error);
const refusal = new SubscriptionRefusedError({ message: 'no such topic', outcome: 'rejected' });

describe('a subscription', () => {
  it('calls every handler synchronously, in order, and feeds every iterator', async () => {
    const { subscription, log } = subscribe();
    const seen: string[] = [];
    expect(subscription.on((n) => seen.push(`a${n}`))).toBe(subscription);
    subscription.on((n) => seen.push(`b${n}`));
    const readers = [iterate(subscription), iterate(subscription)];
    subscription.push(1);
    subscription.push(2);
    expect(seen).toEqual(['a1', 'b1', 'a2', 'b2']);
    for (const { iterator, first } of readers) {
      expect([await first, await iterator.next()]).toEqual([
        { done: false, value: 1 },
        { done: false, value: 2 },
      ]);
    }
    expect([subscription.dropped, log]).toEqual([0, []]);
  });

  it('that loses nothing keeps what came before the first iterator, for that one alone', async () => {
    const { subscription, log } = subscribe({ lossless: true });
    subscription.push(1);
    subscription.push(2);
    const [first, second] = [subscription[Symbol.asyncIterator](), subscription[Symbol.asyncIterator]()];
    subscription.push(3);
    subscription.finish(undefined);
    expect([await drain(first), await drain(second), log]).toEqual([[1, 2, 3], [3], []]);
  });

  it('that loses nothing tells a late iterator when it has missed too much, and nobody else', async () => {
    const { subscription, log } = subscribe({ lossless: true });
    for (let n = 1; n <= 9; n++) subscription.push(n);
    const iterator = subscription[Symbol.asyncIterator]();
    const seen = [await iterator.next(), await iterator.next(), await iterator.next()].map(({ value }) => value);
    expect([seen, await outcome(iterator.next())]).toMatchObject([[1, 2, 3], { code: 'overflow' }]);
    expect(log).toEqual([]);
  });

  it('that loses nothing keeps nothing for iterators once a handler has it', async () => {
    const { subscription, log } = subscribe({ lossless: true });
    const seen: number[] = [];
    subscription.on((n) => seen.push(n));
    for (let n = 1; n <= 9; n++) subscription.push(n);
    const { iterator, first } = iterate(subscription);
    subscription.push(10);
    subscription.finish(undefined);
    expect([seen.length, (await first).value, await drain(iterator), log]).toEqual([10, 10, [], []]);
  });

  it('isolates a handler that throws and one that rejects, reports both, and goes on', async () => {
    const { subscription, log } = subscribe();
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    const seen: number[] = [];
    subscription
      .on(() => {
        throw thrown;
      })
      .on(async () => {
        throw rejected;
      })
      .on((n) => seen.push(n));
    subscription.push(1);
    await Promise.resolve();
    expect([seen, log]).toEqual([[1], [thrown, rejected]]);
  });

  it('keeps only the newest event for a slow iterator of capacity one, without a word', async () => {
    const { subscription, log } = subscribe({ capacity: 1 });
    const { iterator, first } = iterate(subscription);
    for (const n of [1, 2, 3]) subscription.push(n);
    // Who waited got the event that came; of those that came while it was busy only the newest is left.
    expect([await first, await iterator.next()]).toEqual([
      { done: false, value: 1 },
      { done: false, value: 3 },
    ]);
    subscription.push(4);
    expect([await iterator.next(), subscription.dropped, log]).toEqual([{ done: false, value: 4 }, 0, []]);
  });

  it('keeps the newest events for a slow iterator of a ring, and counts what was lost', async () => {
    const { subscription, log } = subscribe();
    const slow = iterate(subscription);
    for (const n of [1, 2, 3, 4, 5]) subscription.push(n);
    await subscription.close();
    expect([(await slow.first).value, await drain(slow.iterator)]).toEqual([1, [3, 4, 5]]);
    expect([subscription.dropped, log]).toEqual([1, ['gap 1', 'ended']]);
  });

  it('ends a lossless iterator that is too far behind with an error after what it kept, and no other', async () => {
    const { subscription, log } = subscribe({ lossless: true });
    const slow = iterate(subscription);
    const quick = iterate(subscription);
    const seen: unknown[] = [];
    for (const n of [1, 2, 3, 4]) {
      subscription.push(n);
      seen.push((await (n === 1 ? quick.first : quick.iterator.next())).value);
    }
    expect(seen).toEqual([1, 2, 3, 4]);
    // The first event was taken when it came; three more fit.
    for (const n of [5]) subscription.push(n);
    const kept = [(await slow.first).value];
    const failure = await (async () => {
      for (let step = await slow.iterator.next(); !step.done; step = await slow.iterator.next()) kept.push(step.value);
    })().catch((error: unknown) => error);
    expect([kept, failure]).toEqual([[1, 2, 3, 4], expect.objectContaining({ code: 'overflow', outcome: 'not_sent' })]);
    expect(log).toEqual([failure]);
    expect(await quick.iterator.next()).toEqual({ done: false, value: 5 });
  });

  it('is ready when it is confirmed, once and for all', async () => {
    const { subscription } = subscribe();
    subscription.confirm();
    subscription.confirm();
    await subscription.close();
    expect(await outcome(subscription.ready)).toBe('resolved');
  });

  it('is never ready when it is closed before, and the waiting iterator ends', async () => {
    const { subscription } = subscribe();
    const { first } = iterate(subscription);
    await subscription.close();
    expect(await outcome(subscription.ready)).toEqual(new ClosedError({ message: 'the subscription was closed' }));
    expect(await first).toEqual({ done: true, value: undefined });
  });

  it('fails with the reason of a refusal: ready, iterators that wait and those that come later', async () => {
    const { subscription } = subscribe();
    const { first } = iterate(subscription);
    subscription.finish(refusal);
    expect(await outcome(subscription.ready)).toBe(refusal);
    expect(await outcome(first)).toBe(refusal);
    expect(await outcome(iterate(subscription).first)).toBe(refusal);
  });

  it('ends once, however often it is closed, and delivers nothing afterwards', async () => {
    const { subscription, log } = subscribe();
    const seen: number[] = [];
    subscription.on((n) => seen.push(n));
    await Promise.all([subscription.close(), subscription.close(), subscription[Symbol.asyncDispose]()]);
    subscription.push(1);
    expect([seen, log, await iterate(subscription).first]).toEqual([[], ['ended'], { done: true, value: undefined }]);
  });

  it('delivers nothing to the handlers after the one that closed it', async () => {
    const { subscription } = subscribe();
    const seen: string[] = [];
    subscription.on(() => void subscription.close());
    subscription.on((n) => seen.push(`after ${n}`));
    subscription.push(1);
    expect(seen).toEqual([]);
  });

  it('ends when its last loop is left, also while that waits, but not while a handler listens', async () => {
    const { subscription, log } = subscribe();
    const [one, two] = [iterate(subscription), iterate(subscription)];
    await one.iterator.return?.();
    expect([await one.first, log]).toEqual([{ done: true, value: undefined }, []]);
    await two.iterator.return?.();
    expect([await two.first, log]).toEqual([{ done: true, value: undefined }, ['ended']]);
    const listened = subscribe();
    listened.subscription.on(() => undefined);
    await iterate(listened.subscription).iterator.return?.();
    expect(listened.log).toEqual([]);
  });

  it('keeps nothing for a loop that was left by break', async () => {
    const { subscription, log } = subscribe();
    const first = (async () => {
      for await (const n of subscription) return n;
      return undefined;
    })();
    subscription.push(1);
    expect(await first).toBe(1);
    for (const n of [2, 3, 4, 5, 6]) subscription.push(n);
    expect([subscription.dropped, log]).toEqual([0, ['ended']]);
  });
});
