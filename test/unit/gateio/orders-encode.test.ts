import { describe, expect, it } from 'vitest';
import type { OrderRequest } from '../../../src/adapter/order-endpoints.js';
import { gateioSpot } from '../../../src/venues/gateio/index.js';
import { codeThrownBy, encodeContext, orderRequest, privateHalf } from '../../support/gateio-contexts.js';
import { noInstrument } from '../../support/no-instrument.js';

const { orders } = privateHalf();
const { place, placeBatch, cancel, cancelAll, get, open, history, fills, amend } = orders;
const symbol = 'BTC/USDT' as const;

const limit = orderRequest;

const market = (changes: Readonly<Record<string, unknown>> = {}): OrderRequest =>
  orderRequest({
    type: 'market',
    side: 'sell',
    timeInForce: 'IOC',
    price: undefined,
    clientOrderId: 't-m1',
    ...changes,
  });

const BODY = {
  text: 't-7f3a.1',
  currency_pair: 'BTC_USDT',
  type: 'limit',
  account: 'spot',
  side: 'buy',
  amount: '0.00120',
  price: '91234.50',
  time_in_force: 'gtc',
  action_mode: 'FULL',
};

describe('Gate.io orders on their way out', () => {
  it('a limit order carries price and quantity digit for digit', () => {
    expect(place.encode(limit(), encodeContext)).toEqual({ body: BODY });
  });

  it.each([
    ['IOC', false, 'ioc'],
    ['FOK', false, 'fok'],
    ['GTC', true, 'poc'],
  ])('%s with postOnly %s is %s', (timeInForce, postOnly, time_in_force) => {
    expect(place.encode(limit({ timeInForce, postOnly }), encodeContext)).toEqual({ body: { ...BODY, time_in_force } });
  });

  it('a market sell is of base, a market buy of quote, and both name their time in force', () => {
    const sell = {
      text: 't-m1',
      currency_pair: 'BTC_USDT',
      type: 'market',
      account: 'spot',
      side: 'sell',
      amount: '0.00120',
      time_in_force: 'ioc',
      action_mode: 'FULL',
    };
    expect(place.encode(market(), encodeContext)).toEqual({ body: sell });
    const buy = market({ side: 'buy', quantity: undefined, quoteQuantity: '50.10', timeInForce: 'FOK' });
    expect(place.encode(buy, encodeContext)).toEqual({
      body: { ...sell, side: 'buy', amount: '50.10', time_in_force: 'fok' },
    });
  });

  it.each([
    ['a limit order without a price', limit({ price: undefined }), 'price'],
    ['a limit order by quote', limit({ quantity: undefined, quoteQuantity: '5' }), 'quantity'],
    ['a limit order by both', limit({ quoteQuantity: '5' }), 'quantity'],
    ['a post-only order that must not rest', limit({ postOnly: true, timeInForce: 'IOC' }), 'timeInForce'],
    ['a market order that would rest', market({ timeInForce: 'GTC' }), 'timeInForce'],
    ['a post-only market order', market({ postOnly: true }), 'timeInForce'],
    ['a market order with a price', market({ price: '1' }), 'price'],
    ['a market buy by base', market({ side: 'buy' }), 'quoteQuantity'],
    ['a market buy by both', market({ side: 'buy', quoteQuantity: '5' }), 'quoteQuantity'],
    ['a market sell by quote', market({ quantity: undefined, quoteQuantity: '5' }), 'quantity'],
    ['an order that reduces', limit({ reduceOnly: true }), 'reduceOnly'],
    ['an id without its prefix', limit({ clientOrderId: 'abc' }), 'clientOrderId'],
    ['a market that is not listed', limit({ symbol: 'NO/PE' }), 'symbol'],
  ])('refuses %s before anything is sent', (_what, request, field) => {
    const act = () => place.encode(request, encodeContext);
    expect(codeThrownBy(act)).toBe('validation');
    expect(act).toThrow(`${field}: expected`);
    expect(codeThrownBy(() => placeBatch?.endpoint.encode([request], encodeContext))).toBe('validation');
  });

  it('a batch is a list of such orders, one to ten, all of one market', () => {
    const batch = placeBatch?.endpoint;
    expect(batch?.encode([limit(), limit({ clientOrderId: 't-2' })], encodeContext)).toEqual({
      body: [BODY, { ...BODY, text: 't-2' }],
    });
    const eleven = Array.from({ length: 11 }, (_, index) => limit({ clientOrderId: `t-${index}` }));
    expect(codeThrownBy(() => batch?.encode(eleven.slice(1), encodeContext))).toBe('nothing');
    for (const wrong of [[], eleven, [limit(), limit({ symbol: 'ETH/USDT' })]])
      expect(codeThrownBy(() => batch?.encode(wrong, encodeContext))).toBe('validation');
    expect([placeBatch?.maxOrders, placeBatch?.oneSymbol]).toEqual([10, true]);
  });

  it('names an order by its own id before ours', () => {
    const both = { symbol, orderId: '882211004455', clientOrderId: 't-7f3a.1' };
    const query = { currency_pair: 'BTC_USDT' };
    for (const endpoint of [cancel, get]) {
      expect(endpoint.encode(both, encodeContext)).toEqual({ path: '/spot/orders/882211004455', query });
      expect(endpoint.encode({ symbol, clientOrderId: 't-7f3a.1' }, encodeContext)).toEqual({
        path: '/spot/orders/t-7f3a.1',
        query,
      });
    }
  });

  it.each(['', '.', '..', '../orders', 'a/b', '1?side=buy', '1#', ' ', '%2e', '1.5', 'é', 'x'.repeat(65)])(
    'never puts %j into a path, where it could name all orders',
    (id) => {
      for (const endpoint of [cancel, get]) {
        expect(codeThrownBy(() => endpoint.encode({ symbol, orderId: id }, encodeContext))).toBe('validation');
        expect(codeThrownBy(() => endpoint.encode({ symbol, clientOrderId: id }, encodeContext))).toBe('validation');
      }
      const change = { symbol, orderId: id, price: '1' } as never;
      expect(codeThrownBy(() => amend?.encode(change, encodeContext))).toBe('validation');
    },
  );

  it('refuses an order without any id', () => {
    expect(codeThrownBy(() => cancel.encode({ symbol }, encodeContext))).toBe('validation');
  });

  it('always names the pair when all orders are to go, since without it all markets would', () => {
    expect(cancelAll.encode({ symbol }, encodeContext)).toEqual({
      query: { currency_pair: 'BTC_USDT', account: 'spot' },
    });
    for (const pair of ['', undefined as never])
      expect(codeThrownBy(() => cancelAll.encode({ symbol }, { toVenue: () => pair, instrument: noInstrument }))).toBe(
        'validation',
      );
    expect(codeThrownBy(() => cancelAll.encode({ symbol: 'NO/PE' }, encodeContext))).toBe('validation');
  });

  it('amends price, quantity, or both, but not neither', () => {
    const order = { symbol, orderId: '1' } as const;
    const parts = { path: '/spot/orders/1', query: { currency_pair: 'BTC_USDT' } };
    const [price, quantity] = ['3010.55', '0.50'] as never[];
    expect(amend?.encode({ ...order, price } as never, encodeContext)).toEqual({ ...parts, body: { price } });
    expect(amend?.encode({ ...order, quantity } as never, encodeContext)).toEqual({
      ...parts,
      body: { amount: '0.50' },
    });
    expect(amend?.encode({ ...order, price, quantity } as never, encodeContext)).toEqual({
      ...parts,
      body: { amount: '0.50', price: '3010.55' },
    });
    expect(codeThrownBy(() => amend?.encode(order, encodeContext))).toBe('validation');
  });

  it('asks for lists by market or of all, with spans that cover every millisecond', () => {
    expect(open.encode({ page: 2, limit: 100 }, encodeContext)).toEqual({
      path: '/spot/open_orders',
      query: { page: 2, limit: 100 },
    });
    expect(open.encode({ symbol, page: 1, limit: 100 }, encodeContext)).toEqual({
      query: { currency_pair: 'BTC_USDT', status: 'open', page: 1, limit: 100 },
    });
    const span = { from: 1_767_225_600_999, to: 1_767_225_610_001 };
    expect(history.encode({ symbol, page: 1, limit: 100, ...span }, encodeContext)).toEqual({
      query: {
        currency_pair: 'BTC_USDT',
        status: 'finished',
        page: 1,
        limit: 100,
        from: 1_767_225_600,
        to: 1_767_225_611,
      },
    });
    expect(fills.encode({ symbol, page: 3, limit: 1_000, orderId: '7', ...span }, encodeContext)).toEqual({
      query: {
        currency_pair: 'BTC_USDT',
        limit: 1_000,
        page: 3,
        order_id: '7',
        from: 1_767_225_600,
        to: 1_767_225_611,
      },
    });
  });

  it('never asks for more than thirty days of executions, rounding included', () => {
    const { maxSpanMs } = orders.fillsRules;
    const from = 1_767_225_600_999;
    const { query } = fills.encode({ symbol, page: 1, limit: 1, from, to: from + maxSpanMs }, encodeContext);
    expect(Number(query?.['to']) - Number(query?.['from'])).toBeLessThanOrEqual(30 * 86_400);
  });

  it('repeats only what does no more when repeated, lets expire what can, and lets cancels go first', () => {
    const endpoints = { place, batch: placeBatch?.endpoint, cancel, cancelAll, get, open, history, fills, amend };
    const facts = Object.entries(endpoints).map(([name, endpoint]) => [
      name,
      `${endpoint?.method} ${endpoint?.path}`,
      endpoint?.idempotent,
      endpoint?.expires ?? false,
      endpoint?.lane,
      endpoint?.cost,
    ]);
    expect(facts).toEqual([
      ['place', 'POST /spot/orders', false, true, 'place', { place: 1 }],
      ['batch', 'POST /spot/batch_orders', false, true, 'place', { place: 10 }],
      ['cancel', 'DELETE /spot/orders/{order_id}', true, true, 'cancel', { cancel: 1 }],
      ['cancelAll', 'DELETE /spot/orders', true, true, 'cancel', { cancel: 1 }],
      ['get', 'GET /spot/orders/{order_id}', true, false, 'query', { private: 1 }],
      ['open', 'GET /spot/orders', true, false, 'query', { private: 1 }],
      ['history', 'GET /spot/orders', true, false, 'query', { private: 1 }],
      ['fills', 'GET /spot/my_trades', true, false, 'query', { private: 1 }],
      ['amend', 'PATCH /spot/orders/{order_id}', false, true, 'place', { place: 1 }],
    ]);
    for (const endpoint of Object.values(endpoints))
      for (const name of Object.keys(endpoint?.cost ?? {})) expect(Object.keys(gateioSpot.limits)).toContain(name);
  });

  it('states what decides about orders', () => {
    expect(orders.rules).toEqual({
      marketBuyByBase: false,
      marketSellByQuote: false,
      clientIdPrefix: 't-',
      clientIdLength: 30,
      clientIdPunctuation: '-_.',
      visibilityLagMs: 10_000,
      clientIdLifeMs: 0,
      forgetsClientIds: true,
    });
  });
});
