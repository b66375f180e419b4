import { describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

const SIX_MINUTES_MS = 360_000;
const DAY_MS = 86_400_000;

describe.each(ACCOUNTS)('with an instrument list of $name that is old and cannot be had anew,', (user) => {
  const { id: venue, BTC, LIMIT, calls } = user;

  async function oldWorld(fault: 'refused' | 'unanswered') {
    const world = await privateWorld(user);
    const { exchange, outcome, clock, sim } = world;
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    await clock.advance(SIX_MINUTES_MS);
    if (fault === 'unanswered') sim.faults.loseRequest(venue, calls.instruments, { forMs: 2 * DAY_MS });
    else sim.faults.respond(venue, calls.instruments, { status: 503, body: '{}', processed: false, forMs: 2 * DAY_MS });
    const errors: unknown[] = [];
    exchange.on('error', (error) => errors.push(words(error)));
    return { ...world, orderId, errors };
  }

  it.each(['refused', 'unanswered'] as const)(
    'orders are placed and canceled still, soon, and it is told: %s',
    async (fault) => {
      await using world = await oldWorld(fault);
      const { exchange, outcome, clock, truth, errors } = world;
      for (let i = 0; i < 3; i++) {
        const startedAt = clock.monotonic();
        await outcome(exchange.placeLimitOrder({ ...LIMIT, price: '99' }));
        expect(clock.monotonic() - startedAt).toBeLessThan(i === 0 ? 2_000 : 700);
      }
      await outcome(exchange.cancelAllOrders(BTC));
      expect(truth.orders().map(({ status }) => status)).toEqual(Array(4).fill('canceled'));
      await clock.advance(15_000);
      expect(errors).toEqual([fault === 'refused' ? 'server unknown' : 'timeout unknown']);
    },
  );

  it('streams come up and are live', async () => {
    await using world = await oldWorld('refused');
    await world.outcome(world.exchange.watchOrders().ready);
    expect(world.exchange.status).toBe('live');
  });

  it('orders are refused after a day, and cancels are not', async () => {
    await using world = await oldWorld('refused');
    const { exchange, outcome, failure, clock, orderId } = world;
    await clock.advance(DAY_MS);
    expect(words(await failure(exchange.placeLimitOrder(LIMIT)))).toBe('server not_sent');
    expect(await outcome(exchange.cancelOrder({ symbol: BTC, orderId }))).toMatchObject({ state: 'canceled' });
    expect(await outcome(exchange.cancelAllOrders(BTC))).toEqual([]);
  });
});
