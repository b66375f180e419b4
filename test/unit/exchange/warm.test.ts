import { describe, expect, it } from 'vitest';
import { createPublicExchange, venues } from '../../../src/index.js';
import { BTC, privateWorld, SPOT_VENUES } from '../../support/private-world.js';

describe.each(SPOT_VENUES)('warming up at %s', (venue) => {
  it('leaves nothing to be fetched before an order but the order itself', async () => {
    await using world = await privateWorld(venue, { flow: { eventsPerSecond: 5, levels: 5 } });
    await world.outcome(world.exchange.warm());
    const before = world.tap.requests.length;
    await world.outcome(world.exchange.placeLimitOrder({ symbol: BTC, side: 'buy', quantity: '0.1', price: '20' }));
    expect(world.tap.requests.length - before).toBe(1);
  });

  it('is refused once the exchange is closed, in public too', async () => {
    await using world = await privateWorld(venue);
    const market = createPublicExchange(venues[venue], { runtime: world.sim.runtime() });
    await world.outcome(market.warm());
    expect(await world.outcome(market.getInstruments()).then((list) => list.size)).toBeGreaterThan(0);
    await world.outcome(market.close());
    expect(await world.failure(market.warm())).toMatchObject({ code: 'closed', outcome: 'not_sent' });
  });
});
