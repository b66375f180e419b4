import { describe, expect, it } from 'vitest';
import { createPublicExchange, venues } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld } from '../../support/private-world.js';

describe.each(ACCOUNTS)('warming up at $name', (user) => {
  const { id: venue, BTC } = user;
  it('leaves nothing to be fetched before an order but what may change meanwhile', async () => {
    await using world = await privateWorld(user, { flow: { eventsPerSecond: 5, levels: 5 } });
    await world.outcome(world.exchange.warm());
    const before = world.tap.requests.length;
    await world.outcome(world.exchange.placeLimitOrder({ symbol: BTC, side: 'buy', quantity: '0.1', price: '20' }));
    // How the account trades a perpetual market is read for each order, unless the streams are live.
    expect(world.tap.requests.length - before).toBe(user.isPerpetual ? 3 : 1);
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
