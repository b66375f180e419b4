import { describe, expect, it, vi } from 'vitest';
import { checkOrder, type OrderRules } from '../../../src/exchange/orders/order-rules.js';
import type { PlaceOrderInput } from '../../../src/exchange/orders/place-order.js';
import { toDecimal } from '../../../src/model/decimal.js';
import { INSTRUMENT, PLACING, refusalOf } from './order-fixtures.js';

const RULES: OrderRules = { instrument: INSTRUMENT, placing: PLACING };
const LIMIT = { symbol: 'BTC/USDT', side: 'buy', type: 'limit', quantity: '0.5', price: '100' } as const;
const SPEND = { symbol: 'BTC/USDT', side: 'buy', type: 'market', quoteQuantity: '50' } as const;
const SELL = { symbol: 'BTC/USDT', side: 'sell', type: 'market', quantity: '0.5' } as const;

const nextId = () => 't-made';
const check = (input: unknown, rules: Partial<OrderRules> = {}) =>
  checkOrder(input as PlaceOrderInput, { ...RULES, ...rules }, nextId);
const withInstrument = (changes: Partial<typeof INSTRUMENT>) => ({ instrument: { ...INSTRUMENT, ...changes } });
const validation = (field: string) => ({ code: 'validation', outcome: 'not_sent', field });

describe('an order that keeps the rules', () => {
  it('becomes a request with its defaults, in plain and shortest digits', () => {
    expect(check({ ...LIMIT, quantity: 0.5, price: '0100.10' })).toEqual({
      symbol: 'BTC/USDT',
      side: 'buy',
      type: 'limit',
      timeInForce: 'GTC',
      postOnly: false,
      price: '100.1',
      quantity: '0.5',
      clientOrderId: 't-made',
    });
    expect(check({ ...SPEND, via: 'ws', clientOrderId: 't-mine.1' })).toEqual({
      symbol: 'BTC/USDT',
      side: 'buy',
      type: 'market',
      timeInForce: 'IOC',
      postOnly: false,
      quoteQuantity: '50',
      clientOrderId: 't-mine.1',
    });
    expect(check({ ...SELL, timeInForce: 'IOC', postOnly: false, reduceOnly: false })).toMatchObject({
      quantity: '0.5',
      timeInForce: 'IOC',
    });
  });

  it('may be exactly as small and as large as the market allows', () => {
    expect(check({ ...LIMIT, quantity: '0.0002', price: '25000' })).toMatchObject({ quantity: '0.0002' });
    expect(check({ ...LIMIT, quantity: '100', price: '10000' })).toMatchObject({ quantity: '100' });
    expect(check({ ...SPEND, quoteQuantity: 10 })).toMatchObject({ quoteQuantity: '10' });
    expect(check({ ...SPEND, quoteQuantity: 5000 })).toMatchObject({ quoteQuantity: '5000' });
  });

  it('may be post-only while it rests, and reduce-only where there are positions', () => {
    expect(check({ ...LIMIT, postOnly: true })).toMatchObject({ postOnly: true, timeInForce: 'GTC' });
    const perpetual = withInstrument({ kind: 'perpetual' });
    expect(check({ ...LIMIT, reduceOnly: true }, perpetual)).toMatchObject({ reduceOnly: true });
  });

  it('gets an id only after everything else was right', () => {
    const made = vi.fn(nextId);
    expect(refusalOf(() => checkOrder({ ...LIMIT, price: '100.001' }, RULES, made))).toEqual(validation('price'));
    expect(made).not.toHaveBeenCalled();
  });
});

describe('rounding', () => {
  const odd = { ...LIMIT, quantity: '0.50009', price: '100.005' };

  it('happens only when asked for', () => {
    expect(refusalOf(() => check(odd))).toEqual(validation('price'));
    expect(refusalOf(() => check({ ...odd, price: '100' }))).toEqual(validation('quantity'));
    expect(refusalOf(() => check({ ...SPEND, quoteQuantity: '50.001' }))).toEqual(validation('quoteQuantity'));
    expect(refusalOf(() => check({ ...LIMIT, quantity: 0.1 + 0.2 }))).toEqual(validation('quantity'));
  });

  it('down is never worse and never more than asked for', () => {
    expect(check({ ...odd, rounding: 'down' })).toMatchObject({ quantity: '0.5', price: '100' });
    expect(check({ ...odd, side: 'sell', rounding: 'down' })).toMatchObject({ quantity: '0.5', price: '100.01' });
    expect(check({ ...SPEND, quoteQuantity: '50.009', rounding: 'down' })).toMatchObject({ quoteQuantity: '50' });
  });

  it('to the nearest step takes halves away from zero', () => {
    expect(check({ ...odd, rounding: 'nearest' })).toMatchObject({ quantity: '0.5001', price: '100.01' });
    expect(check({ ...LIMIT, quantity: '0.50004', price: '100.0049', rounding: 'nearest' })).toMatchObject({
      quantity: '0.5',
      price: '100',
    });
  });

  it('never makes zero, and never lifts an order over a minimum', () => {
    expect(refusalOf(() => check({ ...LIMIT, quantity: '0.00009', rounding: 'down' }))).toEqual(validation('quantity'));
    expect(refusalOf(() => check({ ...LIMIT, price: '0.009', rounding: 'down' }))).toEqual(validation('price'));
    expect(refusalOf(() => check({ ...LIMIT, quantity: '0.00019', rounding: 'down' }))).toEqual(validation('quantity'));
  });
});

describe('bad input', () => {
  it.each([
    ['symbol', { symbol: 'BTCUSDT' }],
    ['symbol', { symbol: 'ETH/USDT' }],
    ['symbol', { symbol: undefined }],
    ['side', { side: 'long' }],
    ['side', { side: undefined }],
    ['type', { type: 'stop' }],
    ['type', { type: undefined }],
    ['timeInForce', { timeInForce: 'GTX' }],
    ['postOnly', { postOnly: 'yes' }],
    ['postOnly', { postOnly: true, timeInForce: 'IOC' }],
    ['reduceOnly', { reduceOnly: 1 }],
    ['rounding', { rounding: 'up' }],
    ['via', { via: 'fix' }],
    ['price', { price: undefined }],
    ['price', { price: null }],
    ['price', { price: '' }],
    ['price', { price: '1e2' }],
    ['price', { price: '1,000' }],
    ['price', { price: Number.NaN }],
    ['price', { price: Number.POSITIVE_INFINITY }],
    ['price', { price: 0 }],
    ['price', { price: '-100' }],
    ['price', { price: '100.001' }],
    ['price', { price: 100n }],
    ['quantity', { quantity: undefined }],
    ['quantity', { quantity: '0.0' }],
    ['quantity', { quantity: -0.5 }],
    ['quantity', { quantity: 1e-7 }],
    ['quantity', { quantity: '0.0001' }],
    ['quantity', { quantity: '100.0001' }],
    ['quantity', { quantity: '0.04' }],
    ['quantity', { quantity: '100', price: '10000.01' }],
    ['quantity', { quantity: `0.${'0'.repeat(200)}1` }],
    ['quoteQuantity', { quoteQuantity: '50' }],
    ['clientOrderId', { clientOrderId: 'mine' }],
    ['clientOrderId', { clientOrderId: 't-' }],
    ['clientOrderId', { clientOrderId: 't-with space' }],
    ['clientOrderId', { clientOrderId: 7 }],
    ['amount', { amount: '0.5' }],
    ['stopPrice', { stopPrice: undefined }],
    ['__proto__', JSON.parse('{"__proto__": 1}') as object],
  ])('on %s of a limit order is refused by name: %o', (field, change) => {
    const input = Object.defineProperties({ ...LIMIT }, Object.getOwnPropertyDescriptors(change));
    expect(refusalOf(() => check(input))).toEqual(validation(field));
  });

  it.each([
    ['price', { ...SPEND, price: '100' }],
    ['postOnly', { ...SPEND, postOnly: true }],
    ['timeInForce', { ...SPEND, timeInForce: 'GTC' }],
    ['quantity', { ...SPEND, quantity: '1' }],
    ['quantity', { ...SPEND, quoteQuantity: undefined }],
    ['quoteQuantity', { ...SPEND, quoteQuantity: '9.99' }],
    ['quoteQuantity', { ...SPEND, quoteQuantity: '5000.01' }],
    ['quantity', { ...SELL, quantity: '100.0001' }],
  ])('on %s of a market order is refused by name: %o', (field, input) => {
    expect(refusalOf(() => check(input))).toEqual(validation(field));
  });

  it.each([undefined, null, 'order', 7, [], [LIMIT]])('that is no order at all is refused: %o', (input) => {
    expect(refusalOf(() => check(input))).toEqual(validation('order'));
  });
});

describe('what the venue or the market does not take', () => {
  const disabled = { code: 'trading_disabled', outcome: 'not_sent' };
  const unsupported = { code: 'unsupported', outcome: 'not_sent' };

  it.each([
    ['buy_only', 'buy', 'none'],
    ['buy_only', 'sell', 'trading_disabled'],
    ['sell_only', 'sell', 'none'],
    ['sell_only', 'buy', 'trading_disabled'],
    ['halted', 'buy', 'trading_disabled'],
    ['delisted', 'sell', 'trading_disabled'],
    ['unknown', 'buy', 'trading_disabled'],
  ] as const)('with status %s a %s ends with: %s', (status, side, code) => {
    expect(refusalOf(() => check({ ...LIMIT, side }, withInstrument({ status })))['code']).toBe(code);
  });

  it('of a position that may only become smaller, orders that say so are taken', () => {
    const market = withInstrument({ kind: 'perpetual', status: 'reduce_only' });
    expect(check({ ...LIMIT, reduceOnly: true }, market)).toMatchObject({ reduceOnly: true });
    expect(refusalOf(() => check(LIMIT, market))).toEqual(disabled);
  });

  it('is refused before it is sent', () => {
    expect(refusalOf(() => check(SPEND, withInstrument({ marketOrders: false })))).toEqual(disabled);
    expect(refusalOf(() => check({ ...LIMIT, reduceOnly: true }))).toEqual(unsupported);
    expect(refusalOf(() => check({ ...SELL, side: 'buy' }))).toEqual(unsupported);
    expect(refusalOf(() => check({ ...SPEND, side: 'sell' }))).toEqual(unsupported);
  });

  it('is taken where the venue can', () => {
    const placing = { ...PLACING, marketBuyByBase: true, marketSellByQuote: true };
    expect(check({ ...SELL, side: 'buy' }, { placing })).toMatchObject({ side: 'buy', quantity: '0.5' });
    expect(check({ ...SPEND, side: 'sell' }, { placing })).toMatchObject({ side: 'sell', quoteQuantity: '50' });
  });
});

describe('the caps of a client', () => {
  const caps = { maxNotional: toDecimal('50'), symbols: ['BTC/USDT'] as const };

  it('hold to the last digit', () => {
    expect(check(LIMIT, { caps })).toMatchObject({ quantity: '0.5' });
    expect(refusalOf(() => check({ ...LIMIT, price: '100.01' }, { caps }))).toEqual(validation('quantity'));
    expect(refusalOf(() => check({ ...SPEND, quoteQuantity: '50.01' }, { caps }))).toEqual(validation('quoteQuantity'));
  });

  it('refuse other markets', () => {
    expect(refusalOf(() => check(LIMIT, { caps: { symbols: ['ETH/USDT'] } }))).toEqual(validation('symbol'));
    expect(refusalOf(() => check(LIMIT, { caps: { symbols: [] } }))).toEqual(validation('symbol'));
  });

  it('refuse an order whose value nobody can tell, unless a live price bounds it', () => {
    expect(refusalOf(() => check(SELL, { caps }))).toEqual(validation('quantity'));
    expect(check(SELL, { caps, worstPrice: toDecimal('100') })).toMatchObject({ quantity: '0.5' });
    const worstPrice = toDecimal('100.01');
    expect(refusalOf(() => check(SELL, { caps, worstPrice }))).toEqual(validation('quantity'));
  });
});
