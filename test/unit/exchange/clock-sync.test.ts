import { describe, expect, it } from 'vitest';
import { ClockSync } from '../../../src/exchange/clock-sync.js';
import { sleep } from '../../../src/transport/sleep.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

/** A venue whose clock is ahead, with the round trips given; each half of one is as long as the other but for `skew`. */
function world(roundTrips: readonly number[], aheadMs = 5_000) {
  const clock = createVirtualClock({ startAt: 1_000_000 });
  let asked = 0;
  const ask = async (): Promise<number> => {
    const ms = roundTrips[asked++ % roundTrips.length] as number;
    await sleep(clock, ms * 0.9, undefined);
    const time = clock.now() + aheadMs;
    await sleep(clock, ms * 0.1, undefined);
    return time;
  };
  const sync = new ClockSync(clock, ask);
  return { clock, sync, asked: () => asked };
}

describe("the venue's clock", () => {
  it('is our own until somebody asked', () => {
    const { sync, clock } = world([10]);
    expect([sync.now(), sync.offsetMs]).toEqual([clock.now(), 0]);
  });

  it('believes the probe with the shortest round trip', async () => {
    const { clock, sync } = world([1_000, 20, 400]);
    const done = sync.sync();
    await clock.advance(2_000);
    await done;
    // Asymmetry of the way costs at most half of the round trip: 0.4 of 20 ms.
    expect(sync.offsetMs).toBe(5_008);
    expect(sync.now()).toBe(clock.now() + 5_008);
  });

  it('asks three times for all who want to know at the same time, and not again for those who only need it known', async () => {
    const { clock, sync, asked } = world([10]);
    const all = [sync.ready(), sync.ready(), sync.sync()];
    await clock.advance(100);
    await Promise.all(all);
    await sync.ready();
    expect(asked()).toBe(3);
  });

  it('does not keep a failure', async () => {
    const clock = createVirtualClock({ startAt: 1_000_000 });
    let isDown = true;
    const sync = new ClockSync(clock, async () => {
      if (isDown) throw new Error('down');
      return clock.now() + 7;
    });
    await expect(sync.ready()).rejects.toThrow('down');
    isDown = false;
    await sync.ready();
    expect(sync.offsetMs).toBe(7);
  });
});
