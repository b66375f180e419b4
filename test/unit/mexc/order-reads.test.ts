import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/adapter/json.js';
import { MalformedResponseError } from '../../../src/errors/kinds.js';
import { readFixture } from '../../support/mexc-frames.js';
import { account, decodeContext, encodeContext } from './private-support.js';

const { get, open, history, openRules, historyRules } = account.orders;
const symbol = 'BTC/USDT' as const;
const { order: row } = readFixture<{ order: Record<string, unknown> }>('private-answers');
const asked = { symbol, orderId: 'C02__740112233445566778' };
const decode = (changes: object = {}, drifts?: string[]) =>
  get.decode({ ...row, ...changes }, asked, decodeContext(drifts));

const TOLD = {
  symbol: 'BTC/USDT',
  orderId: 'C02__740112233445566778',
  clientOrderId: 'my-order-1',
  side: 'buy',
  type: 'limit',
  timeInForce: 'GTC',
  postOnly: false,
  price: '64000',
  quantity: '0.001',
  filledQuantity: '0.0004',
  filledQuoteQuantity: '25.6',
  state: 'partially_filled',
  createdAt: 1_782_900_000_456,
  updatedAt: 1_782_900_003_000,
};

describe('an order that is read', () => {
  it('tells what the venue tells', () => {
    expect(decode()).toEqual(TOLD);
  });

  it.each([
    ['NEW', 'open'],
    ['FILLED', 'filled'],
    ['PARTIALLY_FILLED', 'partially_filled'],
    ['CANCELED', 'canceled'],
    ['PARTIALLY_CANCELED', 'canceled'],
  ])('with the status %s is %s', (status, state) => {
    expect(decode({ status }).state).toBe(state);
  });

  it.each([
    ['LIMIT', { type: 'limit', timeInForce: 'GTC', postOnly: false }],
    ['LIMIT_MAKER', { type: 'limit', timeInForce: 'GTC', postOnly: true }],
    ['IMMEDIATE_OR_CANCEL', { type: 'limit', timeInForce: 'IOC', postOnly: false }],
    ['FILL_OR_KILL', { type: 'limit', timeInForce: 'FOK', postOnly: false }],
  ])('of the type %s is that', (type, kind) => {
    const drifts: string[] = [];
    expect(decode({ type }, drifts)).toEqual({ ...TOLD, ...kind });
    expect(drifts).toEqual([]);
  });

  it('at market has the one amount that was ordered, and no price', () => {
    const { price, quantity, ...common } = TOLD;
    const market = { ...common, type: 'market', timeInForce: 'IOC' };
    const printed = { type: 'MARKET', price: '64123.4' };
    expect(decode({ ...printed, origQty: '0', origQuoteOrderQty: '64.0' })).toEqual({
      ...market,
      quoteQuantity: '64.0',
    });
    expect(decode({ ...printed, origQty: null, origQuoteOrderQty: '64.0' })).toEqual({
      ...market,
      quoteQuantity: '64.0',
    });
    expect(decode({ ...printed, side: 'SELL', origQuoteOrderQty: '64' })).toEqual({
      ...market,
      side: 'sell',
      quantity: '0.001',
    });
    expect(decode({ ...printed, origQuoteOrderQty: '0' })).toEqual({ ...market, quantity: '0.001' });
  });

  it('that waits for its trigger shows as the market order that it will be', () => {
    const drifts: string[] = [];
    const { timeInForce, postOnly, ...told } = decode(
      { type: 'STOP_MARKET_ORDER', side: 'SELL', status: 'NEW' },
      drifts,
    );
    expect({ timeInForce, postOnly, type: told.type, state: told.state, drifts }).toEqual({
      timeInForce: undefined,
      postOnly: undefined,
      type: 'market',
      state: 'open',
      drifts: [],
    });
  });

  it('of a type that this version does not know has none, and that is reported', () => {
    const drifts: string[] = [];
    const { type, timeInForce, postOnly, ...told } = TOLD;
    expect(decode({ type: 'TRAILING_STOP' }, drifts)).toEqual(told);
    expect(drifts).toEqual(['order type: TRAILING_STOP']);
  });

  it('keeps every digit of its money', () => {
    const digits = {
      price: '64000.000000000000000010',
      origQty: '0.00100',
      executedQty: '0',
      cummulativeQuoteQty: '0.0',
    };
    expect(decode(digits)).toMatchObject({
      price: '64000.000000000000000010',
      quantity: '0.00100',
      filledQuantity: '0',
      filledQuoteQuantity: '0.0',
    });
  });

  it('may print its money as numbers, as long as no digit can be lost', () => {
    expect(decode({ origQty: 0.001, executedQty: 1e-7 })).toMatchObject({
      quantity: '0.001',
      filledQuantity: '0.0000001',
    });
    expect(() => decode({ executedQty: 0.1 + 0.2 })).toThrow(MalformedResponseError);
  });

  it('keeps every digit of an id that is a number', () => {
    const body = parseJson(JSON.stringify(row).replace('"C02__740112233445566778"', '740112233445566778'));
    expect(get.decode(body, { symbol, clientOrderId: 'my-order-1' }, decodeContext()).orderId).toBe(
      '740112233445566778',
    );
  });

  it('says why it ended', () => {
    expect(decode({ status: 'CANCELED', cancelReason: 'stp_cancel' }).reason).toBe('stp_cancel');
  });

  it('may lack what is not known of every order', () => {
    const { clientOrderId, filledQuoteQuantity, updatedAt, ...told } = TOLD;
    expect(decode({ clientOrderId: null, cummulativeQuoteQty: null, updateTime: null })).toEqual(told);
    expect(decode({ clientOrderId: '', origQty: undefined, Qty: '0.001' })).toMatchObject({ quantity: '0.001' });
  });

  it.each([
    ['an unknown state', { status: 'PENDING_CANCEL' }],
    ['a state of another venue', { status: 'open' }],
    ['no state', { status: undefined }],
    ['an empty state', { status: '' }],
    ['no side', { side: undefined }],
    ['no type', { type: null }],
    ['no id', { orderId: undefined }],
    ['another id', { orderId: 'C02__1' }],
    ['another market', { symbol: 'MXUSDT' }],
    ['no quantity', { origQty: undefined }],
    ['a negative quantity', { origQty: '-1' }],
    ['no filled quantity', { executedQty: null }],
    ['a filled quantity that is not a number', { executedQty: 'NaN' }],
    ['a negative filled amount', { cummulativeQuoteQty: '-0.1' }],
    ['no time', { time: null }],
    ['the time zero', { time: 0 }],
  ])('with %s is refused, never guessed', (_what, changes) => {
    expect(() => decode(changes)).toThrow(MalformedResponseError);
  });

  it('must be the one that was asked for by our id', () => {
    const ref = { symbol, clientOrderId: 'my-order-1' };
    expect(get.encode(ref, encodeContext)).toEqual({ query: { symbol: 'BTCUSDT', origClientOrderId: 'my-order-1' } });
    expect(get.decode(row, ref, decodeContext())).toEqual(TOLD);
    expect(() => get.decode({ ...row, clientOrderId: 'my-order-2' }, ref, decodeContext())).toThrow(
      MalformedResponseError,
    );
  });
});

describe('the open orders', () => {
  it('are those of one market or of all', () => {
    const page = { page: 1, limit: 1_000 };
    expect(open.encode({ symbol, ...page }, encodeContext)).toEqual({ query: { symbol: 'BTCUSDT' } });
    expect(open.encode(page, encodeContext)).toEqual({ query: { symbol: undefined } });
    expect(openRules).toMatchObject({ needsSymbol: false, maxLimit: 1_000 });
  });

  it('come out oldest first', () => {
    const rows = [
      { ...row, orderId: '2', time: 2 },
      { ...row, orderId: '1', time: 1, symbol: 'MXUSDT' },
    ];
    expect(open.decode(rows, { page: 1, limit: 1_000 }, decodeContext())).toEqual([
      { ...TOLD, orderId: '1', createdAt: 1, symbol: 'MX/USDT' },
      { ...TOLD, orderId: '2', createdAt: 2 },
    ]);
  });

  it('of a market that has no name here are reported', () => {
    const drifts: string[] = [];
    const rows = [{ ...row, symbol: 'NEWUSDT' }, row];
    expect(open.decode(rows, { page: 1, limit: 1_000 }, decodeContext(drifts))).toEqual([TOLD]);
    expect(drifts).toEqual(['an open order of NEWUSDT, which is not in the instrument list']);
  });

  it.each([
    ['no list', {}],
    ['a row of another market', [{ ...row, symbol: 'MXUSDT' }]],
    ['a row in an unknown state', [row, { ...row, status: 'HALF' }]],
  ])('are refused as a whole for %s: a list with a hole proves nothing', (_what, body) => {
    expect(() => open.decode(body, { symbol, page: 1, limit: 1_000 }, decodeContext())).toThrow(MalformedResponseError);
  });
});

describe('the history', () => {
  it('is asked for by whole milliseconds that hold the window', () => {
    const window = { from: 1_782_900_000_000.7, to: 1_782_900_000_001.2, page: 1, limit: 1_000 };
    expect(history.encode({ symbol, ...window }, encodeContext)).toEqual({
      query: { symbol: 'BTCUSDT', startTime: 1_782_900_000_000, endTime: 1_782_900_000_002, limit: 1_000 },
    });
    expect(history.encode({ symbol, page: 1, limit: 5 }, encodeContext)).toEqual({
      query: { symbol: 'BTCUSDT', startTime: undefined, endTime: undefined, limit: 5 },
    });
    expect(historyRules).toEqual({ maxLimit: 1_000, paging: 'time', maxSpanMs: 86_400_000, reachMs: 604_800_000 });
  });

  it('comes out oldest first', () => {
    const rows = [
      { ...row, orderId: '2', time: 2 },
      { ...row, orderId: '1', time: 1 },
    ];
    const ids = history.decode(rows, { symbol, page: 1, limit: 9 }, decodeContext()).map(({ orderId }) => orderId);
    expect(ids).toEqual(['1', '2']);
  });

  it('with a row of another market or without a list is refused', () => {
    for (const body of [[{ ...row, symbol: 'MXUSDT' }], { data: [] }, null]) {
      expect(() => history.decode(body, { symbol, page: 1, limit: 9 }, decodeContext())).toThrow(
        MalformedResponseError,
      );
    }
  });
});
