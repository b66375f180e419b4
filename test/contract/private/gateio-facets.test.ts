import { describe, expect, it } from 'vitest';
import { type PrivateExchange, supportsAmend, supportsDeadManSwitch } from '../../../src/index.js';
import { BTC, ETH, privateWorld, words } from '../../support/private-world.js';

const VENUE = 'gateio_spot';
const LIMIT = { symbol: BTC, side: 'buy', quantity: '1', price: '100' } as const;

function facets(exchange: PrivateExchange) {
  if (!supportsAmend(exchange) || !supportsDeadManSwitch(exchange)) throw new Error('a facet is missing');
  return exchange;
}

describe('amending on gateio_spot', () => {
  it('changes price and quantity of a resting order, and keeps what was filled', async () => {
    await using world = await privateWorld(VENUE);
    const { outcome, trade, truth } = world;
    const exchange = facets(world.exchange);
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    trade('sell', '0.25', '100');
    const order = await outcome(exchange.amend.amendOrder({ symbol: BTC, orderId, price: '99.5', quantity: '2' }));
    expect(order).toMatchObject({ orderId, price: '99.5', quantity: '2', filledQuantity: '0.25' });
    expect(truth.orders()).toMatchObject([{ price: '99.5', quantity: '2', filledQuantity: '0.25', status: 'open' }]);
  });

  it('refuses nothing to change, a wrong tick and an ended order', async () => {
    await using world = await privateWorld(VENUE);
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

describe('an amendment on gateio_spot whose answer was lost', () => {
  it.each([
    ['took place', true, 'ok'],
    ['did not', false, 'unknown'],
  ])('shows in the order that it %s, or stays unknown', async (_what, processed, expected) => {
    await using world = await privateWorld(VENUE);
    const { outcome, failure, sim } = world;
    const exchange = facets(world.exchange);
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.respond(VENUE, 'PATCH ', { status: 502, body: '{}', processed });
    const amending = exchange.amend.amendOrder({ symbol: BTC, orderId, price: '99.5', quantity: '2' });
    if (expected === 'ok') expect(await outcome(amending)).toMatchObject({ price: '99.5', quantity: '2' });
    else expect(await failure(amending)).toMatchObject({ code: 'server', outcome: 'unknown' });
  });

  it('stays unknown when the order cannot be read: a refused read says nothing of the command', async () => {
    await using world = await privateWorld(VENUE);
    const { outcome, failure, sim } = world;
    const exchange = facets(world.exchange);
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    sim.faults.respond(VENUE, 'PATCH ', { status: 502, body: '{}', processed: true });
    const refusal = { status: 403, body: '{"label":"FORBIDDEN","message":"no"}', processed: false, times: 9 } as const;
    sim.faults.respond(VENUE, 'GET /api/v4/spot/orders', refusal);
    const amending = exchange.amend.amendOrder({ symbol: BTC, orderId, price: '99.5' });
    expect(await failure(amending)).toMatchObject({ code: 'server', outcome: 'unknown' });
  });
});

describe('orders over the socket of gateio_spot', () => {
  it('keep to ten a second in all markets together, and none is refused', async () => {
    await using world = await privateWorld(VENUE, { exchange: { warmOrderSocket: true } });
    const { exchange, outcome, truth } = world;
    const orders = Array.from({ length: 24 }, (_, i) =>
      exchange.placeLimitOrder({ ...LIMIT, symbol: i % 2 === 0 ? BTC : ETH, via: 'ws' }),
    );
    const placed = await outcome(Promise.allSettled(orders));
    expect(placed.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(truth.orders().length).toBe(24);
  });
});

describe('a budget of gateio_spot that is spent', () => {
  it('holds back orders of that market as long as told, and neither cancels nor reads', async () => {
    await using world = await privateWorld(VENUE, { exchange: { timeoutMs: 30_000 } });
    const { exchange, outcome, failure, sim, clock, truth } = world;
    const { orderId = '' } = await outcome(exchange.placeLimitOrder(LIMIT));
    const body = '{"label":"TOO_MANY_REQUESTS","message":"Request Rate Limit Exceeded (211)"}';
    const headers = { 'retry-after': '20' };
    sim.faults.respond(VENUE, 'POST /api/v4/spot/orders', { status: 429, body, headers, processed: false, times: 1 });
    expect(words(await failure(exchange.placeLimitOrder(LIMIT)))).toBe('rate_limit rejected');
    const startedAt = clock.monotonic();
    await outcome(exchange.cancelOrder({ symbol: BTC, orderId }));
    await outcome(exchange.getOpenOrders(BTC));
    await outcome(exchange.placeLimitOrder({ ...LIMIT, symbol: ETH }));
    expect(clock.monotonic() - startedAt).toBeLessThan(1_000);
    await outcome(exchange.placeLimitOrder(LIMIT));
    expect(clock.monotonic() - startedAt).toBeGreaterThan(19_000);
    expect(truth.orders().map(({ status }) => status)).toEqual(['canceled', 'open', 'open']);
  });
});

describe('the dead-man switch of gateio_spot', () => {
  it('is refreshed while it is armed, and the order stays', async () => {
    await using world = await privateWorld(VENUE);
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
    await using world = await privateWorld(VENUE);
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
    await using world = await privateWorld(VENUE);
    const exchange = facets(world.exchange);
    for (const timeoutMs of [0, 4_000, 5_500, Number.NaN])
      expect(await world.failure(exchange.deadManSwitch.arm(timeoutMs))).toMatchObject({ field: 'timeoutMs' });
    expect(world.tap.calls('countdown')).toEqual([]);
  });
});

describe('orders over the socket', () => {
  it('are placed on gateio_spot without a call over HTTP, once', async () => {
    await using world = await privateWorld(VENUE);
    const { exchange, outcome, truth, tap } = world;
    const order = await outcome(exchange.placeLimitOrder({ ...LIMIT, via: 'ws' }));
    expect(truth.orders()).toMatchObject([{ id: order.orderId, clientOrderId: order.clientOrderId, status: 'open' }]);
    expect(tap.calls('POST')).toEqual([]);
  });

  it('whose answer is lost are found, not placed again', async () => {
    await using world = await privateWorld(VENUE, { exchange: { timeoutMs: 2_000 } });
    const { exchange, outcome, truth, sim } = world;
    sim.faults.timeoutHttp(VENUE, 'WS spot.order_place');
    const order = await outcome(exchange.placeLimitOrder({ ...LIMIT, via: 'ws' }));
    expect(truth.orders().map(({ id }) => id)).toEqual([order.orderId]);
  });

  it('are not there on mexc_spot: said before anything is sent', async () => {
    await using world = await privateWorld('mexc_spot');
    expect(words(await world.failure(world.exchange.placeLimitOrder({ ...LIMIT, via: 'ws' })))).toBe(
      'unsupported not_sent',
    );
    expect(world.truth.orders()).toEqual([]);
  });
});
