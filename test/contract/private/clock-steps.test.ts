import { describe, expect, it } from 'vitest';
import type { Fill, Order } from '../../../src/index.js';
import { ACCOUNTS, GATEIO_ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

/** Farther than any venue lets a time stamp be off, ms: a machine was asleep, or the venue's clock was set. */
const STEP_MS = 120_000;
/** Where the venues tell their time. */
const HISTORIES = ['/api/v4/spot/orders', '/api/v4/futures/usdt/orders_timerange'];
const CLOCKS = ['GET /api/v3/time', 'GET /api/v1/contract/ping', 'GET /api/v4/spot/time'];

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

  it.each([40_000, -90_000])(
    "are live only when all is told, also where the venue's clock stepped by %i ms",
    async (stepMs) => {
      await using world = await privateWorld(user);
      const { exchange, outcome, sim, clock } = world;
      const fills: Fill[] = [];
      const watch = exchange.watchFills((fill) => void fills.push(fill));
      await outcome(watch.ready);
      const { orderId } = await outcome(exchange.placeLimitOrder(LIMIT));
      await clock.advance(60_000);
      sim.faults.skewClock(venue, stepMs);
      sim.faults.cut(venue);
      world.trade('sell', LIMIT.quantity, LIMIT.price);
      for (let ms = 0; exchange.status !== 'degraded' && ms < 1_000; ms += 10) await clock.advance(10);
      for (let ms = 0; exchange.status !== 'live' && ms < 60_000; ms += 10) await clock.advance(10);
      expect([exchange.status, fills.map((fill) => fill.orderId)]).toEqual(['live', [orderId]]);
    },
  );

  it('come back also where the clock cannot be asked for a while', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, sim, clock } = world;
    await outcome(exchange.watchOrders().ready);
    sim.faults.skewClock(venue, STEP_MS);
    for (const path of CLOCKS) sim.faults.respond(venue, path, { status: 503, body: '{}', forMs: 60_000 });
    sim.faults.cut(venue);
    await clock.advance(180_000);
    expect(exchange.status).toBe('live');
  });

  it('do not call an order canceled that is hidden while the clock steps', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, sim, clock } = world;
    const states: string[] = [];
    const watch = exchange.watchOrders(({ state }) => void states.push(state));
    await outcome(watch.ready);
    sim.faults.hideOrders(venue, { lagMs: 8_000 });
    await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.skewClock(venue, STEP_MS);
    sim.faults.cut(venue);
    await clock.advance(90_000);
    expect([exchange.status, states.at(-1), states.includes('canceled')]).toEqual(['live', 'open', false]);
  });
});

describe.each(ACCOUNTS)('a clock that is wrong from the start, at $name,', (user) => {
  it.each([-3_600_000, -10_000, -1_100, -400, 400, 1_100, 10_000, 3_600_000])(
    'costs no refusal: it is compared before the first command (off by %i ms)',
    async (offMs) => {
      await using world = await privateWorld(user);
      world.sim.faults.skewClock(user.id, offMs);
      const { exchange } = world.connect();
      for (let i = 0; i < 3; i++) {
        const { orderId } = await world.outcome(exchange.placeLimitOrder(user.LIMIT));
        await world.clock.advance(60_000);
        await world.outcome(exchange.cancelOrder({ symbol: user.BTC, orderId: orderId as string }));
      }
      const refused = Object.keys(exchange.metrics().counters).filter((name) => name.startsWith('rest.refused'));
      expect([refused, world.truth.orders().length]).toEqual([[], 3]);
    },
  );
});

describe.each(GATEIO_ACCOUNTS)('the streams of $name, where a clock may be off by a minute', (user) => {
  const { id: venue, LIMIT } = user;

  it.each([50_000, -50_000])(
    'find at the next look what others traded, also where it stepped by %i ms',
    async (stepMs) => {
      await using world = await privateWorld(user);
      const { exchange, outcome, sim, clock } = world;
      const fills: Fill[] = [];
      await outcome(exchange.watchFills((fill) => void fills.push(fill)).ready);
      await clock.advance(55_000);
      sim.faults.skewClock(venue, stepMs);
      sim.faults.drop(venue, { forMs: 4_000 });
      const { orderId } = await outcome(world.connect().exchange.placeLimitOrder(LIMIT));
      world.trade('sell', LIMIT.quantity, LIMIT.price);
      await clock.advance(15_000);
      expect(fills.map((fill) => fill.orderId)).toEqual([orderId]);
    },
  );

  it('read on, with the clock asked before each list, where the venue takes no end that is still to come', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, sim, clock, tap } = world;
    await outcome(exchange.placeLimitOrder(LIMIT));
    const body = '{"label":"INVALID_PARAM_VALUE","message":"to"}';
    for (const path of HISTORIES) sim.faults.respond(venue, `GET ${path}`, { status: 400, body });
    const begunAt = tap.requests.length;
    await outcome(exchange.watchFills().ready);
    const lists = tap.requests.slice(begunAt).flatMap(({ url }, i, all) => {
      const { searchParams } = new URL(url);
      const before = new URL(all[i - 1]?.url ?? url).pathname;
      const aheadMs = Number(searchParams.get('to')) * 1_000 - clock.now();
      return searchParams.has('to') ? [[aheadMs > 50_000, aheadMs < 3_000, before.endsWith('/spot/time')]] : [];
    });
    const [refused, ...others] = lists;
    expect([exchange.status, refused?.[0], others]).toEqual([
      'live',
      true,
      [
        [false, true, true],
        [false, true, true],
      ],
    ]);
  });
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
