import { describe, expect, it } from 'vitest';
import { decodeContext, INVERSE, orderRequest, orderRow, privateHalf, success, thrownBy } from './support.js';

const { orders } = privateHalf();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const USD = { symbol: 'BTC/USD:BTC' } as const;

const order = {
  symbol: BTC.symbol,
  orderId: '739113577038255616',
  clientOrderId: 'my-oid-1',
  side: 'buy',
  positionSide: 'long',
  reduceOnly: false,
  type: 'limit',
  timeInForce: 'GTC',
  postOnly: false,
  price: '64000.1',
  quantity: '0.0025',
  filledQuantity: '0.001',
  state: 'partially_filled',
  createdAt: 1_782_900_000_839,
  updatedAt: 1_782_900_002_000,
};
const read = (changes: object = {}, ref: object = {}, drifts: string[] = []) =>
  orders.get.decode(success(orderRow({ ...changes })), { ...BTC, ...ref }, decodeContext(drifts));

describe('an order', () => {
  it('is read whole, in base asset', () => {
    expect(read()).toEqual(order);
  });

  it('of inverse contracts is sized in quote asset; what is filled in base asset is at the average price', () => {
    const row = orderRow({ symbol: 'BTC_USD', vol: 3, dealVol: 2, dealAvgPrice: 60_000, price: 60_000 });
    expect(orders.get.decode(success(row), USD, decodeContext())).toMatchObject({
      quoteQuantity: '300',
      filledQuoteQuantity: '200',
      filledQuantity: '0.00333333333333333333',
    });
    const untouched = orders.get.decode(success({ ...row, dealVol: 0, dealAvgPrice: 0 }), USD, decodeContext());
    expect(untouched).toMatchObject({
      quoteQuantity: '300',
      filledQuoteQuantity: '0',
      filledQuantity: '0',
      state: 'open',
    });
    expect(untouched).not.toHaveProperty('quantity');
    expect(() => orders.get.decode(success({ ...row, dealAvgPrice: 0 }), USD, decodeContext())).toThrow('dealAvgPrice');
    expect(INVERSE.contracts?.size).toBe('100');
  });

  it.each([
    [1, { side: 'buy', positionSide: 'long', reduceOnly: false }],
    [2, { side: 'buy', positionSide: 'short', reduceOnly: true }],
    [3, { side: 'sell', positionSide: 'short', reduceOnly: false }],
    [4, { side: 'sell', positionSide: 'long', reduceOnly: true }],
  ])('of side %i in hedge mode is %j', (side, expected) => {
    expect(read({ side })).toMatchObject(expected);
  });

  it('in one-way mode, or where the mode is not told, is for no side of a position', () => {
    for (const positionMode of [2, 0, undefined]) {
      expect(read({ positionMode, side: 3, reduceOnly: true })).toMatchObject({ side: 'sell', reduceOnly: true });
      expect(read({ positionMode, side: 4 })).toMatchObject({ side: 'sell', reduceOnly: true });
      expect(read({ positionMode })).not.toHaveProperty('positionSide');
    }
  });

  it.each([
    [1, 0, 'pending'],
    [2, 0, 'open'],
    [2, 10, 'partially_filled'],
    [3, 25, 'filled'],
    [4, 0, 'canceled'],
    [4, 10, 'canceled'],
    [5, 0, 'rejected'],
    [5, 10, 'canceled'],
  ])('in state %i with %i filled is %s', (state, dealVol, expected) => {
    expect(read({ state, dealVol })['state']).toBe(expected);
  });

  it.each([[0], [6], ['2'], [undefined], [null]])(
    'in state %o is refused: what became of it is never guessed',
    (state) => {
      expect(() => read({ state })).toThrow('order state: expected a number from 1 to 5');
    },
  );

  it.each([
    [1, { type: 'limit', timeInForce: 'GTC', postOnly: false }],
    [2, { type: 'limit', timeInForce: 'GTC', postOnly: true }],
    [3, { type: 'limit', timeInForce: 'IOC', postOnly: false }],
    [4, { type: 'limit', timeInForce: 'FOK', postOnly: false }],
    [5, { type: 'market', timeInForce: 'IOC', postOnly: false }],
    [6, { type: 'market', postOnly: false }],
  ])('of type %i is %j', (orderType, expected) => {
    expect(read({ orderType })).toMatchObject(expected);
  });

  it.each([1, 2, 3, 4, undefined])(
    'of category %o is of somebody else when the venue took the position over',
    (category) => {
      expect(read({ category })['isForeign']).toBe(category === undefined || category === 1 ? undefined : true);
    },
  );

  it('at market has no price, whatever is printed', () => {
    expect(read({ orderType: 5 })).not.toHaveProperty('price');
    expect(read({ price: 0 })).not.toHaveProperty('price');
  });

  it('of an unknown type says nothing of it, and reports it', () => {
    const drifts: string[] = [];
    const { type, timeInForce, postOnly, ...rest } = order;
    expect([type, timeInForce, postOnly]).toEqual(['limit', 'GTC', false]);
    expect(read({ orderType: 9 }, {}, drifts)).toEqual(rest);
    expect(drifts).toEqual(['orderType: 9']);
  });

  it('says why it died', () => {
    expect(read({ state: 4, errorCode: 18 })['reason']).toBe('ioc');
    expect(read({ state: 5, errorCode: 20 })['reason']).toBe('post_only');
    expect(read({ state: 5, errorCode: 77 })['reason']).toBe('code_77');
    expect(read({ errorCode: null })).not.toHaveProperty('reason');
  });

  it('takes ids beyond 2^53 as the parser hands them over, and small numbers too', () => {
    expect(read({ orderId: 5 }, { orderId: '5' })['orderId']).toBe('5');
    expect(read({ externalOid: '' })).not.toHaveProperty('clientOrderId');
  });

  it.each([
    [{ orderId: undefined }],
    [{ orderId: 2 ** 60 }],
    [{ symbol: 'BTC_USD' }],
    [{ symbol: undefined }],
    [{ side: 5 }],
    [{ side: '1' }],
    [{ vol: undefined }],
    [{ vol: -1 }],
    [{ vol: Number.NaN }],
    [{ dealVol: undefined }],
    [{ dealVol: 'x' }],
    [{ price: -1 }],
    [{ price: 1e300 }],
    [{ vol: '9'.repeat(60) }],
    [{ createTime: 0 }],
    [{ updateTime: 'x' }],
    [{ errorCode: 1.5 }],
  ])('with %j is refused', (changes) => {
    expect(() => read(changes)).toThrow(expect.objectContaining({ code: 'malformed_response', outcome: 'unknown' }));
  });

  it('that is another one than was asked for is refused', () => {
    expect(() => read({}, { orderId: '7' })).toThrow('orderId: expected what was asked for');
    expect(() => read({}, { clientOrderId: 'other' })).toThrow('order externalOid: expected what was asked for');
  });

  it('is not missing because its place in the answer has another name', () => {
    const body = { success: true, code: 0, 'd`ta': { orderId: '7' } };
    expect(() => orders.get.decode(body, { ...BTC, orderId: '7' }, decodeContext())).toThrow(
      expect.objectContaining({ code: 'malformed_response', outcome: 'unknown' }),
    );
  });

  it('that the venue answers without is not found', () => {
    for (const body of [success(), success(null)])
      expect(() => orders.get.decode(body, { ...BTC, orderId: '7' }, decodeContext())).toThrow(
        expect.objectContaining({ code: 'order_not_found', outcome: 'rejected' }),
      );
  });
});

describe('the answer to a new order', () => {
  it('is its id, bare or with a time, and no state', () => {
    const placed = { symbol: BTC.symbol, orderId: '739113577038255616' };
    const decode = (data: unknown) => orders.place.decode(success(data), orderRequest(), decodeContext());
    expect(decode({ orderId: '739113577038255616', ts: 1_782_900_000_839 })).toEqual({
      ...placed,
      createdAt: 1_782_900_000_839,
    });
    expect(decode({ orderId: '739113577038255616' })).toEqual(placed);
    expect(decode('739113577038255616')).toEqual(placed);
    expect(decode(7)).toEqual({ ...placed, orderId: '7' });
  });

  it.each([[undefined], [null], [''], [{}], [[]], [{ orderId: '' }], [{ orderId: '1', ts: 'x' }], [2 ** 60], [true]])(
    '%j proves nothing',
    (data) => {
      expect(() => orders.place.decode(success(data), orderRequest(), decodeContext())).toThrow(
        expect.objectContaining({ code: 'malformed_response', outcome: 'unknown' }),
      );
    },
  );
});

describe('the answer to a cancellation', () => {
  const ref = { ...BTC, orderId: '101716841474621953' };
  const decode = (data: unknown, asked = ref as object) =>
    orders.cancel.decode(success(data), { ...BTC, ...asked }, decodeContext());
  const item = (errorCode: unknown, more = {}) => [{ orderId: ref.orderId, errorCode, errorMsg: 'x', ...more }];

  it('that took it says nothing of the end', () => {
    expect(decode(item(0))).toEqual(ref);
    expect(decode(undefined)).toEqual(ref);
    expect(decode([{ orderId: ref.orderId, errorCode: 0 }], { orderId: undefined, clientOrderId: 'a' })).toEqual({
      ...ref,
      clientOrderId: 'a',
    });
    expect(decode({ errorCode: 0 })).toEqual(ref);
  });

  it.each([
    [2040, 'order_not_found', 'rejected'],
    [2041, 'order_not_found', 'rejected'],
    [510, 'rate_limit', 'rejected'],
    [9999, 'server', 'unknown'],
    [123_456, 'unknown', 'unknown'],
    ['2040', 'order_not_found', 'rejected'],
  ])('with item code %o is a refusal, in spite of the success around it', (errorCode, code, outcome) => {
    expect(thrownBy(() => decode(item(errorCode)))).toMatchObject({
      code,
      outcome,
      venueCode: String(errorCode),
      message: 'x',
      venue: 'mexc_futures',
    });
  });

  it.each([[[]], [[{}, {}]], [7], ['x'], [item(0, { orderId: '7' })], [item({})], [item(1.5)]])(
    '%j proves nothing',
    (data) => {
      expect(() => decode(data)).toThrow(expect.objectContaining({ code: 'malformed_response' }));
    },
  );

  it('of all orders names none of them', () => {
    expect(orders.cancelAll.decode(success(), BTC, decodeContext())).toEqual([]);
  });
});

describe('lists of orders', () => {
  const older = orderRow({ orderId: '1', createTime: 5, updateTime: 6 });
  const newer = orderRow({ orderId: '2', createTime: 7, updateTime: 8 });
  const ids = (reports: readonly { orderId?: string }[]) => reports.map(({ orderId }) => orderId);

  it('come out oldest first, bare or as a page', () => {
    const params = { ...BTC, page: 1, limit: 100 };
    expect(ids(orders.open.decode(success([newer, older]), params, decodeContext()))).toEqual(['1', '2']);
    expect(ids(orders.history.decode(success({ resultList: [newer, older] }), params, decodeContext()))).toEqual([
      '1',
      '2',
    ]);
  });

  it('of all markets leave out those without a name here, and report them', () => {
    const drifts: string[] = [];
    const rows = [orderRow({ symbol: 'OLD_USDT' }), newer];
    expect(ids(orders.open.decode(success(rows), { page: 1, limit: 100 }, decodeContext(drifts)))).toEqual(['2']);
    expect(drifts).toEqual(['an open order of OLD_USDT, which is not in the instrument list']);
  });

  it('of one market refuse rows of another', () => {
    const rows = [orderRow({ symbol: 'BTC_USD' })];
    for (const call of [orders.open, orders.history])
      expect(() => call.decode(success(rows), { ...BTC, page: 1, limit: 100 }, decodeContext())).toThrow(
        'order symbol',
      );
  });

  it('keep rows outside the times, so that a whole page stays whole, and report them', () => {
    const drifts: string[] = [];
    const params = { ...BTC, from: 7, to: 9, page: 1, limit: 100 };
    expect(ids(orders.history.decode(success([newer, older]), params, decodeContext(drifts)))).toEqual(['1', '2']);
    expect(drifts).toEqual(['order history: rows outside the times asked for']);
    expect(orders.history.decode(success([newer]), params, decodeContext())).toHaveLength(1);
  });
});

describe('a fill', () => {
  const row = {
    id: '661',
    symbol: 'BTC_USDT',
    side: 4,
    vol: 10,
    price: 64_000.1,
    fee: 0.0064,
    feeCurrency: 'USDT',
    profit: -1.5,
    taker: false,
    category: 1,
    orderId: '739113577038255616',
    externalOid: 'my-oid-1',
    positionMode: 1,
    timestamp: 1_782_900_001_000,
  };
  const fill = {
    symbol: BTC.symbol,
    id: '661',
    orderId: '739113577038255616',
    clientOrderId: 'my-oid-1',
    side: 'sell',
    positionSide: 'long',
    price: '64000.1',
    quantity: '0.001',
    realizedPnl: '-1.5',
    fee: '0.0064',
    feeAsset: 'USDT',
    liquidity: 'maker',
    filledAt: 1_782_900_001_000,
  };
  const params = { ...BTC, page: 1, limit: 100 };
  const decode = (changes: object, asked: object = {}) =>
    orders.fills.decode(success([{ ...row, ...changes }]), { ...params, ...asked }, decodeContext());

  it('is read whole, under either name of its flag', () => {
    expect(decode({})).toEqual([fill]);
    expect(decode({ taker: undefined, isTaker: true })).toEqual([{ ...fill, liquidity: 'taker' }]);
    expect(decode({ fee: -0.01 })[0]?.fee).toBe('-0.01');
  });

  it('of inverse contracts has both amounts', () => {
    const bodyOfUsd = success([{ ...row, symbol: 'BTC_USD', vol: 3, price: 60_000 }]);
    expect(orders.fills.decode(bodyOfUsd, { ...USD, page: 1, limit: 1 }, decodeContext())).toMatchObject([
      { quantity: '0.005', quoteQuantity: '300' },
    ]);
  });

  it('says no more than the venue does', () => {
    const bare = { id: 5, symbol: 'BTC_USDT', side: 1, vol: 1, price: 5e-7, orderId: '9', timestamp: 1 };
    expect(orders.fills.decode(success([bare]), params, decodeContext())).toEqual([
      { symbol: BTC.symbol, id: '5', orderId: '9', side: 'buy', price: '0.0000005', quantity: '0.0001', filledAt: 1 },
    ]);
  });

  it.each([
    [{ id: undefined }],
    [{ orderId: '' }],
    [{ side: 0 }],
    [{ vol: 0 }],
    [{ price: 0 }],
    [{ price: '' }],
    [{ fee: 'x' }],
    [{ timestamp: undefined }],
    [{ symbol: 'BTC_USD' }],
  ])('with %j is refused', (changes) => {
    expect(() => decode(changes)).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });

  it('of another order than was asked for is refused, and one order’s fills do not page', () => {
    expect(decode({}, { orderId: row.orderId })).toEqual([fill]);
    expect(() => decode({}, { orderId: '7' })).toThrow('fill orderId: expected what was asked for');
    expect(decode({}, { orderId: row.orderId, page: 2 })).toEqual([]);
  });
});
