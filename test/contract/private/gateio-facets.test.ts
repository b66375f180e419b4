import { describe, expect, it } from 'vitest';
import { type PrivateExchange, supportsAmend, supportsDeadManSwitch } from '../../../src/index.js';
import { ACCOUNTS, GATEIO_ACCOUNTS } from '../../support/accounts-under-test.js';
import { privateWorld, words } from '../../support/private-world.js';

function facets(exchange: PrivateExchange) {
  if (!supportsAmend(exchange) || !supportsDeadManSwitch(exchange)) throw new Error('a facet is missing');
  return exchange;
}

describe.each(GATEIO_ACCOUNTS)('amending on $name', (user) => {
  const { BTC, LIMIT } = user;
  it('changes price and quantity of a resting order, and keeps what was filled', async () => {
    await using world = await privateWorld(user);
    const { outcome, trade, truth } = world;
    const exchange = facets(world.exchange);
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    trade('sell', '0.25', '100');
    const order = await outcome(exchange.amend.amendOrder({ symbol: BTC, orderId, price: '99.5', quantity: '2' }));
    expect(order).toMatchObject({ orderId, price: '99.5', quantity: '2', filledQuantity: '0.25' });
    expect(truth.orders()).toMatchObject([{ price: '99.5', quantity: '2', filledQuantity: '0.25', status: 'open' }]);
  });

  it('refuses nothing to change, a wrong tick and an ended order', async () => {
    await using world = await privateWorld(user);
    const { outcome, failure } = world;
    const exchange = facets(world.exchange);
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    const amend = (change: object) => failure(exchange.amend.amendOrder({ symbol: BTC, orderId, ...change }));
    expect(words(await amend({}))).toBe('validation not_sent');
    expect(await amend({ price: '99.999' })).toMatchObject({ code: 'validation', field: 'price' });
    await outcome(exchange.cancelOrder({ symbol: BTC, orderId }));
    expect(await amend({ price: '99' })).toMatchObject({ outcome: expect.stringMatching(/rejected|not_sent/) });
  });
});

describe.each(GATEIO_ACCOUNTS)('an amendment on $name whose answer was lost', (user) => {
  const { id: venue, BTC, LIMIT } = user;
  it.each([
    ['took place', true, 'ok'],
    ['did not', false, 'unknown'],
  ])('shows in the order that it %s, or stays unknown', async (_what, processed, expected) => {
    await using world = await privateWorld(user);
    const { outcome, failure, sim } = world;
    const exchange = facets(world.exchange);
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.respond(venue, user.calls.amend, { status: 502, body: '{}', processed });
    const amending = exchange.amend.amendOrder({ symbol: BTC, orderId, price: '99.5', quantity: '2' });
    if (expected === 'ok') expect(await outcome(amending)).toMatchObject({ price: '99.5', quantity: '2' });
    else expect(await failure(amending)).toMatchObject({ code: 'server', outcome: 'unknown' });
  });

  it('stays unknown when the order cannot be read: a refused read says nothing of the command', async () => {
    await using world = await privateWorld(user);
    const { outcome, failure, sim } = world;
    const exchange = facets(world.exchange);
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.respond(venue, user.calls.amend, { status: 502, body: '{}', processed: true });
    const refusal = { status: 403, body: '{"label":"FORBIDDEN","message":"no"}', processed: false, times: 9 } as const;
    sim.faults.respond(venue, user.calls.place.replace('POST', 'GET'), refusal);
    const amending = exchange.amend.amendOrder({ symbol: BTC, orderId, price: '99.5' });
    expect(await failure(amending)).toMatchObject({ code: 'server', outcome: 'unknown' });
  });
});

describe.each(GATEIO_ACCOUNTS)('orders over the socket of $name', (user) => {
  const { BTC, ETH, LIMIT } = user;
  it('keep to ten a second in all markets together, and none is refused', async () => {
    await using world = await privateWorld(user, { exchange: { warmOrderSocket: true } });
    const { exchange, outcome, truth } = world;
    const orders = Array.from({ length: 24 }, (_, i) =>
      exchange.placeLimitOrder({ ...LIMIT, symbol: i % 2 === 0 ? BTC : ETH, via: 'ws' }),
    );
    const placed = await outcome(Promise.allSettled(orders));
    expect(placed.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(truth.orders().length).toBe(24);
  });
});

describe.each(GATEIO_ACCOUNTS)('a budget of $name that is spent', (user) => {
  const { id: venue, BTC, ETH, LIMIT } = user;
  it('holds back orders of that market as long as told, and neither cancels nor reads', async () => {
    await using world = await privateWorld(user, { exchange: { timeoutMs: 30_000 } });
    const { exchange, outcome, failure, sim, clock, truth } = world;
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    const body = '{"label":"TOO_MANY_REQUESTS","message":"Request Rate Limit Exceeded (211)"}';
    const headers = { 'retry-after': '20' };
    sim.faults.respond(venue, user.calls.place, { status: 429, body, headers, processed: false, times: 1 });
    expect(words(await failure(exchange.placeLimitOrder(LIMIT)))).toBe('rate_limit rejected');
    const startedAt = clock.monotonic();
    await outcome(exchange.cancelOrder({ symbol: BTC, orderId }));
    await outcome(exchange.getOpenOrders(BTC));
    // Futures have one budget for the orders of all markets.
    if (!user.isPerpetual) await outcome(exchange.placeLimitOrder({ ...LIMIT, symbol: ETH }));
    expect(clock.monotonic() - startedAt).toBeLessThan(1_000);
    await outcome(exchange.placeLimitOrder(LIMIT));
    expect(clock.monotonic() - startedAt).toBeGreaterThan(19_000);
    expect(truth.orders().map(({ status }) => status)).toEqual(
      user.isPerpetual ? ['canceled', 'open'] : ['canceled', 'open', 'open'],
    );
  });
});

describe.each(GATEIO_ACCOUNTS)('the dead-man switch of $name', (user) => {
  const { LIMIT } = user;
  it('is refreshed while it is armed, and the order stays', async () => {
    await using world = await privateWorld(user);
    const { outcome, clock, truth, tap } = world;
    const exchange = facets(world.exchange);
    await outcome(exchange.placeLimitOrder(LIMIT));
    await outcome(exchange.deadManSwitch.arm(6_000));
    await clock.advance(30_000);
    expect(truth.orders()).toMatchObject([{ status: 'open' }]);
    expect(tap.calls('countdown').length).toBeGreaterThan(10);
    await outcome(exchange.deadManSwitch.disarm());
    const sent = tap.requests.length;
    await clock.advance(30_000);
    expect([tap.requests.length, truth.orders()[0]?.status]).toEqual([sent, 'open']);
  });

  it('fires when it is not refreshed any more, because the client was closed', async () => {
    await using world = await privateWorld(user);
    const { outcome, clock, truth } = world;
    const exchange = facets(world.exchange);
    await outcome(exchange.placeLimitOrder(LIMIT));
    await outcome(exchange.deadManSwitch.arm(6_000));
    await outcome(exchange.close());
    expect(truth.orders()).toMatchObject([{ status: 'open' }]);
    await clock.advance(7_000);
    expect(truth.orders()).toMatchObject([{ status: 'canceled' }]);
  });

  it('takes whole seconds from the shortest on only', async () => {
    await using world = await privateWorld(user);
    const exchange = facets(world.exchange);
    for (const timeoutMs of [0, 4_000, 5_500, Number.NaN])
      expect(await world.failure(exchange.deadManSwitch.arm(timeoutMs))).toMatchObject({ field: 'timeoutMs' });
    expect(world.tap.calls('countdown')).toEqual([]);
  });
});

describe.each(GATEIO_ACCOUNTS)('orders over the socket of $name', (user) => {
  const { id: venue, LIMIT } = user;
  it('are placed without a call over HTTP, once', async () => {
    await using world = await privateWorld(user);
    const { exchange, outcome, truth, tap } = world;
    const order = await outcome(exchange.placeLimitOrder({ ...LIMIT, via: 'ws' }));
    expect(truth.orders()).toMatchObject([{ id: order.orderId, clientOrderId: order.clientOrderId, status: 'open' }]);
    expect(tap.calls('POST')).toEqual([]);
  });

  it('whose answer is lost are found, not placed again', async () => {
    await using world = await privateWorld(user, { exchange: { timeoutMs: 2_000 } });
    const { exchange, outcome, truth, sim } = world;
    sim.faults.timeoutHttp(venue, user.calls.socketPlace);
    const order = await outcome(exchange.placeLimitOrder({ ...LIMIT, via: 'ws' }));
    expect(truth.orders().map(({ id }) => id)).toEqual([order.orderId]);
  });
});

describe.each(ACCOUNTS.filter(({ isGateio }) => !isGateio))('orders over the socket of $name', (user) => {
  it('are not there: said before anything is sent', async () => {
    await using world = await privateWorld(user);
    expect(words(await world.failure(world.exchange.placeLimitOrder({ ...user.LIMIT, via: 'ws' })))).toBe(
      'unsupported not_sent',
    );
    expect(world.truth.orders()).toEqual([]);
  });
});
