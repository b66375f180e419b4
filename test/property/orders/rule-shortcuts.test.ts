import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrder } from '../../../src/exchange/orders/order-rules.js';
import {
  compareDecimals,
  type Decimal,
  isMultipleOf,
  isZero,
  multiplyDecimals,
  normalizeDecimal,
  toDecimal,
} from '../../../src/model/decimal.js';
import type { Instrument } from '../../../src/model/instrument.js';
import { INSTRUMENT, PLACING } from '../../unit/orders/order-fixtures.js';

const RUNS = { numRuns: 20_000 };

/** As people and programs write numbers: short and long, with zeros in front and behind. */
const digits = (most: number) =>
  fc.string({ unit: fc.constantFrom(...'0012345678999'), minLength: 1, maxLength: most });
const text = fc.oneof(
  digits(6),
  fc.tuple(digits(6), digits(8)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.tuple(fc.constantFrom('0', '00'), digits(18)).map(([whole, fraction]) => `${whole}.${fraction}`),
);
const input = fc.oneof(text, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.nat(1_000_000));
const step = fc
  .constantFrom(
    '1',
    '0.1',
    '0.01',
    '0.000001',
    '0.00000001',
    '0.000000000000000001',
    '10',
    '0.5',
    '0.25',
    '1.1',
    '0.11',
    '0.010',
  )
  .map((s) => toDecimal(s));
const bound = fc.oneof(
  { weight: 1, arbitrary: text.map((one) => toDecimal(one)) },
  { weight: 5, arbitrary: fc.constant(undefined) },
);

interface Case {
  readonly price: string | number;
  readonly quantity: string | number;
  readonly instrument: Instrument;
  readonly cap: Decimal | undefined;
}

const aCase: fc.Arbitrary<Case> = fc
  .tuple(input, input, step, step, fc.tuple(bound, bound, bound, bound), bound, fc.nat(9))
  .map(([price, quantity, tickSize, lotSize, [minQuantity, maxQuantity, minNotional, maxNotional], cap, tie]) => {
    const bounds = { minQuantity, maxQuantity, minNotional, maxNotional };
    const value = multiplyDecimals(exact(price), exact(quantity));
    // Bounds that are met exactly, or missed by the last digit.
    if (tie === 0) Object.assign(bounds, { minNotional: value, maxNotional: value });
    if (tie === 1) Object.assign(bounds, { minQuantity: exact(quantity), maxQuantity: exact(quantity) });
    if (tie === 2)
      Object.assign(bounds, { minNotional: multiplyDecimals(value, toDecimal('1.000000000000000000001')) });
    const { minNotional: _1, maxNotional: _2, minQuantity: _3, maxQuantity: _4, ...rest } = INSTRUMENT;
    const given = Object.fromEntries(Object.entries(bounds).filter(([, one]) => one !== undefined));
    return { price, quantity, cap, instrument: { ...rest, ...given, tickSize, lotSize } as Instrument };
  });

function exact(value: string | number): Decimal {
  return normalizeDecimal(toDecimal(value));
}

/** The field that is refused, by exact arithmetic alone. */
function refusedField({ price, quantity, instrument, cap }: Case): string | undefined {
  const [p, q] = [exact(price), exact(quantity)];
  if (isZero(p)) return 'price';
  if (isZero(q)) return 'quantity';
  if (!isMultipleOf(p, instrument.tickSize)) return 'price';
  if (!isMultipleOf(q, instrument.lotSize)) return 'quantity';
  const { minQuantity, maxQuantity, minNotional, maxNotional } = instrument;
  const value = multiplyDecimals(p, q);
  const isBelow = (one: Decimal, min: Decimal | undefined) => min !== undefined && compareDecimals(one, min) < 0;
  const isAbove = (one: Decimal, max: Decimal | undefined) => max !== undefined && compareDecimals(one, max) > 0;
  const isOutside =
    isBelow(q, minQuantity) ||
    isAbove(q, maxQuantity) ||
    isBelow(value, minNotional) ||
    isAbove(value, maxNotional) ||
    isAbove(value, cap);
  return isOutside ? 'quantity' : undefined;
}

function outcomeOf({ price, quantity, instrument, cap }: Case): object {
  try {
    const caps = cap === undefined ? undefined : { maxNotional: cap };
    const order = { symbol: 'BTC/USDT', side: 'buy', type: 'limit', price, quantity } as const;
    const request = checkOrder(order, { instrument, placing: PLACING, caps }, () => 't-1');
    return { price: request.price, quantity: request.quantity };
  } catch (error) {
    return { refused: (error as { field?: string }).field };
  }
}

describe('the short ways through the rules of an order', () => {
  it('take and refuse what exact arithmetic takes and refuses, and change no digit', () => {
    let taken = 0;
    let refused = 0;
    fc.assert(
      fc.property(aCase, (one) => {
        const field = refusedField(one);
        if (field === undefined) taken++;
        else refused++;
        const expected =
          field === undefined ? { price: exact(one.price), quantity: exact(one.quantity) } : { refused: field };
        expect(outcomeOf(one)).toEqual(expected);
      }),
      RUNS,
    );
    expect(Math.min(taken, refused)).toBeGreaterThan(RUNS.numRuns / 20);
  });
});
