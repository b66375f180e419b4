import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corrupt } from '../../../src/simulator/faults/corrupt.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';

describe('corrupt', () => {
  it('leaves no text frame that is JSON', () => {
    fc.assert(
      fc.property(fc.object(), fc.nat(), (value, seed) => {
        const damaged = corrupt(JSON.stringify(value), createSeededRandom(seed)) as string;
        expect(() => JSON.parse(damaged)).toThrow(SyntaxError);
      }),
    );
  });

  it('shortens bytes or overwrites at least twelve of them, and spares the original', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ min: 0, max: 0xfe, minLength: 1, maxLength: 60, size: 'max' }),
        fc.nat(),
        (bytes, seed) => {
          const original = bytes.slice();
          const damaged = corrupt(bytes, createSeededRandom(seed)) as Uint8Array;
          expect(bytes).toEqual(original);
          if (damaged.length < bytes.length) {
            expect(damaged).toEqual(bytes.slice(0, damaged.length));
            expect(damaged.length).toBeGreaterThanOrEqual(Math.floor(bytes.length / 2));
          } else {
            expect(damaged.filter((byte) => byte === 0xff)).toHaveLength(Math.min(12, bytes.length));
          }
        },
      ),
    );
  });
});
