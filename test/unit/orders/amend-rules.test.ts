import { describe, expect, it } from 'vitest';
import { checkAmend } from '../../../src/exchange/orders/amend-rules.js';
import { toDecimal } from '../../../src/model/decimal.js';
import { INSTRUMENT, PLACING, refusalOf } from './order-fixtures.js';

const d = toDecimal;
const rules = { instrument: INSTRUMENT, placing: PLACING };
const capped = { ...rules, caps: { maxNotional: d('50'), symbols: ['BTC/USDT'] as const } };
const order = { price: d('100'), quantity: d('0.5') };
const symbol = 'BTC/USDT';

describe('a change of a resting order', () => {
  it('is told in plain and shortest digits, and says nothing of what stays', () => {
    expect(checkAmend({ symbol, price: '0101.50' }, order, rules)).toEqual({ price: '101.5' });
    expect(checkAmend({ symbol, quantity: 0.6 }, undefined, rules)).toEqual({ quantity: '0.6' });
    expect(checkAmend({ symbol, price: '50', quantity: '1' }, order, capped)).toEqual({ price: '50', quantity: '1' });
  });

  it.each([
    ['price', {}],
    ['price', { price: '100.001' }],
    ['price', { price: 0 }],
    ['price', { price: Number.NaN }],
    ['quantity', { quantity: '0.50001' }],
    ['quantity', { quantity: '-1' }],
    ['quantity', { quantity: '0.0001' }],
    ['quantity', { quantity: '101' }],
    ['quantity', { quantity: '0.04' }],
    ['quantity', { price: '9' }],
  ])('that breaks a rule is refused by name: %s of %o', (field, change) => {
    const refusal = { code: 'validation', outcome: 'not_sent', field };
    expect(refusalOf(() => checkAmend({ symbol, ...change }, order, rules))).toEqual(refusal);
  });

  it('does not get around the caps of the client', () => {
    const refused = (change: object, known?: typeof order) =>
      refusalOf(() => checkAmend({ symbol, ...change }, known, capped))['field'];
    expect(refused({ price: '100.01' }, order)).toBe('quantity');
    expect(refused({ quantity: '0.5001' }, order)).toBe('quantity');
    expect(refused({ price: '100' })).toBe('quantity');
    expect(refused({ quantity: '0.5' })).toBe('price');
    expect(refused({ symbol: 'ETH/USDT', price: '1' }, order)).toBe('symbol');
  });
});
