import { describe, expect, it } from 'vitest';
import type { TriggerRequest } from '../../../src/adapter/trigger-endpoints.js';
import { toDecimal as d } from '../../../src/model/decimal.js';
import fixture from '../../fixtures/gateio/futures.json' with { type: 'json' };
import { decodeContext, encodeContext, NOW, privateHalf } from './support.js';

const { triggers } = privateHalf();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const published = (name: string) => fixture.orders.find((one) => one.name === name)?.expected.body;

function request(changes: Partial<TriggerRequest> = {}): TriggerRequest {
  return {
    ...BTC,
    side: 'sell',
    type: 'market',
    timeInForce: 'IOC',
    quantity: d('0.0012'),
    closesPosition: false,
    reduceOnly: true,
    triggerPrice: d('88000'),
    triggerBy: 'mark',
    direction: 'falls_to',
    position: { mode: 'one_way' },
    ...changes,
  };
}

/** A request that closes all of a position: it has no amount. */
function closing(changes: Partial<TriggerRequest> = {}): TriggerRequest {
  const { quantity: _quantity, ...rest } = request({ closesPosition: true, ...changes });
  return rest;
}

const body = (changes: TriggerRequest) => triggers.place.encode(changes, encodeContext).body as Record<string, unknown>;

describe('A trigger of Gate.io futures', () => {
  it('is an order and a price to wait for', () => {
    expect(body(request())).toEqual({
      initial: { contract: 'BTC_USDT', size: -12, reduce_only: true, price: '0', tif: 'ioc', text: 'api' },
      trigger: { strategy_type: 0, price_type: 1, price: '88000', rule: 2 },
    });
  });

  it('may be a limit order that opens, waits for the last or the index price, and ends by itself', () => {
    const entry = {
      type: 'limit',
      timeInForce: 'GTC',
      price: d('90000'),
      side: 'buy',
      reduceOnly: false,
      direction: 'rises_to',
      lifeMs: 86_400_000,
    } as const;
    expect(body(request({ ...entry, triggerBy: 'index' }))).toEqual({
      initial: { contract: 'BTC_USDT', size: 12, price: '90000', tif: 'gtc', text: 'api' },
      trigger: { strategy_type: 0, price_type: 2, price: '88000', rule: 1, expiration: 86_400 },
    });
    expect(body(request({ triggerBy: 'last' }))['trigger']).toMatchObject({ price_type: 0 });
  });

  it('of a fraction of a contract says it in the field that wins', () => {
    const fraction = request({ symbol: 'ETH/USDT:USDT', quantity: d('0.005') });
    expect(body(fraction)['initial']).toMatchObject({ size: 0, amount: '-0.5' });
  });

  it('that closes all of a one-way position is made as published', () => {
    const { initial, order_type } = body(closing());
    const { size, ...rest } = published('close-single-mode-encode') as Record<string, unknown>;
    expect(initial).toMatchObject({ ...rest, size: Number(size) });
    expect(order_type).toBe('close-long-position');
  });

  it('that closes one of two positions is made as published', () => {
    const { initial } = body(closing({ position: { mode: 'hedge', side: 'long' } }));
    const { size, ...rest } = published('close-dual-long-encode') as Record<string, unknown>;
    expect(initial).toMatchObject({ ...rest, size: Number(size) });
    const short = body(closing({ side: 'buy', position: { mode: 'hedge', side: 'short' } }));
    expect(short).toMatchObject({ initial: { auto_size: 'close_short' }, order_type: 'close-short-position' });
  });

  it.each([
    ['lifeMs', { lifeMs: 1_500 }],
    ['quantity', { quantity: d('0.00125') }],
    ['price', { price: d('1') }],
    ['timeInForce', { timeInForce: 'GTC' }],
  ] as const)('that is wrong in %s is refused by that name', (field, changes) => {
    expect(() => body(request(changes))).toThrow(`${field}: expected`);
  });

  it('gets an id that no number holds', () => {
    const answer = { id: '2007047737421336576', id_string: '2007047737421336576' };
    expect(triggers.place.decode(answer, request(), decodeContext())).toBe('2007047737421336576');
    expect(() => triggers.place.decode({}, request(), decodeContext())).toThrow('trigger id');
  });

  it('is canceled by its id alone, never by something that leads elsewhere', () => {
    expect(triggers.cancel.encode({ ...BTC, id: '7' }, encodeContext)).toEqual({
      path: '/futures/usdt/price_orders/7',
    });
    for (const id of ['', '..', 'a', '7/8'])
      expect(() => triggers.cancel.encode({ ...BTC, id }, encodeContext)).toThrow('id: expected');
    expect(triggers.cancelAll.encode(BTC, encodeContext)).toEqual({ query: { contract: 'BTC_USDT' } });
    expect(triggers.cancelAll.encode({}, encodeContext)).toEqual({ query: { contract: undefined } });
  });
});

describe('Triggers as Gate.io futures list them', () => {
  const row = (changes: object = {}, initial: object = {}) => ({
    id: '2007047737421336576',
    status: 'open',
    create_time: 1_767_225_700,
    finish_time: 0,
    trade_id: 0,
    order_type: '',
    reason: '',
    trigger: { strategy_type: 0, price_type: 1, price: '88000', rule: 2, expiration: 86_400 },
    initial: {
      contract: 'BTC_USDT',
      size: -12,
      price: '0',
      tif: 'ioc',
      text: 'api',
      is_reduce_only: true,
      is_close: false,
      auto_size: '',
      ...initial,
    },
    ...changes,
  });
  const list = (rows: unknown[], drifts: string[] = []) =>
    triggers.list.decode(rows, { state: 'waiting', page: 1, limit: 100 }, decodeContext(drifts));

  it('are asked for by state and page', () => {
    const query = (state: 'waiting' | 'ended') =>
      triggers.list.encode({ ...BTC, state, page: 2, limit: 100 }, encodeContext).query;
    expect(query('waiting')).toEqual({ status: 'open', contract: 'BTC_USDT', limit: 100, offset: 100 });
    expect(query('ended')).toMatchObject({ status: 'finished' });
  });

  it('are told in base asset', () => {
    expect(list([row()])).toEqual([
      {
        id: '2007047737421336576',
        ...BTC,
        side: 'sell',
        type: 'market',
        quantity: '0.0012',
        timeInForce: 'IOC',
        reduceOnly: true,
        closesPosition: false,
        triggerPrice: '88000',
        triggerBy: 'mark',
        state: 'waiting',
        direction: 'falls_to',
        createdAt: 1_767_225_700_000,
        receivedAt: NOW,
      },
    ]);
  });

  it.each([
    [{ status: 'inactive' }, 'waiting'],
    [{ status: 'invalid' }, 'failed'],
    [{ status: 'finished', finish_as: 'cancelled' }, 'canceled'],
    [{ status: 'finished', finish_as: 'succeeded' }, 'triggered'],
    [{ status: 'finished', finish_as: 'failed' }, 'failed'],
    [{ status: 'finished', finish_as: 'expired' }, 'expired'],
    [{ status: 'finished', finish_as: 'dreaming' }, 'unknown'],
  ])('with %j are %s', (changes, state) => {
    const drifts: string[] = [];
    expect(list([row(changes)], drifts)[0]?.state).toBe(state);
    expect(drifts).toHaveLength(state === 'unknown' ? 1 : 0);
  });

  it('that fired name their order, and that failed the reason; microseconds count as such', () => {
    const fired = row({
      status: 'finished',
      finish_as: 'succeeded',
      trade_id: '74046511',
      me_order_id: '55',
      reason: 'why',
      create_time: 1_767_225_700_000_000,
      finish_time: 1_767_225_701_000_000,
    });
    expect(list([fired])[0]).toMatchObject({
      orderId: '74046511',
      reason: 'why',
      createdAt: 1_767_225_700_000,
      updatedAt: 1_767_225_701_000,
    });
  });

  it('that belong to an order name none before they have placed one', () => {
    expect(list([row({ me_order_id: '55' })])[0]).not.toHaveProperty('orderId');
  });

  it('that close a position have no amount, and the side of what they close', () => {
    const zero = { size: 0, is_close: true };
    expect(list([row({ order_type: 'close-short-position' }, zero)])[0]).toMatchObject({
      side: 'buy',
      closesPosition: true,
      reduceOnly: true,
    });
    expect(list([row({}, { ...zero, auto_size: 'close_long' })])[0]).toMatchObject({
      side: 'sell',
      positionSide: 'long',
    });
  });

  it('of fractions of contracts count the text', () => {
    const initial = { contract: 'ETH_USDT', size: 0, amount: '0.5' };
    expect(list([row({}, initial)])[0]).toMatchObject({ side: 'buy', quantity: '0.005' });
  });

  it('that cannot be read are left out and reported, and no other', () => {
    const drifts: string[] = [];
    const rows = [
      row({}, { size: 0 }),
      row({ trigger: { price_type: 9, price: '1' } }),
      row({}, { contract: 'NEW_USDT' }),
      row(),
    ];
    expect(list(rows, drifts)).toHaveLength(1);
    expect(drifts).toHaveLength(3);
  });
});
