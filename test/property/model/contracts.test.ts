import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  amountsOfContracts,
  baseOfQuote,
  type ContractTerms,
  contractsOfAmount,
  createContractScale,
} from '../../../src/model/contracts.js';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  divideDecimals,
  isMultipleOf,
  isZero,
  multiplyDecimals,
  normalizeDecimal,
  roundToStep,
  subtractDecimals,
  toDecimal,
} from '../../../src/model/decimal.js';

const RUNS = { numRuns: 20_000 };
const d = toDecimal;
const ZERO = d(0);

/** `units` × 10^-decimals, written with its zeros. */
function decimal(units: bigint, decimals: number): Decimal {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return d(units < 0n ? `-${text}` : text);
}

const sized = (most: bigint, decimals: number) =>
  fc.tuple(fc.bigInt(1n, most), fc.nat(decimals)).map(([units, places]) => decimal(units, places));

/** An instrument list: contracts from 0.0001 to 1,000, in whole numbers or tenths or hundredths, linear and inverse. */
const terms: fc.Arbitrary<ContractTerms> = fc.record({
  kind: fc.constantFrom('linear', 'inverse'),
  size: fc
    .constantFrom('0.0001', '0.001', '0.00010', '0.05', '0.1', '0.5', '1', '10', '25', '100', '1000')
    .map((x) => d(x)),
  step: fc.constantFrom('1', '1', '0.1', '0.01', '5').map((x) => d(x)),
  min: fc.constant(d(1)),
});
const price = sized(10_000_000_000n, 8);
const steps = fc.bigInt(-(10n ** 15n), 10n ** 15n);

describe('contracts and amounts', () => {
  it('are the same in both directions, digit for digit, over the instrument list', () => {
    fc.assert(
      fc.property(terms, steps, price, (contract, count, at) => {
        const contracts = multiplyDecimals(decimal(count, 0), contract.step);
        const { quantity, quoteQuantity } = amountsOfContracts(contracts, contract, at);
        const exact = contract.kind === 'linear' ? quantity : quoteQuantity;
        expect(contractsOfAmount(exact as Decimal, contract)).toBe(normalizeDecimal(contracts));
      }),
      RUNS,
    );
  });

  it('lose nothing where base asset of inverse contracts is turned back at its price', () => {
    fc.assert(
      fc.property(terms, steps, price, (contract, count, at) => {
        const inverse = { ...contract, kind: 'inverse' } as const;
        const contracts = multiplyDecimals(decimal(count, 0), inverse.step);
        const { quantity = ZERO, quoteQuantity = ZERO } = amountsOfContracts(contracts, inverse, at);
        const unit = multiplyDecimals(inverse.size, inverse.step);
        expect(roundToStep(multiplyDecimals(quantity, at), unit, 'nearest')).toBe(quoteQuantity);
      }),
      RUNS,
    );
  });

  it('are refused unless they are whole steps', () => {
    fc.assert(
      fc.property(terms, sized(10n ** 12n, 10), (contract, amount) => {
        const unit = multiplyDecimals(contract.size, contract.step);
        let contracts: Decimal | undefined;
        try {
          contracts = contractsOfAmount(amount, contract, 'size');
        } catch (error) {
          expect(error).toMatchObject({ code: 'validation', outcome: 'not_sent', field: 'size' });
        }
        expect(contracts !== undefined).toBe(isMultipleOf(amount, unit));
        if (contracts === undefined) return;
        expect(compareDecimals(multiplyDecimals(contracts, contract.size), amount)).toBe(0);
      }),
      RUNS,
    );
  });

  it('of market data are the nearest double of the exact product', () => {
    const contracts = fc.oneof(
      fc.bigInt(0n, 10n ** 9n).map((count) => decimal(count, 0)),
      fc.bigInt(0n, 10n ** 9n).map((count) => decimal(count, 1)),
    );
    fc.assert(
      fc.property(terms, contracts, (contract, count) => {
        const scale = createContractScale({ ...contract, kind: 'linear' });
        expect(scale(Number(count), Number.NaN)).toBe(Number(multiplyDecimals(count, contract.size)));
      }),
      RUNS,
    );
  });

  it('of inverse market data are one division away from exact, and nothing stays nothing', () => {
    fc.assert(
      fc.property(terms, fc.bigInt(0n, 10n ** 9n), price, (contract, count, at) => {
        const base = createContractScale({ ...contract, kind: 'inverse' })(Number(count), Number(at));
        if (count === 0n) expect(base).toBe(0);
        const exact = Number(baseOfQuote(multiplyDecimals(decimal(count, 0), contract.size), at));
        expect(Math.abs(base - exact)).toBeLessThanOrEqual(exact * 4 * Number.EPSILON + 1e-20);
      }),
      RUNS,
    );
  });
});

describe('a quotient of decimals', () => {
  const number = fc
    .tuple(fc.bigInt(-(10n ** 20n), 10n ** 20n), fc.nat(12))
    .map(([units, places]) => decimal(units, places));

  it('is off by half of its last digit at most, and by exactly half only away from zero', () => {
    fc.assert(
      fc.property(number, number, fc.nat(25), (a, b, decimals) => {
        fc.pre(!isZero(b));
        const quotient = divideDecimals(a, b, decimals);
        const magnitude = (value: Decimal): Decimal => d(value.replace('-', ''));
        const rest = magnitude(subtractDecimals(a, multiplyDecimals(quotient, b)));
        const half = multiplyDecimals(magnitude(b), decimal(5n, decimals + 1));
        const side = compareDecimals(rest, half);
        expect(side).not.toBe(1);
        const isFar = compareDecimals(magnitude(multiplyDecimals(quotient, b)), magnitude(a)) > 0;
        if (side === 0) expect(isFar).toBe(true);
      }),
      RUNS,
    );
  });

  it('gives back a factor, whatever its sign, and nothing for nothing', () => {
    fc.assert(
      fc.property(number, number, (a, b) => {
        fc.pre(!isZero(b));
        expect(divideDecimals(multiplyDecimals(a, b), b, 12)).toBe(normalizeDecimal(a));
        expect(divideDecimals(addDecimals(a, multiplyDecimals(a, d(-1))), b, 12)).toBe('0');
      }),
      RUNS,
    );
  });

  it('by nothing is refused', () => {
    expect(() => divideDecimals(d(1), d('0.00'), 2)).toThrow(/divisor/);
  });
});
