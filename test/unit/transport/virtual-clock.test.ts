import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

const START = Date.UTC(2026, 2, 1);

describe('the virtual clock', () => {
  it('fires timers by due time, then by the order in which they were started', async () => {
    const clock = createVirtualClock({ startAt: START });
    const fired: Array<[string, number]> = [];
    const start = (name: string, delayMs: number) =>
      clock.setTimer(delayMs, () => fired.push([name, clock.now() - START]));
    start('late', 30);
    start('first at ten', 10);
    start('second at ten', 10);
    start('negative', -5);
    await clock.advance(30);
    expect(fired).toEqual([
      ['negative', 0],
      ['first at ten', 10],
      ['second at ten', 10],
      ['late', 30],
    ]);
    expect([clock.now(), clock.monotonic(), clock.pendingTimers]).toEqual([START + 30, 30, 0]);
  });

  it('lets promise chains run between two due times, so that they may start an earlier timer', async () => {
    const clock = createVirtualClock();
    const fired: string[] = [];
    clock.setTimer(20, () => fired.push('at 20'));
    clock.setTimer(10, () => {
      void (async () => {
        for (let hop = 0; hop < 50; hop++) await Promise.resolve();
        clock.setTimer(5, () => fired.push('at 15, started by a chain'));
      })();
    });
    await clock.advance(100);
    expect(fired).toEqual(['at 15, started by a chain', 'at 20']);
  });

  it('lets chains that are pending before the call run before time moves', async () => {
    const clock = createVirtualClock();
    let firedAt = Number.NaN;
    void Promise.resolve().then(() => clock.setTimer(5, () => (firedAt = clock.monotonic())));
    await clock.advance(10);
    expect(firedAt).toBe(5);
  });

  it('fires what a callback starts for the same moment after the promise chains of that moment', async () => {
    const clock = createVirtualClock();
    const seen: string[] = [];
    clock.setTimer(5, () => {
      clock.setTimer(0, () => seen.push('new timer'));
      void Promise.resolve().then(() => seen.push('chain'));
    });
    clock.setTimer(5, () => seen.push('old timer'));
    await clock.advance(5);
    expect(seen).toEqual(['old timer', 'chain', 'new timer']);
  });

  it('does not fire a timer that was cancelled, even by another timer of the same moment', async () => {
    const clock = createVirtualClock();
    const fired: string[] = [];
    clock.setTimer(5, () => second.cancel());
    const second = clock.setTimer(5, () => fired.push('second'));
    const third = clock.setTimer(9, () => fired.push('third'));
    expect(clock.pendingTimers).toBe(3);
    third.cancel();
    third.cancel();
    expect(clock.pendingTimers).toBe(2);
    await clock.advance(20);
    expect(fired).toEqual([]);
    second.cancel();
    expect(clock.pendingTimers).toBe(0);
  });

  it('moves the wall clock without the monotonic one and without firing anything', async () => {
    const clock = createVirtualClock({ startAt: START });
    let firedAt = Number.NaN;
    clock.setTimer(100, () => (firedAt = clock.now()));
    clock.jumpWallClock(-3_600_000);
    expect([clock.now(), clock.monotonic()]).toEqual([START - 3_600_000, 0]);
    await clock.runUntil(START - 3_600_000 + 100);
    expect([firedAt, clock.monotonic()]).toEqual([START - 3_600_000 + 100, 100]);
  });

  it('gives whole epoch milliseconds at fractions of a millisecond and reaches a wall time exactly', async () => {
    const clock = createVirtualClock({ startAt: START });
    const seen: number[] = [];
    clock.setTimer(0.3, () => seen.push(clock.now() - START, clock.monotonic()));
    await clock.runUntil(START + 7);
    expect(seen).toEqual([0, 0.3]);
    expect([clock.now(), clock.monotonic()]).toEqual([START + 7, 7]);
  });

  it('moves nothing when it is told to run until a moment that has passed', async () => {
    const clock = createVirtualClock({ startAt: START });
    await clock.advance(50);
    await clock.runUntil(START + 10);
    expect(clock.now()).toBe(START + 50);
  });

  it('refuses to go back, to go nowhere, and to be moved twice at once', async () => {
    const clock = createVirtualClock();
    await expect(clock.advance(-1)).rejects.toMatchObject({ code: 'validation', field: 'ms' });
    await expect(clock.advance(Number.NaN)).rejects.toMatchObject({ code: 'validation' });
    await expect(clock.advance(Number.POSITIVE_INFINITY)).rejects.toMatchObject({ code: 'validation' });
    await expect(clock.runUntil(Number.NaN)).rejects.toMatchObject({ code: 'validation' });
    expect(() => createVirtualClock({ startAt: 0.5 })).toThrow('startAt');
    expect(() => clock.jumpWallClock(0.5)).toThrow('whole milliseconds');
    const first = clock.advance(1);
    await expect(clock.advance(1)).rejects.toMatchObject({ code: 'validation', field: 'advance' });
    await first;
    expect(clock.monotonic()).toBe(1);
  });

  it('hands on what a callback throws, stands at that timer, and can go on', async () => {
    const clock = createVirtualClock();
    const fired: number[] = [];
    clock.setTimer(5, () => {
      throw new Error('planted');
    });
    clock.setTimer(8, () => fired.push(8));
    await expect(clock.advance(10)).rejects.toThrow('planted');
    expect([clock.monotonic(), fired]).toEqual([5, []]);
    await clock.advance(5);
    expect([clock.monotonic(), fired]).toEqual([10, [8]]);
  });

  it('takes a timer that never comes due', async () => {
    const clock = createVirtualClock();
    const timer = clock.setTimer(Number.POSITIVE_INFINITY, () => expect.unreachable());
    await clock.advance(1e12);
    expect(clock.pendingTimers).toBe(1);
    timer.cancel();
  });
});
