import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  isMultipleOf,
  isZero,
  multiplyDecimals,
  normalizeDecimal,
  roundToStep,
  subtractDecimals,
  toDecimal,
} from '../../../src/model/decimal.js';

const RUNS = { numRuns: 50_000 };

/** Texts on both sides of the length up to which doubles do the work, with zeros to spare in front and behind. */
const digits = (min: number, max: number) =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max }),
    fc.string({ unit: fc.constantFrom(...'09'), minLength: min, maxLength: max }),
  );
const decimal: fc.Arbitrary<Decimal> = fc
  .tuple(fc.constantFrom('', '', '', '-'), digits(1, 12), digits(0, 12))
  .map(([sign, whole, fraction]) => toDecimal(`${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`));

/** The same number with other zeros, half of the time: equal ones are too rare otherwise. */
const pair = fc.tuple(decimal, decimal, fc.nat(3)).map(([a, b, zeros]): [Decimal, Decimal] => {
  if (zeros === 0) return [a, b];
  return [a, toDecimal(`${a}${a.includes('.') ? '' : '.'}${'0'.repeat(zeros)}`)];
});

const SCALE = 40;

/** The witness: all in units of 10^-40. */
function units(value: Decimal): bigint {
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(`${whole}${fraction.padEnd(SCALE, '0')}`);
}

function printed(value: bigint): string {
  const text = (value < 0n ? -value : value).toString().padStart(SCALE + 1, '0');
  const number = `${text.slice(0, -SCALE)}.${text.slice(-SCALE)}`.replace(/\.?0+$/, '');
  return value < 0n ? `-${number}` : number;
}

describe('decimals short enough for doubles', () => {
  it('compare as whole numbers of any length do', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(decimal, decimal), pair), ([a, b]) => {
        const difference = units(a) - units(b);
        expect(compareDecimals(a, b)).toBe(difference < 0n ? -1 : difference > 0n ? 1 : 0);
      }),
      RUNS,
    );
  });

  it('are multiples of a step exactly where whole numbers of any length are', () => {
    const step = decimal.filter((value) => units(value) > 0n);
    const multiple = fc
      .tuple(step, fc.integer({ min: -9_999, max: 9_999 }))
      .map(([size, times]): [Decimal, Decimal] => {
        return [toDecimal(printed(units(size) * BigInt(times))), size];
      });
    fc.assert(
      fc.property(fc.oneof(fc.tuple(decimal, step), multiple), ([value, size]) => {
        expect(isMultipleOf(value, size)).toBe(units(value) % units(size) === 0n);
      }),
      RUNS,
    );
  });

  it('multiply, shorten and are told from zero to the last digit', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const product = (units(a) * units(b)) / 10n ** BigInt(SCALE);
        expect(multiplyDecimals(a, b)).toBe(printed(product));
        expect(normalizeDecimal(a)).toBe(printed(units(a)));
        expect(isZero(a)).toBe(units(a) === 0n);
      }),
      RUNS,
    );
  });

  it('add, subtract and go to whole steps to the last digit', () => {
    const mode = fc.constantFrom('down', 'up', 'nearest');
    const step = decimal.filter((value) => units(value) > 0n);
    fc.assert(
      fc.property(fc.oneof(fc.tuple(decimal, decimal), pair), step, mode, ([a, b], size, way) => {
        expect(addDecimals(a, b)).toBe(printed(units(a) + units(b)));
        expect(subtractDecimals(a, b)).toBe(printed(units(a) - units(b)));
        const magnitude = units(a) < 0n ? -units(a) : units(a);
        const rest = magnitude % units(size);
        const goesUp = rest > 0n && (way === 'up' || (way === 'nearest' && rest * 2n >= units(size)));
        const rounded = magnitude - rest + (goesUp ? units(size) : 0n);
        expect(roundToStep(a, size, way)).toBe(printed(units(a) < 0n ? -rounded : rounded));
      }),
      RUNS,
    );
  });

  it.each(['a', '1.2.3', '1e5', '1 2', '--1'])('are refused, not reckoned with, when they are none: %j', (text) => {
    const none = text as Decimal;
    expect(() => [compareDecimals(none, toDecimal(1)), isMultipleOf(none, toDecimal('0.1')), 'no refusal']).toThrow();
  });
});
