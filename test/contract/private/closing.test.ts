import { describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { type PrivateWorld, privateWorld } from '../../support/private-world.js';

type Pending = ReadonlyArray<Promise<unknown>>;

/** How each state is reached, and what is still on its way then. */
const STATES: Readonly<Record<string, (world: PrivateWorld) => Promise<Pending>>> = {
  idle: async () => [],
  'before its first call left': async ({ exchange, user }) => [
    exchange.getBalances(),
    exchange.placeLimitOrder(user.LIMIT),
  ],
  'in the middle of calls': async ({ exchange, clock }) => {
    const calls = [exchange.getBalances(), exchange.getOpenOrders()];
    for (const call of calls) call.catch(() => undefined);
    await clock.advance(1);
    return calls;
  },
  'loading what the streams need': async ({ exchange, clock }) => {
    const ready = [exchange.watchOrders().ready, exchange.watchBalances().ready];
    await clock.advance(1);
    return ready;
  },
  'connecting in vain': async ({ exchange, sim, clock, venue }) => {
    sim.faults.refuseConnections(venue, 99);
    const { ready } = exchange.watchOrders();
    await clock.advance(20_000);
    return [ready];
  },
  live: async ({ exchange, outcome, user }) => {
    await outcome(exchange.watchOrders().ready);
    await outcome(exchange.placeLimitOrder(user.LIMIT));
    return [];
  },
  'told of balances that it is about to read': async ({ exchange, outcome, user }) => {
    await outcome(exchange.watchBalances().ready);
    await outcome(exchange.placeLimitOrder(user.LIMIT));
    return [];
  },
  'live while no answer comes any more': async ({ exchange, outcome, sim, venue }) => {
    await outcome(exchange.watchOrders().ready);
    sim.faults.loseRequest(venue, '', { forMs: 60_000 });
    return [];
  },
  reconciling: async ({ exchange, outcome, sim, clock, venue }) => {
    await outcome(exchange.watchOrders().ready);
    sim.faults.loseRequest(venue, 'GET', { forMs: 60_000 });
    sim.faults.cut(venue);
    await clock.advance(8_000);
    expect(exchange.status).toBe('degraded');
    return [];
  },
  'waiting to connect again': async ({ exchange, outcome, sim, clock, venue }) => {
    await outcome(exchange.watchFills().ready);
    sim.faults.refuseConnections(venue, 99);
    sim.faults.cut(venue);
    await clock.advance(10);
    return [];
  },
};

describe.each(ACCOUNTS)('closing a private exchange of $name', (user) => {
  const { id: venue, BTC, LIMIT } = user;
  it.each(Object.keys(STATES))('while it is %s ends everything: calls, sockets, timers, handlers', async (name) => {
    await using world = await privateWorld(user);
    const { exchange, outcome, failure, tap, clock } = world;
    const pending = (await STATES[name]?.(world)) ?? [];
    for (const one of pending) one.catch(() => undefined);
    const codes = Promise.all(
      pending.map((one) =>
        one.then(
          () => 'no error',
          (error: { code?: string }) => error.code,
        ),
      ),
    );
    await outcome(Promise.all([exchange.close(), exchange.close(), exchange[Symbol.asyncDispose]()]), 2_000);
    expect(await outcome(codes, 10)).toEqual(pending.map(() => 'closed'));
    expect([name, exchange.status, tap.timers, tap.openSockets]).toEqual([name, 'closed', 0, 0]);
    const sent = tap.requests.length;
    for (const late of [
      () => exchange.getBalances(),
      () => exchange.placeLimitOrder(LIMIT),
      () => exchange.getOpenOrders(),
      () => exchange.cancelAllOrders(),
    ])
      expect(await failure(late())).toMatchObject({ code: 'closed', outcome: 'not_sent', venue });
    expect(await failure((async () => exchange.watchOrders())())).toMatchObject({ code: 'closed' });
    await clock.advance(120_000);
    expect([tap.requests.length, tap.timers, tap.openSockets]).toEqual([sent, 0, 0]);
  });

  it('while an order has an unknown outcome ends the search, and says that it is not known', async () => {
    await using world = await privateWorld(user, { exchange: { timeoutMs: 1_000 } });
    const { exchange, outcome, clock, sim, tap } = world;
    await outcome(exchange.getOpenOrders(BTC));
    sim.faults.loseRequest(venue, 'POST');
    const placing = exchange.placeLimitOrder(LIMIT);
    placing.catch(() => undefined);
    await clock.advance(3_000);
    await outcome(exchange.close());
    expect(await world.failure(placing)).toMatchObject({ outcome: 'unknown' });
    expect([tap.timers, tap.openSockets]).toEqual([0, 0]);
  });
});
