import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { settle } from '../../../src/transport/clock.js';
import { ExchangeWatch } from '../../../src/transport/http/watch-exchanges.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

function watchOn(clock = createVirtualClock()) {
  const watch = new ExchangeWatch<ReturnType<typeof exchange>>(clock);
  const told: string[] = [];
  const exchange = (name: string, timeoutMs: number, signal?: AbortSignal) => {
    const end = (how: string) => () => {
      told.push(`${name} ${how}`);
      watch.remove(one);
    };
    const deadline = clock.monotonic() + timeoutMs;
    const one = { timeoutMs, deadline, signal, timeOut: end('timed out'), abort: end('aborted') };
    watch.add(one);
    return one;
  };
  return { clock, watch, told, exchange };
}

describe('the watch over exchanges', () => {
  it('times each out at its own deadline, whatever the order in which they came', async () => {
    const { clock, told, exchange } = watchOn();
    exchange('long', 900);
    await settle();
    exchange('short', 100);
    exchange('middle', 500);
    await settle();
    await clock.advance(100);
    expect(told).toEqual(['short timed out']);
    await clock.advance(400);
    expect(told).toEqual(['short timed out', 'middle timed out']);
    await clock.advance(400);
    expect(told).toEqual(['short timed out', 'middle timed out', 'long timed out']);
  });

  it('leaves those alone that are over, and keeps no timer without one that is open, and one listener for a signal', async () => {
    const { clock, watch, told, exchange } = watchOn();
    const { signal } = new AbortController();
    const [first, second] = [exchange('first', 100, signal), exchange('second', 200, signal)];
    await settle();
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    watch.remove(first);
    watch.remove(second);
    watch.remove(second);
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(1_000);
    watch.remove(exchange('third', 100, signal));
    exchange('fourth', 5_000, signal);
    await settle();
    expect({ timers: clock.pendingTimers, listeners: getEventListeners(signal, 'abort').length }).toEqual({
      timers: 1,
      listeners: 1,
    });
    expect(told).toEqual([]);
  });

  it('aborts those of one signal, also where it fired before the turn was over', async () => {
    const { clock, told, exchange } = watchOn();
    const [one, other] = [new AbortController(), new AbortController()];
    exchange('first', 100, one.signal);
    exchange('second', 100, one.signal);
    exchange('other', 100, other.signal);
    await settle();
    exchange('late', 100, one.signal);
    one.abort();
    await settle();
    expect(told).toEqual(['first aborted', 'second aborted', 'late aborted']);
    await clock.advance(100);
    expect(told.at(-1)).toBe('other timed out');
    expect(told).toHaveLength(4);
  });

  it('times out at once what was due before the turn was over', async () => {
    const { clock, told, exchange } = watchOn();
    exchange('due', 0);
    await settle();
    expect({ told, timers: clock.pendingTimers }).toEqual({ told: ['due timed out'], timers: 0 });
  });
});
