import { describe, expect, it } from 'vitest';
import type { TriggerRequest } from '../../../src/adapter/trigger-endpoints.js';
import {
  decimal,
  decodeContext,
  encodeContext,
  NOW,
  ONE_WAY_ISOLATED,
  privateHalf,
  success,
  triggerRow,
} from './support.js';

const { triggers } = privateHalf();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const DAY_MS = 86_400_000;

function request(changes: Readonly<Record<string, unknown>> = {}): TriggerRequest {
  const base: TriggerRequest = {
    ...BTC,
    side: 'sell',
    type: 'limit',
    timeInForce: 'GTC',
    price: decimal('59990.5'),
    quantity: decimal('0.0025'),
    closesPosition: false,
    reduceOnly: true,
    triggerPrice: decimal('60000'),
    triggerBy: 'mark',
    direction: 'falls_to',
    position: { ...ONE_WAY_ISOLATED, side: 'long' },
  };
  return { ...base, ...changes };
}
const bodyOf = (changes: Readonly<Record<string, unknown>> = {}) =>
  triggers.place.encode(request(changes), encodeContext).body as Record<string, unknown>;

describe('a new trigger', () => {
  it('is sized in contracts and lives 7 days unless told otherwise', () => {
    expect(triggers.place).toMatchObject({ path: '/api/v1/private/planorder/place/v2', idempotent: false });
    expect(bodyOf()).toEqual({
      symbol: 'BTC_USDT',
      price: 59_990.5,
      vol: 25,
      side: 3,
      openType: 1,
      positionMode: 2,
      reduceOnly: true,
      triggerPrice: 60_000,
      triggerType: 2,
      executeCycle: 2,
      orderType: 1,
      trend: 2,
    });
    expect(triggers.lifetimesMs).toEqual([DAY_MS, 7 * DAY_MS]);
    expect(bodyOf({ lifeMs: DAY_MS })['executeCycle']).toBe(1);
    expect(bodyOf({ lifeMs: 7 * DAY_MS })['executeCycle']).toBe(2);
  });

  it('says which price it looks at, and from which side', () => {
    expect(bodyOf({ triggerBy: 'last', direction: 'rises_to' })).toMatchObject({ trend: 1, triggerType: 1 });
    expect(bodyOf({ triggerBy: 'index' })).toMatchObject({ trend: 3, triggerType: 2 });
  });

  it('may be at market, and open', () => {
    const market = { type: 'market', timeInForce: 'IOC', price: undefined, reduceOnly: false };
    expect(bodyOf(market)).toMatchObject({ orderType: 5, leverage: 20, side: 3 });
    expect(bodyOf(market)).not.toHaveProperty('price');
    expect(bodyOf(market)).not.toHaveProperty('reduceOnly');
  });

  it.each([
    [{ closesPosition: true }, 'closesPosition: expected false'],
    [{ price: undefined }, 'price: expected a price for a limit order'],
    [{ quantity: undefined }, 'quantity: expected quantity alone'],
    [{ quantity: decimal('0.00001') }, 'quantity: expected a multiple of 0.0001'],
  ])('with %j is refused before anything is sent', (changes, message) => {
    expect(() => bodyOf(changes)).toThrow(message);
  });

  it('is answered with its id', () => {
    const decode = (data: unknown) => triggers.place.decode(success(data), request(), decodeContext());
    expect(decode('300000000000000001')).toBe('300000000000000001');
    expect(decode(5)).toBe('5');
    expect(decode({ orderId: '6' })).toBe('6');
    expect(decode({ id: '7' })).toBe('7');
    for (const data of [undefined, null, '', {}, []])
      expect(() => decode(data)).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });
});

describe('a cancellation of triggers', () => {
  it('names market and id', () => {
    const ref = { ...BTC, id: '3' };
    expect(triggers.cancel.encode(ref, encodeContext)).toEqual({ body: [{ symbol: 'BTC_USDT', orderId: '3' }] });
    expect(triggers.cancel.decode(success(), ref, decodeContext())).toBeUndefined();
    expect(triggers.cancel.decode(success([{ orderId: '3', errorCode: 0 }]), ref, decodeContext())).toBeUndefined();
    expect(() => triggers.cancel.decode(success([{ orderId: '3', errorCode: 2040 }]), ref, decodeContext())).toThrow(
      expect.objectContaining({ code: 'order_not_found', outcome: 'rejected' }),
    );
  });

  it('may be of one market or of all', () => {
    expect(triggers.cancelAll.encode(BTC, encodeContext)).toEqual({ body: { symbol: 'BTC_USDT' } });
    expect(triggers.cancelAll.encode({}, encodeContext)).toEqual({ body: {} });
    expect(triggers.cancelAll.decode(success(), {}, decodeContext())).toBeUndefined();
  });
});

describe('a list of triggers', () => {
  const trigger = {
    id: '300000000000000001',
    symbol: BTC.symbol,
    side: 'sell',
    type: 'limit',
    timeInForce: 'GTC',
    price: '59990.5',
    quantity: '0.0025',
    closesPosition: false,
    reduceOnly: true,
    triggerPrice: '60000',
    triggerBy: 'mark',
    direction: 'falls_to',
    state: 'waiting',
    createdAt: 1_782_900_000_000,
    updatedAt: 1_782_900_000_001,
    receivedAt: NOW,
  };
  const params = { state: 'waiting', page: 1, limit: 100 } as const;
  const list = (rows: unknown[], drifts: string[] = []) =>
    triggers.list.decode(success(rows), params, decodeContext(drifts));

  it('asks for one state in a call, since the signature of a comma is not certain', () => {
    expect(triggers.list.encode({ ...params, ...BTC, page: 2 }, encodeContext)).toEqual({
      query: { symbol: 'BTC_USDT', states: 1, page_num: 2, page_size: 100 },
    });
    expect(triggers.list.encode({ ...params, state: 'ended' }, encodeContext)).toEqual({
      query: { symbol: undefined, states: undefined, page_num: 1, page_size: 100 },
    });
  });

  it('reads them whole, oldest first', () => {
    const newer = triggerRow({ id: '4', createTime: 1_782_900_000_005 });
    expect(list([newer, triggerRow()])).toEqual([trigger, { ...trigger, id: '4', createdAt: 1_782_900_000_005 }]);
  });

  it('tells the order that one placed, and whose position it is for in hedge mode', () => {
    const [found] = list([triggerRow({ state: 3, orderId: '7391', positionMode: 1, side: 4, reduceOnly: undefined })]);
    expect(found).toMatchObject({
      state: 'triggered',
      orderId: '7391',
      side: 'sell',
      positionSide: 'long',
      reduceOnly: true,
    });
  });

  it('of inverse contracts tells the amount in quote asset', () => {
    const rows = [
      triggerRow({ symbol: 'BTC_USD', vol: 3, price: 60_000 }),
      triggerRow({ symbol: 'BTC_USD', vol: 3, orderType: 5 }),
    ];
    expect(list(rows)).toMatchObject([{ quoteQuantity: '300' }, { quoteQuantity: '300', quantity: '0.005' }]);
    expect(list(rows)[0]).not.toHaveProperty('price');
  });

  it.each([
    [1, 'waiting', undefined],
    [2, 'canceled', undefined],
    [3, 'triggered', undefined],
    [4, 'failed', 'invalidated'],
    [5, 'failed', undefined],
  ])('reads state %i as %s', (state, expected, reason) => {
    expect(list([triggerRow({ state })])[0]).toMatchObject({ state: expected });
    expect(list([triggerRow({ state })])[0]?.reason).toBe(reason);
  });

  it('reports a state that it does not know, and a market', () => {
    const drifts: string[] = [];
    expect(
      list([triggerRow({ state: 9 }), triggerRow({ symbol: 'OLD_USDT' })], drifts).map(({ state }) => state),
    ).toEqual(['unknown']);
    expect([...drifts].sort()).toEqual([
      'a trigger of OLD_USDT, which is not in the instrument list',
      'trigger state: 9',
    ]);
  });

  it.each([
    [{ id: undefined }],
    [{ orderType: 9 }],
    [{ trend: 0 }],
    [{ vol: 0 }],
    [{ triggerPrice: 0 }],
    [{ side: 9 }],
    [{ createTime: 'x' }],
  ])('with %j is refused', (changes) => {
    expect(() => list([triggerRow(changes)])).toThrow(expect.objectContaining({ code: 'malformed_response' }));
  });
});
