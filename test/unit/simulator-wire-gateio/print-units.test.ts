import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplyDecimals, normalizeDecimal, stepOf, toDecimal } from '../../../src/model/decimal.js';
import { printPadded, printUnits } from '../../../src/simulator/wire/gateio/print-units.js';

describe('printUnits', () => {
  it.each([
    [912_345, 1, '91234.5'],
    [912_350, 1, '91235'],
    [400, 3, '0.4'],
    [4, 3, '0.004'],
    [0, 3, '0'],
    [0, 0, '0'],
    [1_230, 0, '1230'],
    [1, 11, '0.00000000001'],
    [10_000, 4, '1'],
  ])('prints %d units of %d decimals as %s', (units, decimals, text) => {
    expect(printUnits(units, decimals)).toBe(text);
  });

  it('equals exact decimal arithmetic for every whole number and scale', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.integer({ min: 0, max: 20 }), (units, decimals) => {
        const exact = normalizeDecimal(multiplyDecimals(toDecimal(units), stepOf(decimals)));
        expect(printUnits(units, decimals)).toBe(exact);
      }),
    );
  });
});

describe('printPadded', () => {
  it.each([
    [4_705, 4, '0.4705000000'],
    [1_647, 2, '16.4700000000'],
    [3, 0, '3.0000000000'],
  ])('prints %d units of %d decimals with ten places as %s', (units, decimals, text) => {
    expect(printPadded(units, decimals, 10)).toBe(text);
  });
});
