import { describe, expect, it } from 'vitest';
import type { Order } from '../../../src/index.js';
import { ACCOUNTS, GATEIO_ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

/** Farther than any venue lets a time stamp be off, ms: a machine was asleep, or the venue's clock was set. */
const STEP_MS = 120_000;

describe.each(ACCOUNTS)('the streams of $name', (user) => {
  const { id: venue, LIMIT } = user;

  it.each([STEP_MS, -STEP_MS])(
    "come back after the venue's clock stepped by %i ms, and miss nothing",
    async (stepMs) => {
      await using world = await privateWorld(user);
      const { exchange, outcome, sim, clock } = world;
      const orders: Order[] = [];
      const watch = exchange.watchOrders((order) => void orders.push(order));
      await outcome(watch.ready);
      sim.faults.skewClock(venue, stepMs);
      sim.faults.cut(venue);
      await clock.advance(90_000);
      expect(exchange.status).toBe('live');
      const { orderId } = await outcome(exchange.placeLimitOrder(LIMIT));
      await clock.advance(1_000);
      expect(orders.at(-1)).toMatchObject({ orderId, state: 'open' });
    },
  );
});

describe.each(GATEIO_ACCOUNTS)('the order socket of $name', (user) => {
  const { id: venue, LIMIT: terms } = user;
  const LIMIT = { ...terms, via: 'ws' } as const;

  it.each([STEP_MS, -STEP_MS])(
    "stamps a command anew, once, when the venue's clock stepped by %i ms",
    async (stepMs) => {
      await using world = await privateWorld(user);
      const { exchange, outcome, sim, tap, truth } = world;
      await outcome(exchange.placeLimitOrder(LIMIT));
      sim.faults.skewClock(venue, stepMs);
      const { orderId } = await outcome(exchange.placeLimitOrder(LIMIT));
      expect(truth.orders().map(({ id }) => id)).toContain(orderId);
      expect([truth.orders().length, tap.frames.filter((text) => text.includes('.order_place')).length]).toEqual([
        2, 3,
      ]);
    },
  );

  it("logs in again after the venue's clock stepped", async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, sim, clock, truth } = world;
    await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.skewClock(venue, STEP_MS);
    sim.faults.cut(venue);
    await clock.advance(10_000);
    const { state } = await outcome(exchange.placeLimitOrder(LIMIT));
    expect([state, truth.orders().length]).toEqual(['open', 2]);
  });
});
