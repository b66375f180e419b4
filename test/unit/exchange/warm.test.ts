import { describe, expect, it } from 'vitest';
import { createPublicExchange, venues } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

describe.each(ACCOUNTS)('warming up at $name', (user) => {
  const { id: venue, BTC } = user;
  it('leaves nothing to be fetched before an order in the markets that are named', async () => {
    const flow = { eventsPerSecond: 5, levels: 5 };
    await using world = await privateWorld(user, { flow, exchange: { symbols: [BTC] } });
    await world.outcome(world.exchange.warm());
    const before = world.tap.requests.length;
    await world.outcome(world.exchange.placeLimitOrder({ symbol: BTC, side: 'buy', quantity: '0.1', price: '20' }));
    expect(world.tap.requests.length - before).toBe(1);
  });

  it('leaves to the first order in another market how the account trades it', async () => {
    await using world = await privateWorld(user, { flow: { eventsPerSecond: 5, levels: 5 } });
    await world.outcome(world.exchange.warm());
    const before = world.tap.requests.length;
    for (const price of ['20', '21'])
      await world.outcome(world.exchange.placeLimitOrder({ symbol: BTC, side: 'buy', quantity: '0.1', price }));
    expect(world.tap.requests.length - before).toBe(user.isPerpetual ? 3 : 2);
  });

  it('is refused once the exchange is closed, in public too', async () => {
    await using world = await privateWorld(user);
    const market = createPublicExchange(venues[venue], { runtime: world.sim.runtime() });
    await world.outcome(market.warm());
    expect(await world.outcome(market.getInstruments()).then((list) => list.size)).toBeGreaterThan(0);
    await world.outcome(market.close());
    expect(await world.failure(market.warm())).toMatchObject({ code: 'closed', outcome: 'not_sent' });
  });
});
