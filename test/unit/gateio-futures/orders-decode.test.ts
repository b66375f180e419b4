import { describe, expect, it } from 'vitest';
import type { OrderReport } from '../../../src/adapter/order-endpoints.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { decodeContext, orderRequest, orderRow, privateHalf } from './support.js';

const { orders } = privateHalf();
const BTC = { symbol: 'BTC/USDT:USDT' } as const;
const get = (changes: object = {}, drifts: string[] = []): OrderReport =>
  orders.get.decode(
    orderRow(changes as Record<string, unknown>),
    { ...BTC, orderId: '74046511' },
    decodeContext(drifts),
  );
const ended = (finish_as: string, changes: object = {}) =>
  get({ status: 'finished', finish_as, finish_time: 1_767_225_702.5, ...changes });

describe('An order as Gate.io futures print it', () => {
  it('is told in base asset', () => {
    expect(get()).toEqual({
      ...BTC,
      orderId: '74046511',
      clientOrderId: 't-f.1',
      side: 'sell',
      type: 'limit',
      timeInForce: 'GTC',
      postOnly: false,
      reduceOnly: true,
      price: '91500.1',
      quantity: '0.0012',
      filledQuantity: '0',
      state: 'open',
      createdAt: 1_767_225_701_121,
      updatedAt: 1_767_225_701_121,
    });
  });

  it.each([
    [{ text: 't-f.1' }, undefined],
    [{ text: 'api' }, undefined],
    [{ text: 'apiv4-ws' }, undefined],
    [{ text: '' }, undefined],
    [{ text: 'web' }, true],
    [{ text: 'liquidation' }, true],
    [{ text: 'hedge-liq-7' }, true],
    [{ text: 'scm_liquidate' }, true],
    [{ text: 'auto_deleveraging' }, true],
    [{ text: 'api', is_liq: true }, true],
  ])('with %j is of somebody else: %o', (changes, isForeign) => {
    expect(get(changes).isForeign).toBe(isForeign);
  });

  it('is partly filled as soon as less is left than was ordered', () => {
    expect(get({ left: '-5', fill_price: '91500.2' })).toMatchObject({
      state: 'partially_filled',
      filledQuantity: '0.0007',
    });
  });

  it.each([
    ['filled', { left: '0' }, 'filled', undefined, '0.0012'],
    ['cancelled', { left: '-5' }, 'canceled', 'cancelled', '0.0007'],
    ['cancelled', { left: '0' }, 'filled', undefined, '0.0012'],
    ['ioc', {}, 'canceled', 'ioc', '0'],
    ['liquidated', {}, 'canceled', 'liquidated', '0'],
    ['auto_deleveraged', {}, 'canceled', 'auto_deleveraged', '0'],
    ['reduce_only', {}, 'canceled', 'reduce_only', '0'],
    ['position_closed', {}, 'canceled', 'position_closed', '0'],
    ['reduce_out', {}, 'canceled', 'reduce_out', '0'],
    ['stp', { left: '-11' }, 'canceled', 'stp', '0.0001'],
    ['poc', {}, 'canceled', 'poc', '0'],
    ['fok', {}, 'canceled', 'fok', '0'],
    ['liquidate_cancelled', {}, 'canceled', 'liquidate_cancelled', '0'],
    ['small', {}, 'canceled', 'small', '0'],
    ['depth_not_enough', {}, 'canceled', 'depth_not_enough', '0'],
    ['trader_not_enough', {}, 'canceled', 'trader_not_enough', '0'],
  ])('that ended with %s %j is %s', (finishAs, changes, state, reason, filledQuantity) => {
    expect(ended(finishAs, changes)).toMatchObject({ state, filledQuantity, updatedAt: 1_767_225_702_500 });
    expect(ended(finishAs, changes).reason).toBe(reason);
  });

  it('that ended in a way nobody knows is canceled with that word, and reported', () => {
    const drifts: string[] = [];
    expect(get({ status: 'finished', finish_as: 'dreaming' }, drifts)).toMatchObject({ reason: 'dreaming' });
    expect(drifts).toEqual(['order finish_as dreaming']);
  });

  it('at the market has no price', () => {
    const report = get({ price: '0', tif: 'ioc', left: '0', status: 'finished', finish_as: 'filled' });
    expect(report).toMatchObject({ type: 'market', timeInForce: 'IOC', state: 'filled' });
    expect(report.price).toBeUndefined();
  });

  it('without what is left is filled only where it says so', () => {
    const { left: _left, ...row } = orderRow({ status: 'finished' });
    const read = (finish_as: string) =>
      orders.get.decode({ ...row, finish_as }, { ...BTC, orderId: '74046511' }, decodeContext());
    expect(read('filled')).toMatchObject({ state: 'filled', filledQuantity: '0.0012' });
    expect(read('cancelled').filledQuantity).toBeUndefined();
    expect(read('cancelled').state).toBe('canceled');
  });

  it('that closes a position has no amount, but a side where it says which', () => {
    const close = { size: '0', left: '0', price: '0', tif: 'ioc', is_close: true, is_reduce_only: false };
    const report = get({ ...close, auto_size: 'close_short' });
    expect(report).toMatchObject({ side: 'buy', positionSide: 'short', reduceOnly: true });
    expect([report.quantity, report.filledQuantity, get(close).side]).toEqual([undefined, undefined, undefined]);
  });

  it('of inverse contracts is exact in quote asset, and in base asset at the average price', () => {
    const row = orderRow({ contract: 'BTC_USD', size: '9120', left: '4560', fill_price: '91200' });
    const report = orders.get.decode(row, { symbol: 'BTC/USD:BTC', orderId: '74046511' }, decodeContext());
    expect(report).toMatchObject({
      side: 'buy',
      quoteQuantity: '9120',
      filledQuantity: '0.05',
      filledQuoteQuantity: '4560',
      state: 'partially_filled',
    });
    expect(report.quantity).toBeUndefined();
  });

  it('keeps ids that no number holds, and knows ours from other words', () => {
    expect(get({ id: '2007047737421336576', id_string: '74046511', text: 'web' })).toMatchObject({
      orderId: '74046511',
    });
    expect(get({ text: 'web' }).clientOrderId).toBeUndefined();
  });

  it.each([
    ['another state', { status: 'dreaming' }],
    ['more left than ordered', { left: '-13' }],
    ['left on the other side', { left: '5' }],
    ['a size that is no number', { size: 'many' }],
    ['another contract', { contract: 'ETH_USDT' }],
    ['another id', { id: 7 }],
    ['no id', { id: undefined }],
    ['a price that is no number', { price: '1,5' }],
    ['more contracts than can be', { size: '-'.padEnd(60, '9'), left: '0' }],
    ['a price below zero', { price: '-91500.1' }],
    ['a price of fills below zero', { left: '-2', fill_price: '-91500.1' }],
  ])('with %s is refused', (_why, changes) => {
    expect(() => get(changes)).toThrow(/order/);
  });
});

describe('Answers to commands at Gate.io futures', () => {
  it('to an order must be of that order', () => {
    const request = orderRequest();
    expect(orders.place.decode(orderRow(), request, decodeContext()).orderId).toBe('74046511');
    for (const changes of [{ text: 't-other' }, { size: '12', left: '12' }])
      expect(() => orders.place.decode(orderRow(changes), request, decodeContext())).toThrow(
        'that of the order asked for',
      );
  });

  it('to a batch stand each for itself; a refusal may say why in either field', () => {
    const requests = ['t-1', 't-2', 't-3'].map((clientOrderId) => orderRequest({ clientOrderId }));
    const answers = orders.placeBatch?.endpoint.decode(
      [
        { ...orderRow({ text: 't-1' }), succeeded: true },
        { succeeded: false, label: 'INSUFFICIENT_AVAILABLE', detail: 'margin too low' },
        { ...orderRow({ text: 't-other' }), succeeded: true },
      ],
      requests,
      decodeContext(),
    );
    const [first, second, third] = answers ?? [];
    expect(first).toMatchObject({ clientOrderId: 't-1', state: 'open' });
    expect(second).toMatchObject({
      code: 'insufficient_balance',
      outcome: 'rejected',
      venueCode: 'INSUFFICIENT_AVAILABLE',
      message: 'margin too low',
      venue: 'gateio_futures',
    });
    expect(isExchangeError(third) && third.outcome).toBe('unknown');
  });

  it('to a batch must be as many as were asked', () => {
    expect(() => orders.placeBatch?.endpoint.decode([], [orderRequest()], decodeContext())).toThrow('1 answers');
  });

  it('to a cancellation of all leave out what could not be canceled, with a report', () => {
    const drifts: string[] = [];
    const rows = [
      orderRow({ status: 'finished', finish_as: 'cancelled' }),
      { succeeded: false, label: 'ORDER_FINISHED' },
    ];
    const reports = orders.cancelAll.decode(rows, BTC, decodeContext(drifts));
    expect(reports.map(({ state }) => state)).toEqual(['canceled']);
    expect(drifts).toEqual(['an order was not canceled: ORDER_FINISHED']);
  });
});

describe('Lists of Gate.io futures', () => {
  it('of open orders of all markets leave out what is not listed here, with a report', () => {
    const drifts: string[] = [];
    const rows = [orderRow({ contract: 'NEW_USDT' }), orderRow({ id: 2, create_time: 5 }), orderRow()];
    const reports = orders.open.decode(rows, { page: 1, limit: 100 }, decodeContext(drifts));
    expect(reports.map(({ orderId }) => orderId)).toEqual(['2', '74046511']);
    expect(drifts).toEqual(['order of the unknown market NEW_USDT']);
  });

  it('with a hole fail', () => {
    const rows = [orderRow(), orderRow({ status: undefined })];
    expect(() => orders.history.decode(rows, { ...BTC, page: 1, limit: 1 }, decodeContext())).toThrow('order status');
  });

  const fill = (changes: object = {}) => ({
    id: 3_335_259,
    create_time: 1_767_225_748.321,
    contract: 'BTC_USDT',
    order_id: '4872460',
    size: '-15',
    close_size: '0',
    price: '91218.4',
    role: 'taker',
    text: 't-f.9',
    fee: '0.068',
    point_fee: '0',
    ...changes,
  });
  const fills = (rows: unknown[], symbol: 'BTC/USDT:USDT' | 'BTC/USD:BTC' = BTC.symbol, orderId?: string) =>
    orders.fills.decode(rows, { symbol, page: 1, limit: 9, ...(orderId && { orderId }) }, decodeContext());

  it('of fills say side, base asset and what was paid', () => {
    expect(fills([fill()])).toEqual([
      {
        ...BTC,
        id: '3335259',
        orderId: '4872460',
        clientOrderId: 't-f.9',
        side: 'sell',
        price: '91218.4',
        quantity: '0.0015',
        fee: '0.068',
        feeAsset: 'USDT',
        liquidity: 'taker',
        filledAt: 1_767_225_748_321,
      },
    ]);
  });

  it('of fills take the id by either name, and a rebate below zero in any notation', () => {
    const [one] = fills([fill({ id: undefined, trade_id: '9', fee: -1.25e-8, size: 15 })]);
    expect(one).toMatchObject({ id: '9', fee: '-0.0000000125', side: 'buy' });
  });

  it('of fills of inverse contracts are exact in quote asset; their fee is in the settle currency', () => {
    const [one] = fills([fill({ contract: 'BTC_USD', size: '9120', price: '91200' })], 'BTC/USD:BTC');
    expect(one).toMatchObject({ quantity: '0.1', quoteQuantity: '9120', feeAsset: 'BTC' });
  });

  it('of fills that were paid in points say no fee', () => {
    expect(fills([fill({ point_fee: '0.1' })])[0]).not.toHaveProperty('fee');
  });

  it.each([
    ['size', '0'],
    ['price', '0'],
    ['price', '-1'],
    ['order_id', undefined],
    ['id', undefined],
    ['create_time', undefined],
    ['contract', 'ETH_USDT'],
  ])('of fills with %s %s are refused', (field, value) => {
    expect(() => fills([fill({ [field]: value })])).toThrow(/fill/);
  });

  it('of fills of one order hold no other', () => {
    expect(() => fills([fill()], BTC.symbol, '7')).toThrow('that of the order asked for');
    expect(fills([fill()], BTC.symbol, '4872460')).toHaveLength(1);
  });
});

describe('A refusal that no table lists', () => {
  it('leaves open what happened', () => {
    const rows = [{ succeeded: false, label: 'NEW_LABEL', detail: 'who knows' }];
    const answers = orders.placeBatch?.endpoint.decode(rows, [orderRequest()], decodeContext());
    expect(answers?.[0]).toMatchObject({ code: 'unknown', outcome: 'unknown', venueCode: 'NEW_LABEL' });
  });
});
