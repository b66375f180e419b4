import { describe, expect, it } from 'vitest';
import { createRateLimiter, type Spend } from '../../../src/transport/rate-limiter.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

const spend = (key: string, weight = 1, capacity = 3, intervalMs = 1000): Spend => ({
  key,
  weight,
  capacity,
  intervalMs,
});

function setUp() {
  const clock = createVirtualClock();
  const limiter = createRateLimiter({ clock });
  const log: Array<[string, number]> = [];
  const ask = (name: string, spends: Spend[], options: Parameters<typeof limiter.acquire>[1] = {}) => {
    const done = limiter.acquire(spends, options).then(
      () => void log.push([name, clock.monotonic()]),
      (error: { code: string }) => void log.push([`${name}: ${error.code}`, clock.monotonic()]),
    );
    return done;
  };
  return { clock, limiter, log, ask };
}

describe('the rate limiter', () => {
  it('allows the whole burst at once and the next unit exactly one interval after the first', async () => {
    const { clock, limiter } = setUp();
    expect([1, 2, 3, 4].map(() => limiter.tryAcquire([spend('a')]))).toEqual([true, true, true, false]);
    await clock.advance(999.5);
    expect(limiter.tryAcquire([spend('a')])).toBe(false);
    await clock.advance(0.5);
    expect([1, 2, 3, 4].map(() => limiter.tryAcquire([spend('a')]))).toEqual([true, true, true, false]);
  });

  it('takes from all budgets or from none', () => {
    const { limiter } = setUp();
    expect(limiter.tryAcquire([spend('b', 3)])).toBe(true);
    expect(limiter.tryAcquire([spend('a', 2), spend('b')])).toBe(false);
    expect(limiter.tryAcquire([spend('a', 3)])).toBe(true);
  });

  it('starts no timer while there is room, and none is left when nobody waits', async () => {
    const { clock, limiter, ask } = setUp();
    await limiter.acquire([spend('a', 3)]);
    expect(clock.pendingTimers).toBe(0);
    void ask('x', [spend('a')]);
    await clock.advance(999);
    expect(clock.pendingTimers).toBe(1);
    await clock.advance(1);
    expect(clock.pendingTimers).toBe(0);
  });

  it('serves by priority, then in the order of asking, each as soon as there is room', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('a')]);
    await clock.advance(100);
    limiter.tryAcquire([spend('a', 2)]);
    void ask('first', [spend('a')]);
    void ask('second', [spend('a')]);
    void ask('urgent', [spend('a')], { priority: 5 });
    await clock.advance(2000);
    expect(log).toEqual([
      ['urgent', 1000],
      ['first', 1100],
      ['second', 1100],
    ]);
  });

  it('does not let light requests overtake a heavy one that waits for the same budget', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('a', 2)]);
    void ask('heavy', [spend('a', 3)]);
    expect(limiter.tryAcquire([spend('a')])).toBe(false);
    void ask('light', [spend('a')]);
    await clock.advance(3000);
    expect(log).toEqual([
      ['heavy', 1000],
      ['light', 2000],
    ]);
  });

  it('keeps a reserve for those who need none left, also when others are queueing for the same budget', async () => {
    const { clock, limiter, log, ask } = setUp();
    const place = { ...spend('a'), reserve: 1 };
    expect([1, 2, 3].map(() => limiter.tryAcquire([place]))).toEqual([true, true, false]);
    void ask('place', [place], { priority: 1 });
    void ask('cancel', [spend('a')], { priority: 4 });
    await clock.advance(0);
    expect(log).toEqual([['cancel', 0]]);
    await clock.advance(1_000);
    expect(log).toEqual([
      ['cancel', 0],
      ['place', 1_000],
    ]);
    expect(() => limiter.tryAcquire([{ ...spend('b', 3), reserve: 1 }])).toThrow('weight of b');
  });

  it('does not hold up a request for one budget because another is short', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('endpoint 1', 3)]);
    void ask('blocked', [spend('endpoint 1'), spend('ip', 1, 10)]);
    void ask('free', [spend('endpoint 2'), spend('ip', 1, 10)]);
    await clock.advance(1000);
    expect(log).toEqual([
      ['free', 0],
      ['blocked', 1000],
    ]);
  });

  it('refuses at once, with the wait, what cannot be in time', async () => {
    const { clock, limiter } = setUp();
    limiter.tryAcquire([spend('a', 3)]);
    await clock.advance(250);
    await expect(limiter.acquire([spend('a')], { deadlineMs: 700 })).rejects.toMatchObject({
      code: 'rate_limit',
      outcome: 'not_sent',
      retryable: true,
      retryAfterMs: 750,
    });
    expect(clock.pendingTimers).toBe(0);
    expect(clock.monotonic()).toBe(250);
  });

  it('refuses at the deadline who was kept waiting by others, and serves those behind', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('a', 3)]);
    void ask('urgent', [spend('a', 3)], { priority: 1 });
    void ask('short of time', [spend('a', 2)], { deadlineMs: 1500 });
    void ask('patient', [spend('a', 3)]);
    await clock.advance(5000);
    expect(log).toEqual([
      ['urgent', 1000],
      ['short of time: rate_limit', 1000],
      ['patient', 2000],
    ]);
  });

  it('grants what becomes free at the very deadline', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('a', 3)]);
    void ask('x', [spend('a')], { deadlineMs: 1000 });
    await clock.advance(1000);
    expect(log).toEqual([['x', 1000]]);
  });

  it('stops everything during a block, whose furthest end counts', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.block(5000);
    limiter.block(100);
    limiter.block(Number.NaN);
    limiter.block(-1);
    expect([limiter.blockedForMs(), limiter.tryAcquire([spend('a')])]).toEqual([5000, false]);
    void ask('waits', [spend('a')]);
    void ask('cannot wait', [spend('b')], { deadlineMs: 4000 });
    await clock.advance(4000);
    limiter.block(2000);
    expect(limiter.blockedForMs()).toBe(2000);
    await clock.advance(5000);
    expect(limiter.blockedForMs()).toBe(0);
    expect(log).toEqual([
      ['cannot wait: rate_limit', 0],
      ['waits', 6000],
    ]);
  });

  it('stops what needs one budget, and nothing else, when only that one is held to be empty', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.block(5000, [spend('orders'), spend('orders of BTC')]);
    limiter.block(100, [spend('orders')]);
    limiter.block(Number.NaN, [spend('orders')]);
    const free = [[spend('cancels')], [spend('orders', 0), spend('b')]].map((spends) => limiter.tryAcquire(spends));
    const held = [[spend('orders')], [spend('b'), spend('orders of BTC')]].map((spends) => limiter.tryAcquire(spends));
    expect([free, held, limiter.blockedForMs()]).toEqual([[true, true], [false, false], 0]);
    void ask('waits', [spend('orders')]);
    void ask('cannot wait', [spend('orders of BTC')], { deadlineMs: 4000 });
    void ask('cancel', [spend('cancels')]);
    await clock.advance(10_000);
    expect(log).toEqual([
      ['cancel', 0],
      ['cannot wait: rate_limit', 0],
      ['waits', 5000],
    ]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('refuses a waiting request as soon as a block makes its deadline impossible', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('a', 3)]);
    void ask('x', [spend('a')], { deadlineMs: 2000 });
    await clock.advance(10);
    limiter.block(60_000);
    await clock.advance(0);
    expect(log).toEqual([['x: rate_limit', 10]]);
    expect(clock.pendingTimers).toBe(0);
  });

  it('lets go of an aborted request, spends nothing for it, and serves the next', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('a', 2)]);
    const controller = new AbortController();
    void ask('aborted', [spend('a', 3)], { signal: controller.signal });
    void ask('next', [spend('a')]);
    await clock.advance(10);
    controller.abort();
    await clock.advance(0);
    expect(log).toEqual([
      ['aborted: aborted', 10],
      ['next', 10],
    ]);
    await expect(limiter.acquire([spend('b')], { signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
      outcome: 'not_sent',
    });
    expect(limiter.tryAcquire([spend('b', 3)])).toBe(true);
  });

  it('rejects all who wait and all who come when it is closed', async () => {
    const { clock, limiter, log, ask } = setUp();
    limiter.tryAcquire([spend('a', 3)]);
    void ask('waiting', [spend('a')]);
    limiter.close();
    limiter.close();
    void ask('late', [spend('b')]);
    await clock.advance(5000);
    expect(log).toEqual([
      ['waiting: closed', 0],
      ['late: closed', 0],
    ]);
    expect([limiter.tryAcquire([spend('b')]), clock.pendingTimers]).toEqual([false, 0]);
  });

  it.each([
    ['a weight above the capacity', [spend('a', 4)]],
    ['a negative weight', [spend('a', -1)]],
    ['a weight that is no number', [spend('a', Number.NaN)]],
    ['an interval of nothing', [spend('a', 1, 3, 0)]],
    ['one budget twice', [spend('a'), spend('a')]],
    ['another capacity for a known budget', [spend('known', 1, 4)]],
  ])('refuses %s as a mistake of the configuration', async (_, spends) => {
    const { limiter } = setUp();
    limiter.tryAcquire([spend('known')]);
    expect(() => limiter.tryAcquire(spends)).toThrow(expect.objectContaining({ code: 'configuration' }));
    await expect(limiter.acquire(spends)).rejects.toMatchObject({ code: 'configuration', outcome: 'not_sent' });
  });

  it('counts a weight of nothing as nothing', () => {
    const { limiter } = setUp();
    for (let i = 0; i < 100; i++) expect(limiter.tryAcquire([spend('a', 0)])).toBe(true);
    expect(limiter.tryAcquire([spend('a', 3)])).toBe(true);
  });

  it('measures with monotonic time: a step of the wall clock frees nothing', async () => {
    const { clock, limiter } = setUp();
    limiter.tryAcquire([spend('a', 3)]);
    clock.jumpWallClock(3_600_000);
    expect(limiter.tryAcquire([spend('a')])).toBe(false);
  });

  it('forgets budgets of which nothing is spent, and none that would let too much through', async () => {
    const { clock, limiter } = setUp();
    limiter.block(10_000, [spend('held')]);
    limiter.tryAcquire([spend('long', 3, 3, 60_000)]);
    for (let i = 0; i < 1_000; i++) limiter.tryAcquire([spend(`old ${i}`)]);
    // Of another size: only a budget that was forgotten may come so.
    const isForgotten = () => limiter.tryAcquire([spend('old 0', 1, 4)]);
    expect(isForgotten).toThrow(expect.objectContaining({ code: 'configuration' }));
    await clock.advance(1_000);
    for (let i = 0; i < 1_100; i++) limiter.tryAcquire([spend(`new ${i}`)]);
    expect(isForgotten()).toBe(true);
    expect([limiter.tryAcquire([spend('held')]), limiter.tryAcquire([spend('long', 1, 3, 60_000)])]).toEqual([
      false,
      false,
    ]);
  });
});
