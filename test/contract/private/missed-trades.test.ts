import { describe, expect, it } from 'vitest';
import type { Fill } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

describe.each(ACCOUNTS)('what others trade on the account of $name while the streams are away', (user) => {
  const { id: venue, ETH } = user;
  it('is told afterwards, also in a market that this client has never touched', async () => {
    await using world = await privateWorld(user);
    const { exchange, connect, outcome, clock, sim, trade, truth } = world;
    const fills: Fill[] = [];
    const watched = [exchange.watchFills((fill) => void fills.push(fill)), exchange.watchBalances(() => undefined)];
    await outcome(Promise.all(watched.map(({ ready }) => ready)));
    const other = connect().exchange;
    trade('sell', '5', '100', ETH);
    sim.faults.refuseConnections(venue, 3);
    sim.faults.cut(venue);
    await outcome(other.placeOrder({ symbol: ETH, side: 'buy', type: 'limit', quantity: '2', price: '100' }));
    expect([truth.fills().length, fills.length]).toEqual([1, 0]);
    for (let ms = 0; exchange.status !== 'live' && ms < 120_000; ms += 10) await clock.advance(10);
    expect(fills.map(({ symbol, quantity, price }) => [symbol, quantity, price])).toEqual([[ETH, '2', '100']]);
    await clock.advance(90_000);
    expect(fills.length).toBe(1);
  });
});
