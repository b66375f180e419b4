import { describe, expect, it } from 'vitest';
import {
  printPadded,
  printProduct,
  printRatio,
  printSum,
  printTrimmed,
} from '../../../src/simulator/wire/mexc/print-number.js';

describe('numbers on the wire', () => {
  it('pads with zeros as REST books do', () => {
    expect([
      printPadded(6_499_990, 2),
      printPadded(5, 8),
      printPadded(0, 2),
      printPadded(-26_002, 2),
      printPadded(7, 0),
    ]).toEqual(['64999.90', '0.00000005', '0.00', '-260.02', '7']);
  });

  it('trims zeros as the stream does, but not those of whole numbers', () => {
    expect([printTrimmed(6_499_990, 2), printTrimmed(6_500_000, 2), printTrimmed(0, 8), printTrimmed(100, 0)]).toEqual([
      '64999.9',
      '65000',
      '0',
      '100',
    ]);
  });

  it('multiplies price and quantity exactly beyond 2^53', () => {
    expect(printProduct(6_500_012, 4_440_000, 10)).toBe('2886.005328');
    expect(printProduct(6_500_012, 123_456_789_012_345, 10)).toBe('80247061006.171064814');
  });

  it('prints sums of which a double holds 15 digits, without an exponent', () => {
    expect([printSum(4.9833681677e18, 10), printSum(1.5e24, 10), printSum(105, 1)]).toEqual([
      '498336816.77',
      '150000000000000',
      '10.5',
    ]);
  });

  it('prints a change as a ratio, zero for no change and for no base', () => {
    expect([
      printRatio(10_766, 10_000),
      printRatio(9_988, 10_000),
      printRatio(5, 5),
      printRatio(999_999, 1_000_000),
      printRatio(5, 0),
    ]).toEqual(['0.0766', '-0.0012', '0.0000', '0.0000', '0.0000']);
  });
});
