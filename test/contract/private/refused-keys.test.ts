import { describe, expect, it } from 'vitest';
import {
  BTC,
  type PrivateWorld,
  privateWorld,
  SPOT_VENUES,
  type SpotVenue,
  words,
} from '../../support/private-world.js';

const LIMIT = { symbol: BTC, side: 'buy', quantity: '1', price: '100' } as const;
const BALANCES = { mexc_spot: 'GET /api/v3/account', gateio_spot: 'GET /api/v4/spot/accounts' } as const;
const BODY = { mexc_spot: '{"code":700007,"msg":"no"}', gateio_spot: '{"label":"FORBIDDEN","message":"no"}' } as const;

/** The next so many reads of the account are refused for want of rights. */
function takeRights({ sim }: PrivateWorld, venue: SpotVenue, times: number): void {
  sim.faults.respond(venue, BALANCES[venue], { status: 403, body: BODY[venue], processed: false, times });
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

describe.each(SPOT_VENUES)('keys of %s that lose their rights', (venue) => {
  it('end the streams that were live, loudly, after some tries in which the account is not live', async () => {
    await using world = await privateWorld(venue);
    const { seen, orders } = watch(world);
    await world.outcome(orders.ready);
    takeRights(world, venue, 1_000);
    await world.clock.advance(31_000);
    expect(seen.statuses.at(-1)).toBe('degraded');
    expect(words(await world.failure(world.exchange.placeLimitOrder(LIMIT)))).toBe('account_not_ready not_sent');
    await world.clock.advance(120_000);
    expect(seen.end).toBe('permission_denied rejected');
    expect(world.truth.orders()).toEqual([]);
  });

  it('and have them back at once were a fault of the venue: the streams go on', async () => {
    await using world = await privateWorld(venue);
    const { seen, orders } = watch(world);
    await world.outcome(orders.ready);
    takeRights(world, venue, 1);
    await world.clock.advance(120_000);
    expect([seen.statuses, seen.end]).toEqual([['connecting', 'live', 'degraded', 'live'], 'none']);
    await world.outcome(world.exchange.placeLimitOrder(LIMIT));
    await world.outcome(orders.close());
  });

  it('and never had any are told to who watches, at once', async () => {
    await using world = await privateWorld(venue);
    takeRights(world, venue, 1_000);
    const { orders } = watch(world);
    expect(words(await world.failure(orders.ready))).toBe('permission_denied rejected');
  });

  it('keep nobody from finding an order whose answer was lost, once they have their rights again', async () => {
    await using world = await privateWorld(venue, { exchange: { timeoutMs: 2_000, resolveWithinMs: 60_000 } });
    const { exchange, outcome, sim, truth } = world;
    await outcome(exchange.getOpenOrders(BTC));
    sim.faults.timeoutHttp(venue, 'POST');
    const refusal = { status: 403, body: BODY[venue], processed: false } as const;
    sim.faults.respond(venue, 'GET ', { ...refusal, times: 1 });
    const order = await outcome(exchange.placeLimitOrder(LIMIT));
    expect([order.orderId, truth.orders().length]).toEqual([truth.orders()[0]?.id, 1]);
  });
});

describe.each(SPOT_VENUES)('an instrument list of %s that could not be had', (venue) => {
  it('keeps no later order from being placed, also where symbols are checked first', async () => {
    const call = venue === 'mexc_spot' ? 'exchangeInfo' : 'currency_pairs';
    await using world = await privateWorld(venue, { exchange: { symbols: [BTC], retry: { maxAttempts: 1 } } });
    const { exchange, outcome, failure, sim } = world;
    sim.faults.respond(venue, call, { status: 503, body: '{}', processed: false });
    expect(await failure(exchange.placeLimitOrder(LIMIT))).toMatchObject({ code: 'server' });
    expect(await outcome(exchange.placeLimitOrder(LIMIT))).toMatchObject({ symbol: BTC });
  });
});
