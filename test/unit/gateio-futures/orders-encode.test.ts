import { describe, expect, it } from 'vitest';
import type { OrderRequest } from '../../../src/adapter/order-endpoints.js';
import { toDecimal as d } from '../../../src/model/decimal.js';
import { gateioFuturesBtc } from '../../../src/venues/gateio/index.js';
import fixture from '../../fixtures/gateio/futures.json' with { type: 'json' };
import { encodeContext, orderRequest, privateHalf } from './support.js';

const { orders, deadMan } = privateHalf();
const market = { type: 'market', timeInForce: 'IOC', price: undefined } as unknown as Partial<OrderRequest>;
const body = (changes: Partial<OrderRequest> = {}) => orders.place.encode(orderRequest(changes), encodeContext).body;
const refused = (changes: object) => () => body(changes as Partial<OrderRequest>);
const published = (name: string) => fixture.orders.find((one) => one.name === name)?.expected.body;

describe('An order of Gate.io futures', () => {
  it('is signed contracts, a price, and says that it only reduces', () => {
    expect(JSON.stringify(body({ reduceOnly: true }))).toBe(
      '{"contract":"BTC_USDT","size":"-12","price":"91500.1","tif":"gtc","text":"t-f.1","reduce_only":true}',
    );
  });

  it('at the market has a price of zero and does not rest, as published', () => {
    expect(body({ ...market, quantity: d('0.0003'), clientOrderId: 't-m1' })).toEqual(published('market-order-encode'));
  });

  it('that is post-only has a word of its own, as published', () => {
    const order = { side: 'buy', postOnly: true, quantity: d('0.0003'), price: d('90000.1') } as const;
    expect(body(order)).toEqual({ ...published('postonly-order-encode'), text: 't-f.1' });
  });

  it.each([
    ['GTC', 'gtc'],
    ['IOC', 'ioc'],
    ['FOK', 'fok'],
  ] as const)('with %s says %s', (timeInForce, tif) => {
    expect(body({ timeInForce })).toMatchObject({ tif });
  });

  it('may be a fraction of a contract where these are split', () => {
    expect(body({ symbol: 'ETH/USDT:USDT', side: 'buy', quantity: d('51.168') })).toMatchObject({
      contract: 'ETH_USDT',
      size: '5116.8',
    });
  });

  it('of inverse contracts is quote asset', () => {
    const { quantity, ...rest } = orderRequest({ symbol: 'BTC/USD:BTC', quoteQuantity: d('9120') });
    expect(privateHalf(gateioFuturesBtc).orders.place.encode(rest, encodeContext).body).toMatchObject({
      size: '-9120',
    });
    expect(quantity).toBe('0.0012');
  });

  it.each([
    ['quantity', { quantity: d('0.00125') }],
    ['quantity', { quantity: undefined }],
    ['quantity', { quoteQuantity: d('100') }],
    ['quantity', { quantity: d('0') }],
    ['quoteQuantity', { symbol: 'BTC/USD:BTC' }],
    ['price', { price: undefined }],
    ['price', { type: 'market', timeInForce: 'IOC' }],
    ['timeInForce', { ...market, timeInForce: 'FOK' }],
    ['timeInForce', { ...market, postOnly: true }],
    ['timeInForce', { postOnly: true, timeInForce: 'IOC' }],
    ['clientOrderId', { clientOrderId: 'f.1' }],
    ['clientOrderId', { clientOrderId: `t-${'a'.repeat(29)}` }],
    ['clientOrderId', { clientOrderId: 't-a/b' }],
    ['symbol', { symbol: 'NEW/USDT:USDT' }],
  ])('that is wrong in %s is refused by that name: %j', (field, changes) => {
    expect(refused(changes)).toThrow(`${field}: expected`);
  });

  it('in a batch stands beside up to nine others', () => {
    const batch = orders.placeBatch?.endpoint;
    const encode = (count: number) =>
      batch?.encode(
        Array.from({ length: count }, () => orderRequest()),
        encodeContext,
      ).body as unknown[];
    expect(encode(10)).toHaveLength(10);
    expect(() => encode(0)).toThrow('orders: expected 1 to 10');
    expect(() => encode(11)).toThrow('orders: expected 1 to 10');
  });
});

describe('Commands about an order of Gate.io futures', () => {
  const ref = { symbol: 'BTC/USDT:USDT', orderId: '74046511', clientOrderId: 't-f.1' } as const;
  const { orderId, ...named } = ref;

  it('name it by its id, or else by ours', () => {
    expect(orders.cancel.encode(ref, encodeContext)).toEqual({ path: '/futures/usdt/orders/74046511' });
    expect(orders.get.encode(named, encodeContext)).toEqual({ path: '/futures/usdt/orders/t-f.1' });
    expect(orderId).toBe('74046511');
  });

  it.each(['..', '.', 'a/b', '', 'ü'])('never let an id lead elsewhere: %s', (bad) => {
    expect(() => orders.cancel.encode({ symbol: ref.symbol, orderId: bad }, encodeContext)).toThrow(
      'orderId: expected',
    );
    expect(() => orders.get.encode({ symbol: ref.symbol, clientOrderId: bad }, encodeContext)).toThrow(
      'clientOrderId: expected',
    );
  });

  it('amend to a new total, signed', () => {
    const change = { ...ref, side: 'sell', quantity: d('0.001'), price: d('91510') } as const;
    expect(JSON.stringify(orders.amend?.encode(change, encodeContext).body)).toBe('{"size":"-10","price":"91510"}');
    expect(orders.amend?.method).toBe('PUT');
    expect(orders.amend?.encode({ ...ref, price: d('1') }, encodeContext).body).toEqual({ price: '1' });
  });

  it('do not amend nothing, nor a size of which nobody knows the side', () => {
    expect(() => orders.amend?.encode(ref, encodeContext)).toThrow('price: expected');
    expect(() => orders.amend?.encode({ ...ref, quantity: d('0.001') }, encodeContext)).toThrow('side: expected');
  });

  it('never cancel the orders of all markets', () => {
    expect(orders.cancelAll.encode(ref, encodeContext)).toEqual({ query: { contract: 'BTC_USDT' } });
    const lost = { ...encodeContext, toVenue: () => '' };
    expect(() => orders.cancelAll.encode(ref, lost)).toThrow('symbol: expected');
  });

  it('can be told to expire, and only reads and cancels are repeated', () => {
    const facts = (
      [orders.place, orders.cancel, orders.cancelAll, orders.amend, orders.placeBatch?.endpoint] as const
    ).map((endpoint) => [endpoint?.expires, endpoint?.idempotent]);
    expect(facts).toEqual([
      [true, false],
      [true, true],
      [true, true],
      [true, false],
      [true, false],
    ]);
  });

  it('list open orders of one market or all, ended ones and fills by time and page', () => {
    const paging = { page: 3, limit: 100 };
    const span = { from: 1_767_225_600_500, to: 1_767_225_700_500 };
    const times = { from: 1_767_225_600, to: 1_767_225_701 };
    const { symbol } = ref;
    expect(orders.open.encode({ ...paging }, encodeContext).query).toEqual({
      contract: undefined,
      status: 'open',
      limit: 100,
      offset: 200,
    });
    expect(orders.open.encode({ symbol, page: 1, limit: 100 }, encodeContext).query).toMatchObject({
      contract: 'BTC_USDT',
      offset: 0,
    });
    expect(orders.history.encode({ symbol, ...paging, ...span }, encodeContext).query).toEqual({
      contract: 'BTC_USDT',
      ...times,
      limit: 100,
      offset: 200,
    });
    expect(orders.fills.encode({ symbol, ...paging, ...span }, encodeContext)).toEqual({
      query: { contract: 'BTC_USDT', ...times, limit: 100, offset: 200 },
    });
    expect(orders.fills.encode({ symbol, orderId: '7', ...paging }, encodeContext)).toEqual({
      path: '/futures/usdt/my_trades',
      query: { contract: 'BTC_USDT', order: '7', limit: 100, offset: 200 },
    });
  });
});

describe('The dead-man switch of Gate.io futures', () => {
  it('counts whole seconds from five', () => {
    expect(deadMan.arm.encode({ timeoutMs: 5_000 }, encodeContext)).toEqual({ body: { timeout: 5 } });
    expect(deadMan.arm.encode({ timeoutMs: 0, symbol: 'BTC/USDT:USDT' }, encodeContext)).toEqual({
      body: { timeout: 0, contract: 'BTC_USDT' },
    });
    expect(() => deadMan.arm.encode({ timeoutMs: 4_000 }, encodeContext)).toThrow('timeoutMs: expected');
    const context = {} as never;
    expect(deadMan.arm.decode({ triggerTime: '1767225790000' }, { timeoutMs: 5_000 }, context)).toBe(1_767_225_790_000);
  });
});
