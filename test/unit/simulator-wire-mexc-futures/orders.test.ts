import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALICE, createMexcFuturesPrivateWorld, OPEN_LONG, START_AT } from '../../support/mexc-futures-private-world.js';

let world: ReturnType<typeof createMexcFuturesPrivateWorld>;
beforeEach(() => {
  world = createMexcFuturesPrivateWorld();
});
afterEach(() => expect(world.audit()).toEqual([]));

describe('placing', () => {
  it('answers id and time, or the id alone on the older path', async () => {
    expect(world.dataOf('POST', 'order/create', OPEN_LONG)).toEqual({ orderId: '739113577038000001', ts: START_AT });
    expect(world.dataOf('POST', 'order/submit', OPEN_LONG)).toBe('739113577038000002');
  });

  it('shows an order that rests completely, numbers as JSON numbers and the id as text', async () => {
    const id = await world.create({ externalOid: 'my-oid-1' });
    expect(world.order(id)).toEqual({
      orderId: id,
      symbol: 'BTC_USDT',
      positionId: 0,
      price: 99,
      priceStr: '99',
      vol: 5,
      leverage: 10,
      side: 1,
      category: 1,
      orderType: 1,
      dealAvgPrice: 0,
      dealVol: 0,
      orderMargin: expect.any(Number),
      takerFee: 0,
      makerFee: 0,
      totalFee: 0,
      profit: 0,
      feeCurrency: 'USDT',
      openType: 1,
      state: 2,
      externalOid: 'my-oid-1',
      errorCode: 0,
      usedMargin: 0,
      createTime: START_AT + 500,
      updateTime: START_AT + 500,
      positionMode: 1,
      reduceOnly: false,
      version: 1,
    });
    expect(world.order(id)['orderMargin']).toBeGreaterThanOrEqual(4.95);
    expect(world.dataOf('GET', 'order/external/BTC_USDT/my-oid-1')).toMatchObject({ orderId: id });
  });

  it('takes numbers as text, and makes up an external id where none was sent', async () => {
    const id = await world.create({ price: '99.0', vol: '5', side: '1', type: '1', openType: '1', leverage: '10' });
    expect(world.order(id)).toMatchObject({
      price: 99,
      vol: 5,
      externalOid: expect.stringMatching(/^_m_[0-9a-f]{32}$/),
    });
  });

  it('fills in parts, averages, and charges makers and takers their fees in the settle asset', async () => {
    const id = await world.create();
    world.take('sell', 2);
    expect(world.order(id)).toMatchObject({ state: 2, dealVol: 2, dealAvgPrice: 99, makerFee: 0.00198, takerFee: 0 });
    world.offer('sell', 99.5, 1);
    world.offer('sell', 100, 4);
    const taken = await world.create({ type: 5, price: undefined, vol: 3 });
    expect(world.order(taken)).toMatchObject({
      state: 3,
      price: 0,
      orderType: 5,
      dealVol: 3,
      dealAvgPrice: expect.closeTo((99.5 + 200) / 3, 10),
      takerFee: expect.closeTo((9.95 + 20) * 0.0004, 12),
      errorCode: 0,
    });
  });

  it.each([
    ['the rest of an IOC', { type: 3, price: 100, vol: 5 }, { state: 4, dealVol: 2, errorCode: 18, orderType: 3 }],
    [
      'a FOK that cannot be filled',
      { type: 4, price: 100, vol: 5 },
      { state: 4, dealVol: 0, errorCode: 19, orderType: 4 },
    ],
    [
      'a post-only that would take',
      { type: 2, price: 100, vol: 5 },
      { state: 4, dealVol: 0, errorCode: 20, orderType: 2 },
    ],
    ['the rest of a market order', { type: 5, vol: 5 }, { state: 4, dealVol: 2, errorCode: 21, orderType: 5 }],
    ['the rest of the older market type', { type: 6, vol: 5 }, { state: 4, dealVol: 2, errorCode: 21, orderType: 6 }],
  ])('accepts %s and ends it with its reason', async (_, params, row) => {
    world.offer('sell', 100, 2);
    expect(world.order(await world.create(params))).toMatchObject(row);
  });

  it('opens and closes both sides in hedge mode', async () => {
    world.offer('sell', 100, 20);
    world.offer('buy', 99.9, 20);
    await world.create({ side: 1, type: 5, vol: 5 });
    await world.create({ side: 3, type: 5, vol: 4 });
    expect(world.positions()).toMatchObject([
      { positionType: 1, holdVol: 5 },
      { positionType: 2, holdVol: 4 },
    ]);
    const closeLong = await world.create({ side: 4, type: 5, vol: 2 });
    const closeShort = await world.create({ side: 2, type: 5, vol: 4 });
    expect(world.positions()).toMatchObject([{ positionType: 1, holdVol: 3, closeVol: 2 }]);
    expect(world.order(closeLong)).toMatchObject({ side: 4, state: 3, reduceOnly: false });
    expect(world.order(closeLong)['profit']).toBeCloseTo(-0.02, 12);
    expect(world.order(closeShort)).toMatchObject({ side: 2, state: 3 });
  });

  it('nets in one-way mode; closing sides and the flag only reduce', async () => {
    world.dataOf('POST', 'position/change_position_mode', { positionMode: 2 });
    world.offer('sell', 100, 20);
    world.offer('buy', 99.9, 20);
    await world.create({ side: 1, type: 5, vol: 5 });
    expect(await world.create({ side: 4, type: 5, vol: 1 })).toBeDefined();
    const reducing = await world.create({ side: 3, type: 5, vol: 1, reduceOnly: true });
    expect(world.order(reducing)).toMatchObject({ side: 3, reduceOnly: true, positionMode: 2 });
    expect(world.positions()).toMatchObject([{ positionType: 1, holdVol: 3 }]);
    await world.clock.advance(500);
    expect(world.codeOf('POST', 'order/create', { ...OPEN_LONG, side: 4, type: 5, vol: 4 })).toBe(2008);
    await world.create({ side: 3, type: 5, vol: 5 });
    expect(world.positions()).toMatchObject([{ positionType: 2, holdVol: 2 }]);
  });
});

describe('what is refused, with HTTP 200, before anything happens', () => {
  it.each([
    ['no body', undefined, 600],
    ['no symbol', { symbol: undefined }, 600],
    ['an unknown contract', { symbol: 'BTCUSDT' }, 1001],
    ['no price', { price: undefined }, 600],
    ['no quantity', { vol: undefined }, 600],
    ['no side', { side: undefined }, 600],
    ['a side of its own', { side: 5 }, 2001],
    ['no open type', { openType: undefined }, 600],
    ['a wrong open type', { openType: 3 }, 2002],
    ['a wrong type', { type: 7 }, 2029],
    ['isolated margin without leverage', { leverage: undefined }, 600],
    ['leverage above the most', { leverage: 501 }, 2006],
    ['leverage below one', { leverage: 0 }, 2006],
    ['too many decimals of a price', { price: 99.05 }, 2015],
    ['a part of a contract', { vol: 1.5 }, 2015],
    ['a price of nothing', { price: 0 }, 2007],
    ['a price below nothing', { price: -1 }, 2007],
    ['no contracts', { vol: 0 }, 2011],
    ['more contracts than one order may have', { vol: 1_500_001 }, 2028],
    ['a buy far above the fair price', { price: 111 }, 2003],
    ['a sale far below the fair price', { side: 3, price: 89 }, 2004],
    ['more than there is money for', { vol: 10_000 }, 2005],
    ['a long external id', { externalOid: 'x'.repeat(33) }, 2030],
    ['closing what is not there', { side: 4 }, 2009],
    ['the other position mode', { positionMode: 2 }, 7002],
    ['an unknown self-trade mode', { stpMode: 4 }, 600],
    ['an attached stop', { stopLossPrice: 90 }, 604],
    ['a best-price order', { bboTypeNum: 1 }, 604],
    ['a text where a number belongs', { vol: 'five' }, 600],
  ])('%s', (_, params, code) => {
    const body = params === undefined ? [] : { ...OPEN_LONG, ...params };
    expect(world.codeOf('POST', 'order/create', body)).toBe(code);
    expect(world.dataOf('GET', 'order/list/open_orders')).toEqual([]);
  });

  it('but not a price that is far from the fair one on its own side: only one that would cross too far is', async () => {
    const buy = await world.create({ price: 50 });
    const sale = await world.create({ side: 3, price: 190, vol: 1 });
    expect(world.order(buy)).toMatchObject({ state: 2, price: 50 });
    expect(world.order(sale)).toMatchObject({ state: 2, price: 190 });
  });

  it('the same external id twice, also when the first order is over', async () => {
    const id = await world.create({ externalOid: 'once' });
    expect(world.codeOf('POST', 'order/create', { ...OPEN_LONG, externalOid: 'once' })).toBe(2042);
    world.dataOf('POST', 'order/cancel', [id]);
    expect(world.codeOf('POST', 'order/create', { ...OPEN_LONG, externalOid: 'once' })).toBe(2042);
  });

  it('other leverage and margin than the position has, and closing more than is free', async () => {
    world.offer('sell', 100, 20);
    await world.create({ type: 5, vol: 5 });
    const [{ positionId }] = world.positions() as [{ positionId: number }];
    const attempt = async (params: Record<string, unknown>): Promise<number> => {
      await world.clock.advance(500);
      return world.codeOf('POST', 'order/create', { ...OPEN_LONG, ...params });
    };
    expect(await attempt({ leverage: 20 })).toBe(2021);
    expect(await attempt({ openType: 2 })).toBe(2027);
    expect(await attempt({ side: 4, price: 101, vol: 6 })).toBe(2008);
    expect(await attempt({ side: 4, price: 101, vol: 5, positionId: positionId + 1 })).toBe(2043);
    expect(await attempt({ side: 4, price: 101, vol: 5, positionId })).toBe(0);
    expect(world.positions()).toMatchObject([{ holdVol: 5, frozenVol: 5 }]);
    expect(await attempt({ side: 4, price: 101, vol: 1 })).toBe(2008);
  });

  it('orders of somebody whose futures account was never opened', () => {
    const poor = { apiKey: 'mx0poor', secretKey: 'nothing', balances: {} };
    const other = createMexcFuturesPrivateWorld([ALICE, poor]);
    expect(other.codeOf('POST', 'order/create', OPEN_LONG, poor)).toBe(1000);
    expect(other.dataOf('GET', 'account/assets', {}, poor)).toMatchObject([{ currency: 'USDT', equity: 0 }]);
  });

  it('batches of orders, which are for market makers', () => {
    expect(world.codeOf('POST', 'order/submit_batch', [OPEN_LONG])).toBe(511);
  });
});

describe('canceling', () => {
  it('says of each id what became of it inside a success', async () => {
    const [open, over] = [await world.create(), await world.create()];
    world.dataOf('POST', 'order/cancel', [over]);
    expect(world.call('POST', 'order/cancel', ['101716841474621953', open, over])).toEqual({
      success: true,
      code: 0,
      data: [
        { orderId: '101716841474621953', errorCode: 2040, errorMsg: 'order not exist' },
        { orderId: open, errorCode: 0, errorMsg: 'success' },
        { orderId: over, errorCode: 2041, errorMsg: 'order state cannot be cancelled' },
      ],
    });
    expect(world.order(open)).toMatchObject({ state: 4, errorCode: 0, orderMargin: 0 });
  });

  it('reads bare ids beyond 2^53 digit by digit', async () => {
    const id = await world.create();
    const time = String(world.clock.now());
    const { createHmac } = await import('node:crypto');
    const body = `[${id}]`;
    const signature = createHmac('sha256', ALICE.secretKey)
      .update(ALICE.apiKey + time + body)
      .digest('hex');
    const headers = { apikey: ALICE.apiKey, 'request-time': time, signature };
    const answer = world.send({ method: 'POST', path: '/api/v1/private/order/cancel', body, headers });
    expect(JSON.parse(answer!.body)).toMatchObject({ data: [{ orderId: id, errorCode: 0 }] });
  });

  it('by external id, in a list or alone', async () => {
    const [first, second] = [await world.create({ externalOid: 'a' }), await world.create({ externalOid: 'b' })];
    expect(world.dataOf('POST', 'order/cancel_with_external', { symbol: 'BTC_USDT', externalOid: 'a' })).toEqual([
      { symbol: 'BTC_USDT', externalOid: 'a', orderId: first, errorCode: 0, errorMsg: 'success' },
    ]);
    const both = ['b', 'c'].map((externalOid) => ({ symbol: 'BTC_USDT', externalOid }));
    expect(world.dataOf('POST', 'order/batch_cancel_with_external', both)).toMatchObject([
      { externalOid: 'b', orderId: second, errorCode: 0 },
      { externalOid: 'c', errorCode: 2040 },
    ]);
    expect(world.codeOf('POST', 'order/cancel_with_external', [{ symbol: 'NOPE', externalOid: 'a' }])).toBe(1001);
  });

  it('all orders, of one contract or of every one', async () => {
    await world.create();
    await world.create({ symbol: 'ETH_USDT', price: 9.9, vol: 1 });
    expect(world.call('POST', 'order/cancel_all', { symbol: 'ETH_USDT' })).toEqual({ success: true, code: 0 });
    expect(world.dataOf('GET', 'order/list/open_orders')).toMatchObject([{ symbol: 'BTC_USDT' }]);
    expect(world.codeOf('POST', 'order/cancel_all', { symbol: 'NOPE' })).toBe(1001);
    world.dataOf('POST', 'order/cancel_all', {});
    expect(world.dataOf('GET', 'order/list/open_orders')).toEqual([]);
  });

  it.each([
    [[], 600],
    [{}, 600],
    [[null], 600],
    [['x'], 600],
    [Array(51).fill('1'), 2014],
  ])('refuses the list %j', (body, code) => {
    expect(world.codeOf('POST', 'order/cancel', body)).toBe(code);
  });
});

describe('reading', () => {
  it('lists open orders newest first, by page and by contract', async () => {
    const ids = [
      await world.create(),
      await world.create(),
      await world.create({ symbol: 'ETH_USDT', price: 9.9, vol: 1 }),
    ];
    const list = (params: Record<string, unknown>, path = 'order/list/open_orders'): string[] =>
      (world.dataOf('GET', path, params) as { orderId: string }[]).map(({ orderId }) => orderId);
    expect(list({})).toEqual(ids.toReversed());
    expect(list({ page_num: 2, page_size: 2 })).toEqual([ids[0]]);
    expect(list({}, 'order/list/open_orders/BTC_USDT')).toEqual([ids[1], ids[0]]);
    expect(list({ symbol: 'ETH_USDT' })).toEqual([ids[2]]);
    expect(world.codeOf('GET', 'order/list/open_orders/NOPE')).toBe(1001);
    expect(world.dataOf('GET', 'order/open_order_total_count')).toMatchObject({ sumCount: 3, limitOrderCount: 3 });
  });

  it('lists what is over by state, side, time and id; ranges have at most 90 days', async () => {
    world.offer('sell', 100, 2);
    const [filled, canceled] = [await world.create({ type: 5, vol: 2 }), await world.create()];
    const open = await world.create();
    world.dataOf('POST', 'order/cancel', [canceled]);
    const list = (params: Record<string, unknown> = {}): string[] =>
      (world.dataOf('GET', 'order/list/history_orders', params) as { orderId: string }[]).map(({ orderId }) => orderId);
    expect(list()).toEqual([canceled, filled]);
    expect(list({ states: '3' })).toEqual([filled]);
    expect(list({ states: '2,3' })).toEqual([open, filled]);
    expect(list({ side: 3 })).toEqual([]);
    expect(list({ orderId: canceled })).toEqual([canceled]);
    expect(list({ start_time: START_AT + 1_000, end_time: START_AT + 1_000 })).toEqual([canceled]);
    expect(list({ startTime: START_AT, endTime: START_AT + 500 })).toEqual([filled]);
    const tooLong = { start_time: START_AT - 91 * 86_400_000, end_time: START_AT };
    expect(world.codeOf('GET', 'order/list/history_orders', tooLong)).toBe(6003);
  });

  it('shows fills with what they cost, by account and by order', async () => {
    world.offer('sell', 100, 2);
    world.offer('sell', 101, 5);
    const id = await world.create({ type: 5, vol: 3, externalOid: 'mine' });
    const other = await world.create({ price: 98 });
    const rows = world.dataOf('GET', `order/deal_details/${id}`);
    expect(rows).toEqual([
      {
        id: '299444000002',
        symbol: 'BTC_USDT',
        side: 1,
        vol: 1,
        price: 101,
        feeCurrency: 'USDT',
        fee: 0.00404,
        timestamp: START_AT + 500,
        profit: 0,
        category: 1,
        orderId: id,
        positionMode: 1,
        reduceOnly: false,
        externalOid: 'mine',
        isSelf: false,
        taker: true,
      },
      expect.objectContaining({ id: '299444000001', vol: 2, price: 100, fee: 0.008 }),
    ]);
    expect(world.dataOf('GET', 'order/list/order_deals/v3', { symbol: 'BTC_USDT' })).toEqual(rows);
    expect(world.dataOf('GET', 'order/list/order_deals', { page_size: 1 })).toEqual([rows[0]]);
    expect(world.dataOf('GET', 'order/list/order_deals/v3', { end_time: START_AT })).toEqual([]);
    expect(world.dataOf('GET', `order/deal_details/${other}`)).toEqual([]);
  });

  it('answers several ids with those that there are, and 2040 for one that there is not', async () => {
    const ids = [await world.create({ externalOid: 'a' }), await world.create()];
    expect(world.dataOf('GET', 'order/batch_query', { order_ids: `${ids[0]},1,${ids[1]}` })).toMatchObject(
      ids.map((orderId) => ({ orderId })),
    );
    const named = ['a', 'b'].map((externalOid) => ({ symbol: 'BTC_USDT', externalOid }));
    expect(world.dataOf('POST', 'order/batch_query_with_external', named)).toMatchObject([{ orderId: ids[0] }]);
    expect(world.codeOf('GET', 'order/batch_query', { order_ids: Array(51).fill('1').join(',') })).toBe(2034);
    expect(world.codeOf('GET', 'order/get/1')).toBe(2040);
    expect(world.codeOf('GET', 'order/external/BTC_USDT/none')).toBe(2040);
    expect(world.codeOf('GET', 'order/external/ETH_USDT/a')).toBe(2040);
  });
});

describe('faults', () => {
  it('hide an order for a while from every read; the engine cancels it all the same', async () => {
    world.faults.hideOrders('mexc_futures', { symbol: 'BTC/USDT:USDT', lagMs: 1_000 });
    const id = await world.create({ externalOid: 'late' });
    expect(world.codeOf('GET', `order/get/${id}`)).toBe(2040);
    expect(world.codeOf('GET', 'order/external/BTC_USDT/late')).toBe(2040);
    expect(world.dataOf('GET', 'order/list/open_orders')).toEqual([]);
    await world.clock.advance(1_000);
    expect(world.dataOf('GET', 'order/external/BTC_USDT/late')).toMatchObject({ orderId: id, state: 2 });
    world.faults.hideOrders('mexc_futures', { symbol: 'BTC/USDT:USDT', lagMs: 1_000 });
    const hidden = await world.create();
    expect(world.dataOf('POST', 'order/cancel', [hidden])).toMatchObject([{ errorCode: 0 }]);
  });

  it('forget the external id of an order, but not the order', async () => {
    world.faults.forgetClientIds('mexc_futures', { symbol: 'BTC/USDT:USDT' });
    const id = await world.create({ externalOid: 'gone' });
    expect(world.codeOf('GET', 'order/external/BTC_USDT/gone')).toBe(2040);
    expect(world.order(id)).toMatchObject({ externalOid: 'gone' });
  });

  it('leave only canceling', async () => {
    const id = await world.create();
    world.faults.cancelOnly('mexc_futures', { symbol: 'BTC/USDT:USDT', times: 1 });
    expect(world.codeOf('POST', 'order/create', OPEN_LONG)).toBe(9068);
    expect(world.dataOf('POST', 'order/cancel', [id])).toMatchObject([{ errorCode: 0 }]);
  });

  it('lose a request, or carry it out without an answer, or late', async () => {
    const place = (externalOid: string): number => world.codeOf('POST', 'order/create', { ...OPEN_LONG, externalOid });
    const isThere = (oid: string): boolean => world.codeOf('GET', `order/external/BTC_USDT/${oid}`) === 0;
    world.faults.loseRequest('mexc_futures', 'POST /api/v1/private/order/create');
    expect([place('lost'), isThere('lost')]).toEqual([-1, false]);
    world.faults.timeoutHttp('mexc_futures', 'POST /api/v1/private/order/create');
    expect([place('unanswered'), isThere('unanswered')]).toEqual([-1, true]);
    world.faults.acceptLate('mexc_futures', 'POST /api/v1/private/order/create', { delayMs: 3_000 });
    expect([place('late'), isThere('late')]).toEqual([-1, false]);
    await world.clock.advance(3_000);
    expect(isThere('late')).toBe(true);
    world.faults.acceptLate('mexc_futures', 'POST /api/v1/private/order/create', { delayMs: 10_001 });
    expect(place('too late')).toBe(-1);
    await world.clock.advance(10_001);
    expect(isThere('too late')).toBe(false);
  });
});
