import { describe, expect, it } from 'vitest';
import { decimal, encodeContext, ONE_WAY_ISOLATED, orderRequest, privateHalf } from './support.js';

const { orders } = privateHalf();
const { place, cancel, cancelAll, get, open, history, fills } = orders;

const bodyOf = (changes: Readonly<Record<string, unknown>> = {}) =>
  place.encode(orderRequest(changes), encodeContext).body as Record<string, unknown>;
const hedge = (side: 'long' | 'short', more = {}) => ({
  position: {
    mode: 'hedge',
    marginMode: 'cross',
    leverage: decimal('20'),
    shortLeverage: decimal('10'),
    side,
    ...more,
  },
});

describe('a new order', () => {
  it('is sized in contracts and names the mode of the account, so that it cannot be taken for another one', () => {
    expect(place).toMatchObject({
      method: 'POST',
      path: '/api/v1/private/order/create',
      expires: true,
      idempotent: false,
    });
    expect(bodyOf()).toEqual({
      symbol: 'BTC_USDT',
      price: 64_000.1,
      vol: 25,
      leverage: 20,
      side: 1,
      openType: 1,
      positionMode: 2,
      type: 1,
      externalOid: 'my-oid-1',
    });
  });

  it.each([
    ['buy', 'long', 1],
    ['sell', 'long', 4],
    ['sell', 'short', 3],
    ['buy', 'short', 2],
  ] as const)('in hedge mode: %s of a %s position is side %i', (side, positionSide, number) => {
    expect(bodyOf({ side, ...hedge(positionSide) })).toMatchObject({ side: number, positionMode: 1, openType: 2 });
    expect(bodyOf({ side, ...hedge(positionSide) })).not.toHaveProperty('reduceOnly');
  });

  it('carries the leverage of its side when it opens, and none when it closes', () => {
    expect(bodyOf(hedge('long'))['leverage']).toBe(20);
    expect(bodyOf({ side: 'sell', ...hedge('short') })['leverage']).toBe(10);
    expect(bodyOf({ side: 'sell', ...hedge('long') })).not.toHaveProperty('leverage');
    expect(bodyOf({ reduceOnly: true })).not.toHaveProperty('leverage');
    expect(bodyOf({ position: { mode: 'one_way', marginMode: 'cross' } })).not.toHaveProperty('leverage');
  });

  it('that reduces in one-way mode keeps its side and says so', () => {
    const position = { ...ONE_WAY_ISOLATED, side: 'long', id: '1394650' };
    expect(bodyOf({ side: 'sell', reduceOnly: true, position })).toMatchObject({
      side: 3,
      reduceOnly: true,
      positionId: 1_394_650,
    });
    expect(bodyOf({ side: 'sell', position })).not.toHaveProperty('positionId');
  });

  it('names the position that it closes, digit for digit', () => {
    expect(bodyOf({ side: 'sell', ...hedge('long', { id: '739113577038255616' }) })['positionId']).toBe(
      '739113577038255616',
    );
    expect(bodyOf(hedge('long', { id: '5' }))).not.toHaveProperty('positionId');
  });

  it.each([
    [{ timeInForce: 'IOC' }, 3],
    [{ timeInForce: 'FOK' }, 4],
    [{ postOnly: true }, 2],
    [{ type: 'market', timeInForce: 'IOC', price: undefined }, 5],
  ])('with %j is type %i', (changes, type) => {
    expect(bodyOf(changes)['type']).toBe(type);
  });

  it('at market has no price', () => {
    expect(bodyOf({ type: 'market', timeInForce: 'IOC', price: undefined })).not.toHaveProperty('price');
  });

  it('of inverse contracts is sized in quote asset, exactly', () => {
    const inverse = {
      symbol: 'BTC/USD:BTC',
      quantity: undefined,
      quoteQuantity: decimal('300'),
      price: decimal('60000'),
    };
    expect(bodyOf(inverse)).toMatchObject({ symbol: 'BTC_USD', vol: 3, price: 60_000 });
  });

  it('sends a number that JSON would print otherwise as its digits', () => {
    expect(bodyOf({ price: decimal('0.0000005') })['price']).toBe('0.0000005');
    expect(bodyOf({ price: decimal('64000.10') })['price']).toBe('64000.10');
    expect(bodyOf({ price: decimal('123456789.123456789') })['price']).toBe('123456789.123456789');
  });

  it.each([
    [{ quantity: decimal('0.00255') }, 'quantity: expected a multiple of 0.0001'],
    [{ quantity: undefined }, 'quantity: expected quantity alone for linear contracts'],
    [{ quoteQuantity: decimal('1') }, 'quantity: expected quantity alone for linear contracts'],
    [{ symbol: 'BTC/USD:BTC' }, 'quoteQuantity: expected quoteQuantity alone for inverse contracts'],
    [
      { symbol: 'BTC/USD:BTC', quantity: undefined, quoteQuantity: decimal('150') },
      'quoteQuantity: expected a multiple of 100',
    ],
    [{ price: undefined }, 'price: expected a price for a limit order'],
    [{ type: 'market', timeInForce: 'IOC' }, 'price: expected a price for a limit order'],
    [{ postOnly: true, timeInForce: 'IOC' }, 'timeInForce: expected a limit order that is GTC'],
    [{ position: undefined }, 'position: expected how the account trades the market'],
    [{ position: { mode: 'one_way' } }, 'marginMode: expected cross or isolated'],
    [
      { position: { mode: 'one_way', marginMode: 'isolated' } },
      'leverage: expected the leverage of an isolated position',
    ],
    [{ position: { ...ONE_WAY_ISOLATED, leverage: decimal('2.5') } }, 'leverage: expected a whole number'],
    [{ position: { mode: 'hedge', marginMode: 'cross' } }, 'positionSide: expected long or short in hedge mode'],
    [{ reduceOnly: true, ...hedge('long') }, 'side: expected the side that reduces the position'],
    [{ symbol: 'NOPE/USDT:USDT' }, 'symbol: expected a listed symbol'],
  ])('with %j is refused before anything is sent', (changes, message) => {
    expect(() => bodyOf(changes)).toThrow(expect.objectContaining({ code: 'validation', outcome: 'not_sent' }));
    expect(() => bodyOf(changes)).toThrow(message);
  });
});

describe('a cancellation', () => {
  const symbol = 'BTC/USDT:USDT' as const;

  it('names the order by the venue’s id, else by ours', () => {
    expect(cancel.encode({ symbol, orderId: '7391', clientOrderId: 'a' }, encodeContext)).toEqual({ body: ['7391'] });
    expect(cancel.encode({ symbol, clientOrderId: 'my-1' }, encodeContext)).toEqual({
      path: '/api/v1/private/order/cancel_with_external',
      body: [{ symbol: 'BTC_USDT', externalOid: 'my-1' }],
    });
    expect(() => cancel.encode({ symbol }, encodeContext)).toThrow('orderId: expected orderId or clientOrderId');
  });

  it('of all orders is of one market, since without one it would be of all', () => {
    expect(cancelAll.encode({ symbol }, encodeContext)).toEqual({ body: { symbol: 'BTC_USDT' } });
    expect(() => cancelAll.encode({ symbol: undefined as never }, encodeContext)).toThrow('symbol: expected');
    expect(() => cancelAll.encode({ symbol }, { ...encodeContext, toVenue: () => '' })).toThrow(
      'symbol: expected a listed symbol',
    );
  });
});

describe('reads of orders', () => {
  const symbol = 'BTC/USDT:USDT' as const;

  it('name one by either id, in the path', () => {
    expect(get.encode({ symbol, orderId: '7391' }, encodeContext)).toEqual({ path: '/api/v1/private/order/get/7391' });
    expect(get.encode({ symbol, clientOrderId: 'a.b/c' }, encodeContext)).toEqual({
      path: '/api/v1/private/order/external/BTC_USDT/a.b%2Fc',
    });
    expect(() => get.encode({ symbol }, encodeContext)).toThrow('orderId: expected orderId or clientOrderId');
  });

  it('page through the open ones of a market, or of all', () => {
    expect(open.encode({ symbol, page: 2, limit: 100 }, encodeContext)).toEqual({
      path: '/api/v1/private/order/list/open_orders/BTC_USDT',
      query: { page_num: 2, page_size: 100 },
    });
    expect(open.encode({ page: 1, limit: 100 }, encodeContext)).toEqual({ query: { page_num: 1, page_size: 100 } });
  });

  it('bound the history by times under both names that are documented', () => {
    expect(history.encode({ symbol, from: 1.5, to: 2.5, page: 1, limit: 100 }, encodeContext)).toEqual({
      query: { symbol: 'BTC_USDT', start_time: 1, end_time: 3, startTime: 1, endTime: 3, page_num: 1, page_size: 100 },
    });
  });

  it('ask for the fills of a market, or of one order', () => {
    expect(fills.encode({ symbol, from: 1, to: 2, page: 3, limit: 100 }, encodeContext)).toEqual({
      query: { symbol: 'BTC_USDT', start_time: 1, end_time: 2, page_num: 3, page_size: 100 },
    });
    expect(fills.encode({ symbol, orderId: '7391', page: 1, limit: 100 }, encodeContext)).toEqual({
      path: '/api/v1/private/order/deal_details/7391',
    });
  });
});

describe('what MEXC futures cannot do', () => {
  it('is absent: batches, amendments, tests of orders, dead-man switch, orders over a socket', () => {
    for (const name of ['placeBatch', 'amend', 'test']) expect(orders).not.toHaveProperty(name);
    for (const name of ['deadMan', 'orderSocket', 'wallet']) expect(privateHalf()).not.toHaveProperty(name);
  });
});
