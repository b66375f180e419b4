import { describe, expect, it } from 'vitest';
import type { OrderReport } from '../../../src/adapter/order-endpoints.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import {
  codeThrownBy,
  createDecodeContext,
  orderRequest,
  orderRow,
  privateHalf,
} from '../../support/gateio-contexts.js';

const { orders } = privateHalf();
const { place, placeBatch, cancel, cancelAll, get, open, history, amend } = orders;
const symbol = 'BTC/USDT' as const;
const REF = { symbol, orderId: '882211004455' } as const;

const read = (changes: Readonly<Record<string, unknown>> = {}): OrderReport =>
  get.decode(orderRow(changes), REF, createDecodeContext());

const REPORT = {
  symbol,
  orderId: '882211004455',
  clientOrderId: 't-7f3a.1',
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  postOnly: false,
  price: '91234.50',
  quantity: '0.00120',
  filledQuantity: '0',
  filledQuoteQuantity: '0',
  state: 'open',
  createdAt: 1_767_225_602_123,
  updatedAt: 1_767_225_603_456,
};

const HALF = { left: '0.00060', filled_amount: '0.00060', filled_total: '54.74070' };
const WHOLE = { left: '0', filled_amount: '0.00120', filled_total: '109.48140' };

describe('Gate.io orders on their way in', () => {
  it('keep every digit', () => {
    expect(read()).toEqual(REPORT);
  });

  it.each([
    ['open', {}, 'open'],
    ['open', HALF, 'partially_filled'],
    ['closed', WHOLE, 'filled'],
    ['closed', { ...HALF, type: 'market', amount: '60', left: '0.01' }, 'filled'],
    ['closed', {}, 'canceled'],
    ['cancelled', {}, 'canceled'],
    ['cancelled', HALF, 'canceled'],
    ['cancelled', WHOLE, 'filled'],
  ])('status %s with %j is %3$s', (status, amounts, state) => {
    expect(read({ status, ...amounts }).state).toBe(state);
  });

  it.each(['new', 'CLOSED', 'canceled', '', null, 1, true, 'constructor'])(
    'a status %j that is not documented is an error, never a guess',
    (status) => {
      expect(codeThrownBy(() => read({ status }))).toBe('malformed_response');
      for (const endpoint of [open, history])
        expect(
          codeThrownBy(() =>
            endpoint.decode([orderRow({ status })], { symbol, page: 1, limit: 1 }, createDecodeContext()),
          ),
        ).toBe('malformed_response');
    },
  );

  it.each([
    'cancelled',
    'liquidate_cancelled',
    'small',
    'depth_not_enough',
    'trader_not_enough',
    'ioc',
    'poc',
    'fok',
    'stp',
    'price_protect_cancelled',
    'unknown',
  ])('finish_as %s is the reason of an end, in the word of the venue', (finish_as) => {
    const context = createDecodeContext();
    const report = get.decode(orderRow({ status: 'cancelled', finish_as }), REF, context);
    expect(report).toEqual({ ...REPORT, state: 'canceled', reason: finish_as });
    expect(context.drifts).toEqual([]);
  });

  it.each(['-', 'open', 'filled', '', null, undefined])('finish_as %j is no reason', (finish_as) => {
    const context = createDecodeContext();
    expect(get.decode(orderRow({ status: 'cancelled', finish_as }), REF, context)).toEqual({
      ...REPORT,
      state: 'canceled',
    });
    expect(context.drifts).toEqual([]);
  });

  it('an unknown finish_as is kept and reported', () => {
    const context = createDecodeContext();
    const report = get.decode(orderRow({ status: 'cancelled', finish_as: 'moon' }), REF, context);
    expect([report.state, report.reason, context.drifts]).toEqual(['canceled', 'moon', ['order finish_as moon']]);
  });

  it.each(
    ['limit', 'market'].flatMap((type) =>
      ['', '_repay', '_borrow', '_borrow_repay'].map((suffix) => [`${type}${suffix}`, type]),
    ),
  )('type %s is a %s order', (word, type) => {
    expect(read({ type: word }).type).toBe(type);
  });

  it('of an unknown type the unit of the amount is not known, so it is not told', () => {
    const context = createDecodeContext();
    const row = orderRow({ type: 'iceberg', filled_amount: undefined, filled_total: '5' });
    const { type, price, quantity, filledQuantity, ...rest } = REPORT;
    expect(get.decode(row, REF, context)).toEqual({ ...rest, filledQuoteQuantity: '5', state: 'partially_filled' });
    expect(context.drifts).toEqual(['order type iceberg']);
  });

  it.each([
    ['gtc', { timeInForce: 'GTC', postOnly: false }],
    ['ioc', { timeInForce: 'IOC', postOnly: false }],
    ['fok', { timeInForce: 'FOK', postOnly: false }],
    ['poc', { timeInForce: 'GTC', postOnly: true }],
  ])('time_in_force %s', (time_in_force, expected) => {
    expect(read({ time_in_force })).toEqual({ ...REPORT, ...expected });
  });

  it('an unknown time_in_force is reported and left out', () => {
    const context = createDecodeContext();
    const { timeInForce, postOnly, ...rest } = REPORT;
    expect(get.decode(orderRow({ time_in_force: 'gtd' }), REF, context)).toEqual(rest);
    expect(context.drifts).toEqual(['order time_in_force gtd']);
  });

  it('a market buy has quote in amount and left, and its base is told or absent, never worked out of a price', () => {
    const buy = { type: 'market', price: '0', amount: '50', left: '0.00312', status: 'closed', time_in_force: 'ioc' };
    const filled = { filled_total: '49.99688', avg_deal_price: '91235.18' };
    const { price, quantity, ...rest } = REPORT;
    const told = { ...rest, type: 'market', timeInForce: 'IOC', quoteQuantity: '50', state: 'filled' };
    expect(read({ ...buy, ...filled, filled_amount: '0.000548' })).toEqual({
      ...told,
      filledQuantity: '0.000548',
      filledQuoteQuantity: '49.99688',
    });
    const { filledQuantity, ...untold } = told;
    expect(read({ ...buy, ...filled, filled_amount: undefined })).toEqual({
      ...untold,
      filledQuoteQuantity: '49.99688',
    });
    expect(read({ ...buy, left: '50', status: 'cancelled', filled_amount: undefined, finish_as: 'ioc' })).toEqual({
      ...told,
      state: 'canceled',
      reason: 'ioc',
    });
  });

  it('base that is not told follows exactly from the amounts, of a market sell too', () => {
    for (const type of ['limit', 'market'])
      expect(read({ type, side: 'sell', left: '0.00083', filled_amount: undefined }).filledQuantity).toBe('0.00037');
  });

  it('fill_price stands in for a missing total, because it is one', () => {
    expect(read({ ...HALF, filled_total: undefined, fill_price: '54.74070' }).filledQuoteQuantity).toBe('54.74070');
  });

  it('times come as numbers, texts, or seconds', () => {
    expect(read({ create_time_ms: '1767225602123', update_time_ms: '1767225603456.9' })).toEqual(REPORT);
    expect(read({ create_time_ms: undefined, create_time: '1767225602.123', update_time_ms: undefined })).toEqual({
      ...REPORT,
      updatedAt: 1_767_225_603_000,
    });
  });

  it('a text that is not a custom id is the source of the order, not its id', () => {
    const { clientOrderId, ...rest } = REPORT;
    for (const text of ['apiv4', 'web', '-', '', 'T-1', undefined, null]) expect(read({ text })).toEqual(rest);
  });

  it('a short answer gives a short report', () => {
    expect(place.decode({ id: '5', text: 't-7f3a.1', amend_text: '-' }, orderRequest(), createDecodeContext())).toEqual(
      {
        symbol,
        orderId: '5',
        clientOrderId: 't-7f3a.1',
      },
    );
  });

  it.each([
    ['id', undefined],
    ['id', ''],
    ['id', 1.5],
    ['side', 'long'],
    ['amount', 0.1],
    ['amount', '-1'],
    ['amount', '1e3'],
    ['left', '0.5'],
    ['left', 'NaN'],
    ['filled_amount', '-0.1'],
    ['filled_total', {}],
    ['price', 'abc'],
    ['create_time_ms', 'soon'],
    ['update_time_ms', -5],
    ['currency_pair', 'ETH_USDT'],
    ['currency_pair', 7],
  ])('%s %j fails the answer, and nobody knows the outcome', (field, value) => {
    try {
      read({ [field]: value });
      expect.unreachable();
    } catch (error) {
      expect(isExchangeError(error, 'malformed_response') && error.outcome).toBe('unknown');
    }
  });

  it.each([null, [], 'ok', 7, undefined])('%j is no order', (body) => {
    const context = createDecodeContext();
    for (const endpoint of [get, cancel])
      expect(codeThrownBy(() => endpoint.decode(body, REF, context))).toBe('malformed_response');
    expect(codeThrownBy(() => place.decode(body, orderRequest(), context))).toBe('malformed_response');
    expect(codeThrownBy(() => amend?.decode(body, REF, context))).toBe('malformed_response');
  });

  it('an answer about another order is not taken for this one', () => {
    const context = createDecodeContext();
    const wrong = [
      () => place.decode(orderRow({ text: 't-other' }), orderRequest(), context),
      () => place.decode(orderRow({ side: 'sell' }), orderRequest(), context),
      () => get.decode(orderRow({ id: '1' }), REF, context),
      () => get.decode(orderRow(), { symbol, clientOrderId: 't-other' }, context),
      () => cancel.decode(orderRow(), { symbol, orderId: 't-other' }, context),
    ];
    for (const act of wrong) expect(codeThrownBy(act)).toBe('malformed_response');
    expect(get.decode(orderRow(), { symbol, clientOrderId: 't-7f3a.1' }, context)).toEqual(REPORT);
    expect(get.decode(orderRow(), { symbol, orderId: 't-7f3a.1' }, context)).toEqual(REPORT);
  });

  it('an answer about an order asked for by both ids repeats ours as long as the venue knows it', () => {
    const context = createDecodeContext();
    const both = { ...REF, clientOrderId: 't-7f3a.1' };
    const { clientOrderId: _forgotten, ...nameless } = REPORT;
    for (const endpoint of [get, cancel]) {
      expect(endpoint.decode(orderRow(), both, context)).toEqual(REPORT);
      expect(endpoint.decode(orderRow({ text: 'apiv4' }), both, context)).toEqual(nameless);
      for (const damaged of [{ text: 't-7f3b.1' }, { id: '882211004456' }])
        expect(codeThrownBy(() => endpoint.decode(orderRow(damaged), both, context))).toBe('malformed_response');
    }
  });
});

describe('A batch at Gate.io', () => {
  const batch = (body: unknown, count = 2) =>
    placeBatch?.endpoint.decode(
      body,
      Array.from({ length: count }, (_, index) => orderRequest({ clientOrderId: `t-${index}` })),
      createDecodeContext(),
    ) ?? [];
  const taken = (text: string): Record<string, unknown> => ({
    ...orderRow({ text }),
    order_id: '882211004455',
    succeeded: true,
    label: '',
  });

  it('has one answer for each order, and a refusal of one is not that of another', () => {
    const [first, second] = batch([
      { text: 't-0', succeeded: false, label: 'BALANCE_NOT_ENOUGH', message: 'Not enough balance' },
      taken('t-1'),
    ]);
    expect(isExchangeError(first) && first.toJSON()).toMatchObject({
      code: 'insufficient_balance',
      outcome: 'rejected',
      venueCode: 'BALANCE_NOT_ENOUGH',
      venue: 'gateio_spot',
      message: 'Not enough balance',
    });
    expect(second).toEqual({ ...REPORT, clientOrderId: 't-1' });
  });

  it('takes order_id for an id that is missing', () => {
    const { id: _id, ...row } = taken('t-0');
    expect(batch([row], 1)).toEqual([{ ...REPORT, clientOrderId: 't-0' }]);
  });

  it.each([
    ['a label that no table lists', { succeeded: false, label: 'SOMETHING_NEW', message: '' }, 'unknown'],
    ['a failure of the server', { succeeded: false, label: 'INTERNAL', message: '' }, 'server'],
    ['the same id again', { succeeded: false, label: 'REPEATED_CREATION', message: '' }, 'duplicate_order'],
    ['a failure without a label', { succeeded: false, label: '', message: '' }, 'malformed_response'],
    ['another order', taken('t-9'), 'malformed_response'],
    ['no object', null, 'malformed_response'],
    ['no id', { succeeded: true, text: 't-0' }, 'malformed_response'],
  ])('%s leaves that one order open and no other', (_what, row, code) => {
    const [first, second] = batch([row, taken('t-1')]);
    expect(isExchangeError(first) && [first.code, first.outcome]).toEqual([code, 'unknown']);
    expect(second).toEqual({ ...REPORT, clientOrderId: 't-1' });
  });

  it.each([[[taken('t-0')]], [[]], [{}], [null], [[taken('t-0'), taken('t-1'), taken('t-2')]]])(
    'an answer of another length says nothing of any order',
    (body) => {
      expect(codeThrownBy(() => batch(body))).toBe('malformed_response');
    },
  );
});

describe('Lists of orders at Gate.io', () => {
  const older = orderRow({ id: '1', create_time_ms: 1_767_225_600_000 });
  const newer = orderRow({ id: '2', create_time_ms: 1_767_225_600_500 });
  const ids = (reports: readonly OrderReport[]) => reports.map(({ orderId }) => orderId);

  it('come out oldest first, and the order of the wire decides among equals', () => {
    const params = { symbol, page: 1, limit: 100 };
    const same = orderRow({ id: '3', create_time_ms: 1_767_225_600_500 });
    for (const endpoint of [open, history])
      expect(ids(endpoint.decode([same, newer, older], params, createDecodeContext()))).toEqual(['1', '2', '3']);
  });

  it('of all markets name each market; one that is not listed here is left out and reported', () => {
    const context = createDecodeContext();
    const body = [
      { currency_pair: 'ETH_USDT', total: 1, orders: [{ ...newer, currency_pair: 'ETH_USDT' }] },
      { currency_pair: 'NEW_USDT', total: 1, orders: [orderRow({ currency_pair: 'NEW_USDT' })] },
      { currency_pair: 'BTC_USDT', total: 1, orders: [older] },
    ];
    const reports = open.decode(body, { page: 1, limit: 100 }, context);
    expect(reports.map((report) => [report.symbol, report.orderId])).toEqual([
      ['BTC/USDT', '1'],
      ['ETH/USDT', '2'],
    ]);
    expect(context.drifts).toEqual(['open_orders group of the unknown market NEW_USDT']);
  });

  it.each([
    [[older, null]],
    [[older, orderRow({ currency_pair: 'ETH_USDT' })]],
    [[older, orderRow({ status: undefined })]],
    [{}],
    [null],
  ])('a row that cannot be read fails the list, because a hole would prove what is not so', (body) => {
    for (const endpoint of [open, history])
      expect(codeThrownBy(() => endpoint.decode(body, { symbol, page: 1, limit: 100 }, createDecodeContext()))).toBe(
        'malformed_response',
      );
    const groups = [{ currency_pair: 'BTC_USDT', orders: body }];
    expect(codeThrownBy(() => open.decode(groups, { page: 1, limit: 100 }, createDecodeContext()))).toBe(
      'malformed_response',
    );
  });

  it('canceling all tells what ended; what could not be ended is reported and left to the list of open orders', () => {
    const context = createDecodeContext();
    const done = { ...orderRow({ status: 'cancelled', finish_as: 'cancelled' }), succeeded: true, label: '' };
    const failed = { ...orderRow({ id: '9' }), succeeded: false, label: 'ORDER_NOT_FOUND', message: 'gone' };
    expect(cancelAll.decode([done, failed], { symbol }, context)).toEqual([
      { ...REPORT, state: 'canceled', reason: 'cancelled' },
    ]);
    expect(context.drifts).toEqual(['an order was not canceled: ORDER_NOT_FOUND']);
    expect(codeThrownBy(() => cancelAll.decode({}, { symbol }, context))).toBe('malformed_response');
  });
});
