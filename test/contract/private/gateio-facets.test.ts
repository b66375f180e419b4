import { describe, expect, it } from 'vitest';
import { type PrivateExchange, supportsAmend, supportsDeadManSwitch } from '../../../src/index.js';
import { BTC, privateWorld, words } from '../../support/private-world.js';

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
