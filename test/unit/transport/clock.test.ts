import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSystemClock, settle } from '../../../src/transport/clock.js';

describe('the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: 1_750_000_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('reads wall time and monotonic time', () => {
    const clock = createSystemClock();
    const from = clock.monotonic();
    vi.advanceTimersByTime(250);
    expect([clock.now(), clock.monotonic() - from]).toEqual([1_750_000_000_250, 250]);
  });

  it('waits out a delay that a native timer would not take', () => {
    const clock = createSystemClock();
    const fired: number[] = [];
    const days40 = 40 * 86_400_000;
    clock.setTimer(days40, () => fired.push(clock.now() - 1_750_000_000_000));
    vi.advanceTimersByTime(days40 - 1);
    expect(fired).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(fired).toEqual([days40]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('cancels in any part of a long delay, and counts a negative delay as none', () => {
    const clock = createSystemClock();
    const long = clock.setTimer(2 ** 33, () => expect.unreachable());
    vi.advanceTimersByTime(2 ** 32);
    long.cancel();
    long.cancel();
    expect(vi.getTimerCount()).toBe(0);
    let hasFired = false;
    const short = clock.setTimer(-5, () => {
      hasFired = true;
    });
    vi.advanceTimersByTime(1);
    expect(hasFired).toBe(true);
    short.cancel();
  });
});

describe('real timers', () => {
  it('keep the process alive unless they are background timers', () => {
    const clock = createSystemClock();
    const active = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = active();
    const background = clock.setTimer(60_000, () => {}, { background: true });
    const long = clock.setTimer(2 ** 40, () => {}, { background: true });
    expect(active()).toBe(before);
    const foreground = clock.setTimer(60_000, () => {});
    expect(active()).toBe(before + 1);
    for (const timer of [background, long, foreground]) timer.cancel();
    expect(active()).toBe(before);
  });

  it('settle waits for the whole chain of promises', async () => {
    let hops = 0;
    void (async () => {
      for (; hops < 1000; hops++) await Promise.resolve();
    })();
    await settle();
    expect(hops).toBe(1000);
  });
});
