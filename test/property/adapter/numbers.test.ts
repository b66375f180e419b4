import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../src/adapter/json.js';
import { readNumber } from '../../../src/adapter/read.js';

const RUNS = { numRuns: 20_000 };
const digits = (maxLength: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength });
const decimal = fc
  .tuple(digits(24), fc.option(digits(24), { nil: undefined }))
  .map(([whole, rest]) => (rest === undefined ? whole : `${whole}.${rest}`));

describe('a number of the wire', () => {
  it('is the nearest double of its decimal text, to the last bit', () => {
    fc.assert(
      fc.property(decimal, (text) => Object.is(readNumber(text, 'price'), Number(text))),
      RUNS,
    );
  });

  it('is refused unless it is a plain decimal, whatever else the text looks like', () => {
    const almost = fc.string({ unit: fc.constantFrom(...'0123456789.-+eE xNI_ '), maxLength: 20 });
    fc.assert(
      fc.property(almost, (text) => {
        const isPlain = /^\d+(?:\.\d+)?$/.test(text);
        let read: number | undefined;
        try {
          read = readNumber(text, 'price');
        } catch {
          read = undefined;
        }
        return isPlain ? read === Number(text) : read === undefined;
      }),
      RUNS,
    );
  });
});

describe('a body of JSON', () => {
  it('keeps every digit of its integers, wherever they stand, and is JSON.parse in all else', () => {
    const integer = digits(24).map((text) => text.replace(/^0+(?=\d)/, ''));
    const text = fc.string({ unit: fc.constantFrom(...'0123456789ab"\\{}[],: '), maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(integer, text), { maxLength: 6 }), fc.nat(40), (rows, padding) => {
        const body = `${' '.repeat(padding)}{"rows":[${rows.map(([n, s]) => `{"n":${n},"s":${JSON.stringify(s)}}`)}]}`;
        expect(parseJson(body)).toEqual({
          rows: rows.map(([n, s]) => ({ n: Number.isSafeInteger(Number(n)) ? Number(n) : n, s })),
        });
      }),
      RUNS,
    );
  });
});
