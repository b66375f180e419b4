import { beforeEach, describe, expect, it } from 'vitest';
import { ALICE, createMexcPrivateWorld, LIMIT_BUY, START_AT } from '../../support/mexc-private-wire-world.js';

let world: ReturnType<typeof createMexcPrivateWorld>;
beforeEach(() => {
  world = createMexcPrivateWorld();
});

const id = (n: number): string => `C02__${740_112_233_445_000_000n + BigInt(n)}`;
const BTC = { symbol: 'BTCUSDT' };

/** The order as reads show it while it rests. */
const RESTING = {
  symbol: 'BTCUSDT',
  orderId: id(1),
  orderListId: -1,
  clientOrderId: 'c-1',
  price: '100',
  origQty: '0.5',
  executedQty: '0',
  cummulativeQuoteQty: '0',
  status: 'NEW',
  timeInForce: null,
  type: 'LIMIT',
  side: 'BUY',
  stopPrice: null,
  icebergQty: null,
  time: START_AT,
  updateTime: START_AT,
  isWorking: true,
  stpMode: '',
  cancelReason: null,
  origQuoteOrderQty: '50',
};

const orderOf = (n: number) => world.call('GET', '/order', { ...BTC, orderId: id(n) }).body as Record<string, unknown>;

describe('placing', () => {
  it('answers neither the client id nor a status', () => {
    expect(world.place()).toMatchObject({ status: 200 });
    expect(world.place().body).toEqual({
      symbol: 'BTCUSDT',
      orderId: id(2),
      orderListId: -1,
      price: '100.0',
      origQty: '0.5',
      type: 'LIMIT',
      side: 'BUY',
      stpMode: '',
      transactTime: START_AT,
    });
    expect(orderOf(1)).toEqual(RESTING);
    expect(world.account('mx0alice').orders()).toHaveLength(2);
  });

  it('takes the time in force from the type, whatever timeInForce says', () => {
    world.rest('sell', 1_000, 100_000);
    world.place({ type: 'LIMIT_MAKER' });
    world.place({ type: 'FILL_OR_KILL' });
    world.place({ type: 'IMMEDIATE_OR_CANCEL' });
    world.place({ type: 'LIMIT', timeInForce: 'IOC' });
    expect([1, 2, 3, 4].map((n) => [orderOf(n)['type'], orderOf(n)['status'], orderOf(n)['executedQty']])).toEqual([
      ['LIMIT_MAKER', 'CANCELED', '0'],
      ['FILL_OR_KILL', 'CANCELED', '0'],
      ['IMMEDIATE_OR_CANCEL', 'PARTIALLY_CANCELED', '0.1'],
      ['LIMIT', 'NEW', '0'],
    ]);
    expect(world.audit()).toEqual([]);
  });

  it('ends a market buy with dust in either final state', () => {
    world.rest('sell', 999, 3_000_000);
    const market = { side: 'BUY', type: 'MARKET', quoteOrderQty: '20.1', ...BTC };
    world.call('POST', '/order', market);
    world.call('POST', '/order', market);
    expect(orderOf(1)).toMatchObject({ status: 'FILLED', executedQty: '0.201201', origQuoteOrderQty: '20.1' });
    expect(orderOf(2)).toMatchObject({ status: 'PARTIALLY_CANCELED', cummulativeQuoteQty: '20.0999799' });
    world.call('POST', '/order', { side: 'SELL', type: 'MARKET', quantity: '0.1', ...BTC });
    expect(world.account('mx0alice').orders()).toHaveLength(2);
    expect(world.audit()).toEqual([]);
  });

  it.each([
    [44444, { symbol: '' }],
    [-1121, { symbol: 'btcusdt' }],
    [44444, { side: '' }],
    [33333, { side: 'buy' }],
    [33333, { type: 'STOP' }],
    [44444, { price: '' }],
    [44444, { quantity: '' }],
    [33333, { price: '100.05' }],
    [33333, { quantity: '0.0000001' }],
    [33333, { quantity: '1e1' }],
    [30002, { quantity: '0.02' }],
    [30003, { price: '50000', quantity: '100' }],
    [30004, { quantity: '10.1' }],
    [-1128, { type: 'MARKET', quoteOrderQty: '10' }],
    [30025, { type: 'MARKET' }],
    [33333, { stpMode: 'always' }],
    [700008, { newClientOrderId: 'a b' }],
    [33333, { newClientOrderId: 'a'.repeat(33) }],
  ])('answers code %i for %o', (code, params) => {
    expect(world.refusal('POST', '/order', { ...LIMIT_BUY, ...params })).toEqual([400, code]);
    expect(world.account('mx0alice').orders()).toEqual([]);
  });

  it('names the minimum in the text', () => {
    expect(world.place({ quantity: '0.02' }).body).toEqual({
      code: 30002,
      msg: 'The minimum transaction volume cannot be less than:3USDT',
    });
  });

  it('tests an order without placing it, and without looking at the balance', () => {
    expect(world.call('POST', '/order/test', { ...LIMIT_BUY, quantity: '100' }).body).toEqual({});
    expect(world.refusal('POST', '/order/test', { ...LIMIT_BUY, quantity: '0.02' })).toEqual([400, 30002]);
    expect(world.account('mx0alice').orders()).toEqual([]);
  });

  it('stops at 500 open orders', async () => {
    const rich = createMexcPrivateWorld([{ ...ALICE, balances: { USDT: '1000000' } }]);
    for (let i = 0; i < 500; i++) {
      if (i % 12 === 0) await rich.clock.advance(1_000);
      expect(rich.place().status).toBe(200);
    }
    await rich.clock.advance(1_000);
    expect(rich.refusal('POST', '/order', LIMIT_BUY)).toEqual([400, 30029]);
  });

  it('keeps accounts of one strategy group from trading with each other, only where asked', () => {
    const [a, b] = ['mx0a', 'mx0b'].map((apiKey) => ({ ...ALICE, apiKey, selfTradeGroup: 3 }));
    world = createMexcPrivateWorld([a!, b!]);
    world.place({ side: 'SELL' }, b);
    world.place({ stpMode: 'cancel_taker' });
    expect(orderOf(2)).toMatchObject({ status: 'CANCELED', stpMode: 'cancel_taker', cancelReason: 'stp_cancel' });
    world.place({});
    expect(orderOf(3)).toMatchObject({ status: 'FILLED', stpMode: '', cancelReason: null });
    expect(world.audit()).toEqual([]);
  });
});

describe('batches', () => {
  it('stand or fall item by item, in the order asked', () => {
    const items = [
      { ...LIMIT_BUY, newClientOrderId: 'b-1' },
      { ...LIMIT_BUY, newClientOrderId: 'b-2', quantity: '0.01' },
      { ...LIMIT_BUY, type: 'LIMIT_ORDER', newClientOrderId: 'b-3' },
    ];
    expect(world.call('POST', '/batchOrders', { batchOrders: JSON.stringify(items) }).body).toEqual([
      { symbol: 'BTCUSDT', orderId: id(1), newClientOrderId: 'b-1', orderListId: -1 },
      { newClientOrderId: 'b-2', msg: 'The minimum transaction volume cannot be less than:3USDT', code: 30002 },
      { symbol: 'BTCUSDT', orderId: id(2), newClientOrderId: 'b-3', orderListId: -1 },
    ]);
  });

  it.each(['', 'x', '[]', '{}', '[1]', JSON.stringify([LIMIT_BUY, { ...LIMIT_BUY, symbol: 'ETHUSDT' }])])(
    'are refused whole when they are not one: %s',
    (batchOrders) => {
      expect(world.refusal('POST', '/batchOrders', { batchOrders })).toEqual([400, 33333]);
      expect(world.account('mx0alice').orders()).toEqual([]);
    },
  );
});

describe('canceling', () => {
  it('answers the documented fields or the few that were seen live, and -2011 for what is not open', () => {
    world.place();
    world.place({ newClientOrderId: 'c-2' });
    const cancel = (params: Record<string, string>) => world.call('DELETE', '/order', { ...BTC, ...params });
    const { symbol, orderId, price, origQty, type, side } = RESTING;
    expect(cancel({ orderId: id(1) }).body).toEqual({
      ...{ symbol, orderId, price, origQty, type, side },
      origClientOrderId: 'c-1',
      clientOrderId: 'c-1',
      executedQty: '0',
      cummulativeQuoteQty: '0',
      status: 'CANCELED',
      timeInForce: null,
    });
    expect(cancel({ origClientOrderId: 'c-2' }).body).toEqual({ symbol, orderId: id(2), price, origQty, type, side });
    for (const params of [{ orderId: id(1) }, { origClientOrderId: 'c-9' }]) {
      expect([cancel(params).status, (cancel(params).body as { code: number }).code]).toEqual([400, -2011]);
    }
    expect(world.refusal('DELETE', '/order', BTC)).toEqual([400, 700004]);
  });

  it('cancels every order of one symbol, of several, or of all', () => {
    const fill = () => {
      world.place();
      world.place({ symbol: 'ETHUSDT', price: '9', quantity: '1' });
    };
    const symbols = (body: unknown) => (body as { symbol: string }[]).map(({ symbol }) => symbol);
    fill();
    expect(symbols(world.call('DELETE', '/openOrders', BTC).body)).toEqual(['BTCUSDT']);
    expect(symbols(world.call('DELETE', '/openOrders', { symbol: 'BTCUSDT,ETHUSDT' }).body)).toEqual(['ETHUSDT']);
    expect(world.call('DELETE', '/openOrders', BTC).body).toEqual([]);
    fill();
    expect(world.call('DELETE', '/order/all').body).toEqual({ code: 200, msg: 'success', timestamp: START_AT });
    expect(world.account('mx0alice').balances()['USDT']).toEqual({ free: '1000', locked: '0' });
  });
});

describe('reads', () => {
  it('find an order by either id for seven days', async () => {
    world.place();
    expect(world.call('GET', '/order', { ...BTC, origClientOrderId: 'c-1' }).body).toEqual(RESTING);
    expect(world.refusal('GET', '/order', { ...BTC, orderId: '9' })).toEqual([400, -2013]);
    expect(world.refusal('GET', '/order', { symbol: 'ETHUSDT', orderId: id(1) })).toEqual([400, -2013]);
    expect(world.refusal('GET', '/order', BTC)).toEqual([400, 700004]);
    world.hit('sell', 200_000);
    world.call('DELETE', '/order', { ...BTC, orderId: id(1) });
    expect(orderOf(1)).toEqual({
      ...RESTING,
      executedQty: '0.2',
      cummulativeQuoteQty: '20',
      status: 'PARTIALLY_CANCELED',
      isWorking: false,
    });
    await world.clock.advance(7 * 86_400_000 + 1);
    expect(world.refusal('GET', '/order', { ...BTC, orderId: id(1) })).toEqual([400, -2013]);
  });

  it('list open orders and the orders of a day, newest first', async () => {
    const list = (path: string, params = {}) =>
      (world.call('GET', path, params).body as { orderId: string }[]).map(({ orderId }) => orderId.slice(-1));
    world.place();
    await world.clock.advance(3_600_000);
    world.place();
    world.place({ symbol: 'ETHUSDT', price: '9', quantity: '1' });
    expect(list('/openOrders')).toEqual(['3', '2', '1']);
    expect(list('/openOrders', BTC)).toEqual(['2', '1']);
    world.call('DELETE', '/openOrders', BTC);
    expect(list('/openOrders')).toEqual(['3']);
    expect(list('/allOrders', BTC)).toEqual(['2', '1']);
    expect(list('/allOrders', { ...BTC, limit: '1' })).toEqual(['2']);
    expect(list('/allOrders', { ...BTC, startTime: String(START_AT + 1) })).toEqual(['2']);
    expect(list('/allOrders', { ...BTC, endTime: String(START_AT) })).toEqual(['1']);
    await world.clock.advance(86_400_000 - 3_600_000 + 1);
    expect(list('/allOrders', BTC)).toEqual(['2']);
    expect(world.refusal('GET', '/allOrders')).toEqual([400, 44444]);
  });

  it('list own trades with their fees', () => {
    world.rest('sell', 1_000, 200_000);
    world.place();
    world.hit('sell', 100_000);
    const trade = {
      symbol: 'BTCUSDT',
      orderId: id(1),
      orderListId: -1,
      price: '100',
      time: START_AT,
      isBuyer: true,
      isBestMatch: true,
      isSelfTrade: false,
      clientOrderId: 'c-1',
      commissionAsset: 'BTC',
    };
    expect(world.call('GET', '/myTrades', BTC).body).toEqual([
      { ...trade, id: '505979017439000002X1', qty: '0.1', quoteQty: '10', commission: '0', isMaker: true },
      { ...trade, id: '505979017439000001X1', qty: '0.2', quoteQty: '20', commission: '0.0001', isMaker: false },
    ]);
    expect(world.call('GET', '/myTrades', { ...BTC, orderId: '9' }).body).toEqual([]);
    expect(world.call('GET', '/account').body).toMatchObject({
      canTrade: true,
      balances: [
        { asset: 'USDT', free: '950', locked: '20', available: '950' },
        { asset: 'BTC', free: '2.2999', locked: '0', available: '2.2999' },
        { asset: 'ETH', free: '10', locked: '0', available: '10' },
      ],
    });
    expect(world.call('GET', '/tradeFee', BTC).body).toMatchObject({
      data: { makerCommission: 0, takerCommission: 0.0005 },
    });
  });

  it('do not show what is hidden, nor find a client id that is forgotten', async () => {
    world.faults.hideOrders('mexc_spot', { lagMs: 2_000 });
    world.place();
    expect(world.refusal('GET', '/order', { ...BTC, orderId: id(1) })).toEqual([400, -2013]);
    expect(world.call('GET', '/openOrders').body).toEqual([]);
    await world.clock.advance(2_000);
    expect(orderOf(1)).toEqual(RESTING);
    world.faults.forgetClientIds('mexc_spot');
    world.place({ newClientOrderId: 'c-2' });
    expect(world.refusal('GET', '/order', { ...BTC, origClientOrderId: 'c-2' })).toEqual([400, -2013]);
    expect(orderOf(2)['status']).toBe('NEW');
  });
});

describe('a venue in trouble', () => {
  it('says so in its own words', () => {
    world.faults.maintenance('mexc_spot');
    expect(world.call('GET', '/account')).toMatchObject({ status: 500, body: { code: 500 } });
    world.faults.ban('mexc_spot');
    expect(world.call('GET', '/account')).toMatchObject({ status: 418, headers: { 'retry-after': '120' } });
    world.faults.limitRequests('mexc_spot', { call: 'POST /api/v3/order' });
    expect(world.call('GET', '/account').status).toBe(200);
    expect(world.place().status).toBe(429);
    world.faults.cancelOnly('mexc_spot', { symbol: 'BTC/USDT' });
    expect(world.refusal('POST', '/order', LIMIT_BUY)).toEqual([400, 30016]);
    expect(world.place().status).toBe(200);
  });
});
