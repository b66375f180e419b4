import { describe, expect, it } from 'vitest';
import type { Balance, Fill, Order } from '../../../src/index.js';
import { ACCOUNTS, SPOT_ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

const HOUR_MS = 3_600_000;

describe.each(ACCOUNTS)('an account of $name', (user) => {
  const { id: venue, LIMIT } = user;
  it('is read over REST while its streams stay away, and is not called live', async () => {
    await using world = await privateWorld(user, { exchange: { placeWhileReconciling: true } });
    const { exchange, outcome, clock, sim, trade, truth } = world;
    const [orders, fills, balances] = [[] as Order[], [] as Fill[], [] as Balance[]];
    const watched = [
      exchange.watchOrders((order) => void orders.push(order)),
      exchange.watchFills((fill) => void fills.push(fill)),
      exchange.watchBalances((balance) => void balances.push(balance)),
    ];
    await outcome(Promise.all(watched.map(({ ready }) => ready)));
    sim.faults.refuseConnections(venue, 10_000);
    sim.faults.cut(venue);
    await clock.advance(20_000);
    const { orderId } = await outcome(exchange.placeLimitOrder(LIMIT));
    trade('sell', '0.4', '100');
    await clock.advance(30_000);
    expect(orders.at(-1)).toMatchObject({ orderId, state: 'partially_filled', filledQuantity: '0.4' });
    trade('sell', '0.6', '100');
    await clock.advance(30_000);
    expect(orders.at(-1)).toMatchObject({ orderId, state: 'filled', filledQuantity: '1' });
    expect(fills.map(({ quantity }) => quantity)).toEqual(['0.4', '0.6']);
    const told = Object.fromEntries(balances.map(({ asset, free, locked }) => [asset, { free, locked }]));
    expect([told, exchange.status]).toEqual([truth.balances(), 'degraded']);
  });
});

/** Perpetuals have the same connections, but something to say each second. */
describe.each(SPOT_ACCOUNTS)('an account of $name', (user) => {
  it('is followed for two days without a connection cut by the venue', async () => {
    await using world = await privateWorld(user, { exchange: { reconcileEveryMs: HOUR_MS } });
    const { exchange, outcome, clock, trade, tap, truth } = world;
    const events: string[] = [];
    const fills: Fill[] = [];
    await outcome(exchange.watchFills((fill) => void fills.push(fill)).ready);
    await outcome(exchange.placeLimitOrder(user.LIMIT));
    exchange.on('reconnect', ({ code }) => events.push(`reconnect ${code}`));
    exchange.on('status', ({ status }) => events.push(status));
    exchange.on('error', (error) => events.push(String(error)));
    for (let hour = 1; hour <= 48; hour++) {
      await clock.advance(HOUR_MS - 2_000);
      trade('sell', '0.01', '100');
      await clock.advance(2_000);
      expect([hour, fills.length, events]).toEqual([hour, hour, []]);
    }
    expect([truth.fills().length, tap.openSockets, exchange.status]).toEqual([48, 1, 'live']);
    expect(tap.dials.length).toBeGreaterThanOrEqual(2);
  });
});
