import { describe, expect, it } from 'vitest';
import type { ExchangeError } from '../../../src/index.js';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { type PrivateWorld, privateWorld, words } from '../../support/private-world.js';

const DOWN = { status: 500, body: '{}', processed: false, times: 1_000 } as const;

async function rest(
  { exchange, outcome, clock }: PrivateWorld,
  ...orders: Parameters<typeof exchange.placeLimitOrder>[0][]
) {
  for (const order of orders) {
    await outcome(exchange.placeLimitOrder(order));
    await clock.advance(600);
  }
}

const states = ({ truth }: PrivateWorld) => truth.orders().map(({ status }) => status);

describe.each(ACCOUNTS)('canceling on $name while nothing can be read', (user) => {
  const { id: venue, BTC, ETH, LIMIT } = user;

  it('all orders of a market takes place, and says that it could not look', async () => {
    await using world = await privateWorld(user);
    await rest(world, LIMIT, { ...LIMIT, price: '99' });
    const errors: unknown[] = [];
    world.exchange.on('error', (error) => errors.push(words(error)));
    world.sim.faults.respond(venue, 'GET ', DOWN);
    await world.outcome(world.exchange.cancelAllOrders(BTC));
    expect(states(world)).toEqual(['canceled', 'canceled']);
    await world.clock.advance(20_000);
    expect(errors).toEqual(['server unknown']);
  });

  it('all orders of a market leaves soon, also where reads get no answer', async () => {
    await using world = await privateWorld(user);
    await rest(world, LIMIT);
    world.sim.faults.loseRequest(venue, 'GET ', { forMs: 60_000 });
    const canceling = world.exchange.cancelAllOrders(BTC);
    await world.clock.advance(2_500);
    expect(states(world)).toEqual(['canceled']);
    await world.outcome(canceling);
  });

  it('all orders there are takes place in every market that is known, and fails: there may be others', async () => {
    await using world = await privateWorld(user);
    await rest(world, LIMIT, { ...LIMIT, symbol: ETH });
    world.sim.faults.respond(venue, 'GET ', DOWN);
    expect(words(await world.failure(world.exchange.cancelAllOrders()))).toBe('server unknown');
    expect(states(world)).toEqual(['canceled', 'canceled']);
  });

  it.each(['own', 'all'] as const)('%s at the close takes place before it closes', async (cancelOrders) => {
    await using world = await privateWorld(user);
    await rest(world, LIMIT, { ...LIMIT, symbol: ETH });
    world.sim.faults.respond(venue, 'GET ', DOWN);
    await world.outcome(world.exchange.close({ cancelOrders }));
    expect(states(world)).toEqual(['canceled', 'canceled']);
  });
});

describe.each(ACCOUNTS)('closing with orders at $name when it does not answer any more', (user) => {
  it.each(['own', 'all'] as const)(
    'ends within three times the time of a call, and names what is left (%s)',
    async (which) => {
      await using world = await privateWorld(user, { exchange: { timeoutMs: 1_000 } });
      const orders = Array.from({ length: 30 }, (_, i) => ({ ...user.LIMIT, price: String(60 + i) }));
      await rest(world, ...orders);
      const errors: ExchangeError[] = [];
      world.exchange.on('error', (error) => void errors.push(error as ExchangeError));
      world.sim.faults.loseRequest(user.id, '', { forMs: 600_000 });
      const startedAt = world.clock.monotonic();
      await world.outcome(world.exchange.close({ cancelOrders: which }));
      expect(world.clock.monotonic() - startedAt).toBeLessThanOrEqual(5_000);
      const last = errors.find(({ message }) =>
        message.startsWith('orders that may still rest after the close (30): '),
      );
      expect(last).toMatchObject({ code: 'unknown', outcome: 'unknown', venue: user.id });
      expect(last?.message).toContain(world.truth.orders()[0]?.id);
    },
  );
});
