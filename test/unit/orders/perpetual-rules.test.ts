import { describe, expect, it } from 'vitest';
import { checkAmend } from '../../../src/exchange/orders/amend-rules.js';
import { checkOrder, type OrderRules } from '../../../src/exchange/orders/order-rules.js';
import type { PlaceOrderInput } from '../../../src/exchange/orders/place-order.js';
import { toDecimal } from '../../../src/model/decimal.js';
import type { Instrument } from '../../../src/model/instrument.js';
import { INSTRUMENT, PLACING, refusalOf } from './order-fixtures.js';

const d = toDecimal;

const LINEAR: Instrument = {
  ...INSTRUMENT,
  symbol: 'BTC/USDT:USDT',
  kind: 'perpetual',
  settle: 'USDT',
  tickSize: d('0.1'),
  lotSize: d('0.0001'),
  minQuantity: d('0.0001'),
  maxQuantity: d('100'),
  minNotional: d('5'),
  contractSize: d('0.0001'),
  contracts: { kind: 'linear', size: d('0.0001'), step: d('1'), min: d('2'), max: d('100000'), maxMarket: d('50') },
};
const INVERSE: Instrument = {
  ...INSTRUMENT,
  symbol: 'BTC/USD:BTC',
  kind: 'perpetual',
  quote: 'USD',
  settle: 'BTC',
  tickSize: d('0.5'),
  minNotional: d('10'),
  maxNotional: d('1000000'),
  minMarketNotional: d('10'),
  maxMarketNotional: d('1000000'),
  contracts: { kind: 'inverse', size: d('10'), step: d('1'), min: d('1'), max: d('1000') },
};
const ruleFor = (instrument: Instrument, more: Partial<OrderRules> = {}): OrderRules => ({
  instrument,
  placing: PLACING,
  ...more,
});
const rules = { [LINEAR.symbol]: ruleFor(LINEAR), [INVERSE.symbol]: ruleFor(INVERSE) };
const check = (input: object, more: Partial<OrderRules> = {}) => {
  const order = input as PlaceOrderInput;
  return checkOrder(order, { ...(rules[order.symbol] as OrderRules), ...more }, () => 't-made');
};
const refused = (input: object, more: Partial<OrderRules> = {}) => refusalOf(() => check(input, more));

const limit = { symbol: LINEAR.symbol, side: 'buy', type: 'limit', quantity: '0.01', price: '50000' } as const;
const market = { symbol: LINEAR.symbol, side: 'sell', type: 'market', quantity: '0.001' } as const;
const inverse = { symbol: INVERSE.symbol, side: 'buy', type: 'limit', quoteQuantity: '500', price: '50000' } as const;
const plain = { timeInForce: 'GTC', postOnly: false, clientOrderId: 't-made' } as const;

describe('an order of linear contracts', () => {
  it('is sized in base asset, on both sides and of both types', () => {
    expect(check(limit)).toEqual({ ...limit, ...plain });
    expect(check({ ...market, reduceOnly: true })).toEqual({
      ...market,
      ...plain,
      timeInForce: 'IOC',
      reduceOnly: true,
    });
    expect(check({ ...market, side: 'buy' })).toMatchObject({ side: 'buy', quantity: '0.001' });
  });

  it.each([
    ['that is no whole contract', 'quantity', { ...limit, quantity: '0.00015' }],
    ['of fewer contracts than one may have', 'quantity', { ...limit, quantity: '0.0001', price: '90000' }],
    ['of more contracts than one may have', 'quantity', { ...limit, quantity: '10.0001', price: '10' }],
    ['of more contracts than a market order may have', 'quantity', { ...market, quantity: '0.0051' }],
    ['that is worth too little', 'quantity', { ...limit, quantity: '0.0002', price: '100' }],
    ['with a price between ticks', 'price', { ...limit, price: '50000.05' }],
    ['with a size in quote asset', 'quantity', { ...limit, quantity: undefined, quoteQuantity: '500' }],
    ['with two sizes', 'quoteQuantity', { ...limit, quoteQuantity: '500' }],
    ['for a side that there is not', 'positionSide', { ...limit, positionSide: 'both' }],
  ])('%s is refused, and the refusal names %s', (_, field, input) => {
    expect(refused(input)).toEqual({ code: 'validation', outcome: 'not_sent', field });
  });

  it('is not bought by quote asset at the market, as if contracts were money', () => {
    const byQuote = { ...market, quantity: undefined, quoteQuantity: '100' };
    expect(refused(byQuote)).toEqual({ code: 'unsupported', outcome: 'not_sent' });
    expect(refused({ ...byQuote, side: 'buy' })).toEqual({ code: 'unsupported', outcome: 'not_sent' });
  });

  it('that only reduces a position is not held up by the cap on what may be put at risk', () => {
    const caps = { maxNotional: d('10') };
    expect(refused(limit, { caps })).toMatchObject({ field: 'quantity' });
    expect(refused(market, { caps })).toMatchObject({ field: 'quantity' });
    expect(check({ ...market, reduceOnly: true }, { caps })).toMatchObject({ reduceOnly: true });
  });

  it('goes to a market that takes only orders which reduce', () => {
    const closing = { ...LINEAR, status: 'reduce_only' } as const;
    expect(refused(market, { instrument: closing })).toEqual({ code: 'trading_disabled', outcome: 'not_sent' });
    expect(check({ ...market, reduceOnly: true }, { instrument: closing })).toMatchObject({ side: 'sell' });
  });
});

describe('an order of inverse contracts', () => {
  it('is sized in quote asset, in whole contracts', () => {
    expect(check(inverse)).toEqual({ ...inverse, ...plain });
    const { quoteQuantity, symbol, side } = inverse;
    expect(check({ symbol, side, type: 'market', quoteQuantity })).toMatchObject({
      quoteQuantity: '500',
      type: 'market',
    });
  });

  it('may be given in base asset where the price makes it whole contracts', () => {
    expect(check({ ...inverse, quoteQuantity: undefined, quantity: '0.01' })).toEqual({ ...inverse, ...plain });
    const odd = { ...inverse, quoteQuantity: undefined, quantity: '0.01033' };
    expect(refused(odd)).toEqual({ code: 'validation', outcome: 'not_sent', field: 'quantity' });
    expect(check({ ...odd, rounding: 'down' })).toMatchObject({ quoteQuantity: '510' });
    expect(check({ ...odd, rounding: 'nearest' })).toMatchObject({ quoteQuantity: '520' });
    expect(refused({ ...odd, quantity: '0.0001', rounding: 'down' })).toMatchObject({ field: 'quantity' });
  });

  it('is rounded by the price as it will be sent', () => {
    // 49,999.5 × 0.01 = 499.995, a contract less.
    const between = { ...inverse, quoteQuantity: undefined, quantity: '0.01', price: '49999.9', rounding: 'down' };
    expect(check(between)).toMatchObject({ price: '49999.5', quoteQuantity: '490' });
  });

  it.each([
    ['that is no whole contract', 'quoteQuantity', { ...inverse, quoteQuantity: '505' }],
    ['of more contracts than one may have', 'quoteQuantity', { ...inverse, quoteQuantity: '10010' }],
    ['without a size', 'quantity', { ...inverse, quoteQuantity: undefined }],
    ['with two sizes', 'quantity', { ...inverse, quantity: '0.01' }],
    ['without a price', 'price', { ...inverse, price: undefined }],
  ])('%s is refused, and the refusal names %s', (_, field, input) => {
    expect(refused(input)).toEqual({ code: 'validation', outcome: 'not_sent', field });
  });

  it('has no price to convert by at the market: the refusal names what to give instead', () => {
    const byBase = { symbol: INVERSE.symbol, side: 'sell', type: 'market', quantity: '0.01' };
    expect(refused(byBase)).toEqual({ code: 'validation', outcome: 'not_sent', field: 'quantity' });
    expect(() => check(byBase)).toThrow(/quoteQuantity/);
  });

  it('is held to the cap of the client by its exact value', () => {
    const caps = { maxNotional: d('490') };
    expect(refused(inverse, { caps })).toMatchObject({ field: 'quoteQuantity' });
    expect(check({ ...inverse, quoteQuantity: '490' }, { caps })).toMatchObject({ quoteQuantity: '490' });
  });
});

describe('a spot order', () => {
  it.each([{ reduceOnly: true }, { positionSide: 'long' }])('has no position to speak of: %o', (more) => {
    const input = { symbol: 'BTC/USDT', side: 'buy', type: 'limit', quantity: '1', price: '100', ...more };
    expect(refusalOf(() => checkOrder(input as PlaceOrderInput, ruleFor(INSTRUMENT), () => ''))).toEqual({
      code: 'unsupported',
      outcome: 'not_sent',
    });
  });

  it('has no size in quote asset when it rests', () => {
    const input = { symbol: 'BTC/USDT', side: 'buy', type: 'limit', quantity: '1', quoteQuantity: '100', price: '100' };
    expect(refusalOf(() => checkOrder(input as PlaceOrderInput, ruleFor(INSTRUMENT), () => ''))).toMatchObject({
      field: 'quoteQuantity',
    });
  });
});

describe('a change of a resting order of contracts', () => {
  const amend = (change: object, known?: object, more: Partial<OrderRules> = {}) => {
    const instrument = (change as { symbol: string }).symbol === INVERSE.symbol ? INVERSE : LINEAR;
    return checkAmend(change as never, known as never, ruleFor(instrument, more));
  };
  const { symbol } = INVERSE;
  const resting = { price: d('50000'), quoteQuantity: d('500') };

  it('says the size of inverse contracts in quote asset, whichever way it is given', () => {
    expect(amend({ symbol, quoteQuantity: '600' }, resting)).toEqual({ quoteQuantity: '600' });
    expect(amend({ symbol, quantity: '0.02' }, resting)).toEqual({ quoteQuantity: '1000' });
    expect(amend({ symbol, quantity: '0.02', price: '40000' }, resting)).toEqual({
      price: '40000',
      quoteQuantity: '800',
    });
    expect(amend({ symbol, price: '40000' }, resting)).toEqual({ price: '40000' });
  });

  it.each([
    ['quoteQuantity', { symbol, quoteQuantity: '605' }, resting],
    ['quantity', { symbol, quantity: '0.0201' }, resting],
    ['quantity', { symbol, quantity: '0.02' }, undefined],
    ['quantity', { symbol, quantity: '0.02', quoteQuantity: '600' }, resting],
    ['quoteQuantity', { symbol, quoteQuantity: '20000' }, resting],
    ['quoteQuantity', { symbol: LINEAR.symbol, quoteQuantity: '600' }, undefined],
    ['quantity', { symbol: LINEAR.symbol, quantity: '0.00005' }, undefined],
    ['quantity', { symbol: LINEAR.symbol, quantity: '0.0001', price: '90000' }, undefined],
    ['price', { symbol }, resting],
  ])('that breaks a rule is refused by name: %s of %o', (field, change, known) => {
    expect(refusalOf(() => amend(change, known))).toEqual({ code: 'validation', outcome: 'not_sent', field });
  });

  it('does not get around the cap, but one that only reduces is not held up', () => {
    const more = { caps: { maxNotional: d('550') } };
    expect(refusalOf(() => amend({ symbol, quoteQuantity: '600' }, resting, more))).toMatchObject({
      field: 'quoteQuantity',
    });
    expect(refusalOf(() => amend({ symbol, price: '40000' }, undefined, more))).toMatchObject({
      field: 'quoteQuantity',
    });
    expect(amend({ symbol, quoteQuantity: '600' }, { ...resting, reduceOnly: true }, more)).toEqual({
      quoteQuantity: '600',
    });
    expect(amend({ symbol, price: '40000' }, resting, more)).toEqual({ price: '40000' });
  });
});
