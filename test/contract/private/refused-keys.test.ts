import { describe, expect, it } from 'vitest';
import { ACCOUNTS } from '../../support/accounts-under-test.js';
import { type PrivateWorld, privateWorld, words } from '../../support/private-world.js';

/** The next so many reads of the account are refused for want of rights. */
function takeRights({ sim, user }: PrivateWorld, times: number): void {
  sim.faults.respond(user.id, user.calls.balances, { status: 403, body: user.forbidden, processed: false, times });
}

/** Watches, and keeps what the watcher is told and how it ends. */
function watch({ exchange }: PrivateWorld) {
  const seen = { statuses: [] as string[], end: 'none' as unknown };
  exchange.on('status', ({ status }) => seen.statuses.push(status));
  const orders = exchange.watchOrders();
  const iterator = orders[Symbol.asyncIterator]();
  const read = async (): Promise<void> => {
    while (!(await iterator.next()).done);
  };
  read().then(
    () => (seen.end = 'done'),
    (error: unknown) => (seen.end = words(error)),
  );
  return { seen, orders };
}

describe.each(ACCOUNTS)('keys of $name that lose their rights', (user) => {
  const { id: venue, BTC, LIMIT } = user;
  it('end the streams that were live, loudly, after some tries in which the account is not live', async () => {
    await using world = await privateWorld(user);
    const { seen, orders } = watch(world);
    await world.outcome(orders.ready);
    takeRights(world, 1_000);
    await world.clock.advance(31_000);
    expect(seen.statuses.at(-1)).toBe('degraded');
    expect(words(await world.failure(world.exchange.placeLimitOrder(LIMIT)))).toBe('account_not_ready not_sent');
    await world.clock.advance(120_000);
    expect(seen.end).toBe('permission_denied rejected');
    expect(world.truth.orders()).toEqual([]);
  });

  it('and have them back at once were a fault of the venue: the streams go on', async () => {
    await using world = await privateWorld(user);
    const { seen, orders } = watch(world);
    await world.outcome(orders.ready);
    takeRights(world, 1);
    await world.clock.advance(120_000);
    expect([seen.statuses, seen.end]).toEqual([['connecting', 'live', 'degraded', 'live'], 'none']);
    await world.outcome(world.exchange.placeLimitOrder(LIMIT));
    await world.outcome(orders.close());
  });

  it('and never had any are told to who watches, at once', async () => {
    await using world = await privateWorld(user);
    takeRights(world, 1_000);
    const { orders } = watch(world);
    expect(words(await world.failure(orders.ready))).toBe('permission_denied rejected');
  });

  it('keep nobody from finding an order whose answer was lost, once they have their rights again', async () => {
    await using world = await privateWorld(user, { exchange: { timeoutMs: 2_000, resolveWithinMs: 60_000 } });
    const { exchange, outcome, sim, truth, tap, clock } = world;
    await outcome(exchange.getOpenOrders(BTC));
    sim.faults.timeoutHttp(venue, 'POST');
    const refusal = { status: 403, body: user.forbidden, processed: false } as const;
    const placing = exchange.placeLimitOrder(LIMIT);
    while (tap.calls(user.calls.place).length === 0) await clock.advance(1);
    sim.faults.respond(venue, 'GET ', { ...refusal, times: 1 });
    const order = await outcome(placing);
    expect([order.orderId, truth.orders().length]).toEqual([truth.orders()[0]?.id, 1]);
  });
});

describe.each(ACCOUNTS)('an instrument list of $name that could not be had', (user) => {
  const { id: venue, BTC, LIMIT } = user;
  it('keeps no later order from being placed, also where symbols are checked first', async () => {
    const call = user.calls.instruments;
    await using world = await privateWorld(user, { exchange: { symbols: [BTC], retry: { maxAttempts: 1 } } });
    const { exchange, outcome, failure, sim } = world;
    sim.faults.respond(venue, call, { status: 503, body: '{}', processed: false });
    expect(await failure(exchange.placeLimitOrder(LIMIT))).toMatchObject({ code: 'server' });
    expect(await outcome(exchange.placeLimitOrder(LIMIT))).toMatchObject({ symbol: BTC });
  });
});
