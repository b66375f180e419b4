import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/adapter/json.js';
import type { OrderRequest } from '../../../src/adapter/order-endpoints.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import { MalformedResponseError, UnsupportedError, ValidationError } from '../../../src/errors/kinds.js';
import { readFixture } from '../../support/mexc-frames.js';
import { account, decimal, decodeContext, encodeContext, limitBuy, marketOrder } from './private-support.js';

const { place, placeBatch, test, cancel, cancelAll } = account.orders;
const answers = readFixture<{ placed: object; batch: [object, object]; order: object }>('private-answers');
const batch = placeBatch ?? expect.unreachable('there are batches');

describe('an order', () => {
  const queryOf = (request: OrderRequest) => place.encode(request, encodeContext).query;

  it.each([
    ['LIMIT', limitBuy()],
    ['LIMIT_MAKER', limitBuy({ postOnly: true })],
    ['IMMEDIATE_OR_CANCEL', limitBuy({ timeInForce: 'IOC' })],
    ['FILL_OR_KILL', limitBuy({ timeInForce: 'FOK' })],
  ])('with a price goes out as %s', (type, request) => {
    expect(queryOf(request)).toEqual({
      symbol: 'BTCUSDT',
      side: 'BUY',
      type,
      quantity: '0.001',
      quoteOrderQty: undefined,
      price: '64000',
      newClientOrderId: 'my-order-1',
    });
  });

  it('at market buys for an amount and sells a quantity', () => {
    const common = { symbol: 'BTCUSDT', type: 'MARKET', price: undefined, newClientOrderId: 'my-order-2' };
    expect(queryOf(marketOrder('buy', { quoteQuantity: decimal('12.50') }))).toEqual({
      ...common,
      side: 'BUY',
      quantity: undefined,
      quoteOrderQty: '12.50',
    });
    expect(queryOf(marketOrder('sell', { quantity: decimal('0.0010') }))).toEqual({
      ...common,
      side: 'SELL',
      quantity: '0.0010',
      quoteOrderQty: undefined,
    });
  });

  it.each([
    ['quoteQuantity', marketOrder('buy', { quantity: decimal('1') })],
    ['quoteQuantity', marketOrder('buy', { quantity: decimal('1'), quoteQuantity: decimal('1') })],
    ['quoteQuantity', marketOrder('buy', {})],
    ['quantity', marketOrder('sell', { quoteQuantity: decimal('1') })],
    ['quantity', { ...marketOrder('sell', { quantity: decimal('1') }), price: decimal('1') }],
    ['timeInForce', limitBuy({ postOnly: true, timeInForce: 'FOK' })],
    ['quantity', limitBuy({ quoteQuantity: decimal('1') })],
  ])('that the venue would take for another one is refused for its %s', (field, request) => {
    expect(() => queryOf(request)).toThrow(ValidationError);
    expect(() => queryOf(request)).toThrow(expect.objectContaining({ field, outcome: 'not_sent' }) as Error);
  });

  it('without its price or quantity is refused', () => {
    const { price, ...priceless } = limitBuy();
    const { quantity, ...sizeless } = limitBuy();
    expect(() => queryOf(priceless)).toThrow('price: expected a price for a limit order, received undefined');
    expect(() => queryOf(sizeless)).toThrow('quantity: expected quantity alone for a limit order, received undefined');
  });

  it('that reduces a position is refused', () => {
    expect(() => queryOf(limitBuy({ reduceOnly: true }))).toThrow(UnsupportedError);
  });

  it('can be tried without placing it', () => {
    expect(test?.encode(limitBuy(), encodeContext)).toEqual(place.encode(limitBuy(), encodeContext));
    expect(test?.decode({}, limitBuy(), decodeContext())).toBeUndefined();
    expect(() => test?.decode(undefined, limitBuy(), decodeContext())).toThrow(MalformedResponseError);
  });
});

describe('the answer to an order', () => {
  const decode = (changes: object, request = limitBuy()) =>
    place.decode({ ...answers.placed, ...changes }, request, decodeContext());

  it('names it and says no more of its state', () => {
    expect(decode({})).toEqual({
      symbol: 'BTC/USDT',
      orderId: 'C02__740112233445566778',
      side: 'buy',
      type: 'limit',
      timeInForce: 'GTC',
      postOnly: false,
      createdAt: 1_782_900_000_456,
      updatedAt: 1_782_900_000_456,
    });
  });

  it('may be nothing but an id', () => {
    expect(place.decode({ orderId: 'C02__1' }, limitBuy(), decodeContext())).toEqual({
      symbol: 'BTC/USDT',
      orderId: 'C02__1',
    });
  });

  it('keeps every digit of an id that is a number', () => {
    const body = parseJson('{"orderId":740112233445566778}');
    expect(place.decode(body, limitBuy(), decodeContext()).orderId).toBe('740112233445566778');
  });

  it('is held against the amounts that were ordered, not against what a market order happens to print', () => {
    const buy = marketOrder('buy', { quoteQuantity: decimal('64') });
    const printed = { price: '64123.4', origQty: '0', origQuoteOrderQty: '64.00', type: 'MARKET' };
    expect(decode(printed, buy)).toMatchObject({ type: 'market', side: 'buy' });
    expect(decode({ ...printed, origQty: '0.00099', origQuoteOrderQty: null }, buy)).toMatchObject({ type: 'market' });
  });

  it.each([
    ['no id', { orderId: undefined }],
    ['an empty id', { orderId: '' }],
    ['another market', { symbol: 'MXUSDT' }],
    ['an unknown market', { symbol: 'NOPEUSDT' }],
    ['the other side', { side: 'SELL' }],
    ['an unknown side', { side: 'LONG' }],
    ['another price', { price: '64000.01' }],
    ['another quantity', { origQty: '0.0011' }],
    ['no quantity', { origQty: '0' }],
    ['a quantity that is no decimal', { origQty: '1e-3' }],
    ['a number whose digits may be lost', { origQty: 0.1 + 0.2 }],
    ['another type', { type: 'MARKET' }],
    ['another client order id', { newClientOrderId: 'my-order-9' }],
    ['another client order id by its other name', { clientOrderId: 'my-order-9' }],
    ['a time that is none', { transactTime: -1 }],
  ])('that has %s leaves the outcome open', (_what, changes) => {
    expect(() => decode(changes)).toThrow(MalformedResponseError);
    expect(() => decode(changes)).toThrow(expect.objectContaining({ outcome: 'unknown' }) as Error);
  });

  it.each([[null], [undefined], ['ok'], [[]], [[{ orderId: '1' }]]])('that is %j leaves the outcome open', (body) => {
    expect(() => place.decode(body, limitBuy(), decodeContext())).toThrow(MalformedResponseError);
  });
});

describe('a batch', () => {
  const requests = [
    limitBuy({ clientOrderId: 'b-1' }),
    limitBuy({ clientOrderId: 'b-2', side: 'sell', postOnly: true }),
  ];
  const decode = (rows: readonly unknown[], drifts?: string[]) =>
    batch.endpoint.decode(rows, requests, decodeContext(drifts));
  const shapeOf = (answer: unknown) =>
    isExchangeError(answer) ? `${answer.code} ${answer.outcome} ${answer.venueCode}` : answer;

  it('goes out as one parameter, all values text, absent ones left out', () => {
    expect(batch.endpoint.encode(requests, encodeContext)).toEqual({
      query: {
        batchOrders:
          '[{"symbol":"BTCUSDT","side":"BUY","type":"LIMIT","quantity":"0.001","price":"64000","newClientOrderId":"b-1"},' +
          '{"symbol":"BTCUSDT","side":"SELL","type":"LIMIT_MAKER","quantity":"0.001","price":"64000","newClientOrderId":"b-2"}]',
      },
    });
  });

  it('is answered order by order', () => {
    expect(decode(answers.batch).map(shapeOf)).toEqual([
      { symbol: 'BTC/USDT', orderId: 'C02__740112233445566779', clientOrderId: 'b-1' },
      'invalid_order rejected 30002',
    ]);
  });

  it('of which one answer cannot be read leaves only that order open', () => {
    const [first] = answers.batch;
    expect(decode([first, { orderId: '1', newClientOrderId: 'b-1' }]).map(shapeOf)[1]).toBe(
      'malformed_response unknown undefined',
    );
    expect(decode([null, first]).map(shapeOf)).toEqual([
      'malformed_response unknown undefined',
      'malformed_response unknown undefined',
    ]);
  });

  it('whose refusal names another order leaves the outcome open', () => {
    expect(decode([answers.batch[0], { ...answers.batch[1], newClientOrderId: 'b-1' }]).map(shapeOf)[1]).toBe(
      'malformed_response unknown undefined',
    );
  });

  it('with a code that no table lists leaves the outcome open and reports it', () => {
    const drifts: string[] = [];
    expect(decode([answers.batch[0], { code: 31_999, msg: 'what?' }], drifts).map(shapeOf)[1]).toBe(
      'unknown unknown 31999',
    );
    expect(drifts).toEqual(['batch answer: code 31999']);
  });

  it.each([0, '200'])('with the success code %j in an answer is a success', (code) => {
    const [first] = answers.batch;
    expect(decode([{ ...first, code }, answers.batch[1]])[0]).toMatchObject({ orderId: 'C02__740112233445566779' });
  });

  it.each([[[]], [[{ orderId: '1' }]], [[{}, {}, {}]]])(
    'with another number of answers than orders is unreadable',
    (rows) => {
      expect(() => decode(rows)).toThrow(MalformedResponseError);
    },
  );

  it('of no orders, of too many, or of two markets is refused before it is sent', () => {
    const encode = (list: readonly OrderRequest[]) => () => batch.endpoint.encode(list, encodeContext);
    expect(encode([])).toThrow('orders: expected 1 to 20 orders');
    expect(encode(Array.from({ length: 21 }, () => limitBuy()))).toThrow('orders: expected 1 to 20 orders');
    expect(encode([limitBuy(), limitBuy({ symbol: 'MX/USDT' })])).toThrow('symbol: expected BTC/USDT');
    expect({ maxOrders: batch.maxOrders, oneSymbol: batch.oneSymbol }).toEqual({ maxOrders: 20, oneSymbol: true });
  });
});

describe('a cancellation', () => {
  const symbol = 'BTC/USDT' as const;
  const asked = { symbol, orderId: 'C02__740112233445566778' };
  const short = {
    symbol: 'BTCUSDT',
    orderId: 'C02__740112233445566778',
    price: '64000',
    origQty: '0.001',
    type: 'LIMIT',
    side: 'BUY',
  };
  const told = {
    symbol: 'BTC/USDT',
    orderId: 'C02__740112233445566778',
    side: 'buy',
    type: 'limit',
    timeInForce: 'GTC',
    postOnly: false,
    price: '64000',
    quantity: '0.001',
  };
  const decode = (changes: object, ref: Parameters<typeof cancel.decode>[1] = asked) =>
    cancel.decode({ ...short, ...changes }, ref, decodeContext());

  it('names the order by one id, the venue’s own first', () => {
    const queryOf = (ref: Parameters<typeof cancel.encode>[0]) => cancel.encode(ref, encodeContext).query;
    expect(queryOf(asked)).toEqual({ symbol: 'BTCUSDT', orderId: 'C02__740112233445566778' });
    expect(queryOf({ symbol, clientOrderId: 'c-1' })).toEqual({ symbol: 'BTCUSDT', origClientOrderId: 'c-1' });
    expect(queryOf({ ...asked, clientOrderId: 'c-1' })).toEqual(queryOf(asked));
    expect(() => queryOf({ symbol })).toThrow('orderId: expected orderId or clientOrderId, received undefined');
  });

  it('may be answered with little, and then says no state', () => {
    expect(decode({})).toEqual(told);
  });

  it('tells all that it is told', () => {
    const long = { executedQty: '0.0004', cummulativeQuoteQty: '25.6', status: 'PARTIALLY_CANCELED' };
    expect(decode({ ...long, origClientOrderId: 'c-1', clientOrderId: 'of the cancellation' })).toEqual({
      ...told,
      clientOrderId: 'c-1',
      filledQuantity: '0.0004',
      filledQuoteQuantity: '25.6',
      state: 'canceled',
    });
  });

  it.each([
    ['another order', { orderId: 'C02__1' }],
    ['another market', { symbol: 'MXUSDT' }],
    ['no order', { orderId: null }],
    ['an unknown state', { status: 'GONE' }],
  ])('of %s leaves the outcome open', (_what, changes) => {
    expect(() => decode(changes)).toThrow(MalformedResponseError);
  });

  it('by client order id must be of that id', () => {
    const ref = { symbol, clientOrderId: 'c-1' };
    expect(decode({ origClientOrderId: 'c-1' }, ref)).toMatchObject({ clientOrderId: 'c-1' });
    expect(() => decode({ origClientOrderId: 'c-2' }, ref)).toThrow(MalformedResponseError);
  });

  it('of a market answers a list, also an empty one', () => {
    expect(cancelAll.encode({ symbol }, encodeContext)).toEqual({ query: { symbol: 'BTCUSDT' } });
    expect(cancelAll.decode([{ ...short, orderListId: -1 }], { symbol }, decodeContext())).toEqual([told]);
    expect(cancelAll.decode([], { symbol }, decodeContext())).toEqual([]);
    expect(() => cancelAll.decode({}, { symbol }, decodeContext())).toThrow(MalformedResponseError);
    expect(() => cancelAll.decode([{ ...short, symbol: 'MXUSDT' }], { symbol }, decodeContext())).toThrow(
      MalformedResponseError,
    );
  });
});
