import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';

const draw = (seed: number | string, count: number, fork?: string): number[] => {
  const random = fork === undefined ? createSeededRandom(seed) : createSeededRandom(seed).fork(fork);
  return Array.from({ length: count }, () => random.int(1_000_000_000));
};

describe('seeded chance', () => {
  it('gives these numbers for ever: recorded seeds of failed runs must stay true', () => {
    expect(draw(42, 6)).toEqual([382535697, 913384112, 574225153, 171035325, 130692873, 575773419]);
    expect(draw(42, 4, 'flow')).toEqual([532946017, 311765676, 9243574, 180486366]);
    const text = createSeededRandom('köln');
    expect([text.next(), text.next(), text.next()]).toEqual([
      0.4604586027287033, 0.5960792054449993, 0.529689250184353,
    ]);
  });

  it('takes a number and its text as the same seed, and other seeds as others', () => {
    expect(draw('42', 6)).toEqual(draw(42, 6));
    const firsts = new Set(Array.from({ length: 2000 }, (_, seed) => createSeededRandom(seed).next()));
    expect(firsts.size).toBe(2000);
  });

  it('forks a stream that depends on seed and label only', () => {
    const random = createSeededRandom('a');
    const early = random.fork('x').next();
    const first = random.next();
    expect(random.fork('x').next()).toBe(early);
    expect(createSeededRandom('a').next()).toBe(first);
    const streams = [random.fork('x'), random.fork('y'), random.fork('x').fork('y'), random.fork('xy')];
    expect(new Set(streams.map((stream) => stream.next())).size).toBe(4);
  });

  it('is uniform: means, bits of both ends and every face of a die come out as they should', () => {
    const random = createSeededRandom(7);
    const count = 200_000;
    const faces = new Array<number>(6).fill(0);
    let sum = 0;
    let products = 0;
    let before = 0;
    let outside = 0;
    for (let i = 0; i < count; i++) {
      const value = random.next();
      if (!(value >= 0 && value < 1)) outside++;
      sum += value;
      products += value * before;
      before = value;
      const face = random.int(6);
      faces[face] = (faces[face] as number) + 1;
    }
    expect(outside).toBe(0);
    expect(sum / count).toBeCloseTo(0.5, 2);
    expect(products / count).toBeCloseTo(0.25, 2);
    // Chi-squared with 5 degrees of freedom: above 20.5 once in a thousand seeds.
    const expected = count / 6;
    expect(faces.reduce((chi, n) => chi + (n - expected) ** 2 / expected, 0)).toBeLessThan(20.5);
  });

  it('draws sure chances, elements and bounds exactly', () => {
    const random = createSeededRandom(1);
    for (let i = 0; i < 1000; i++) {
      expect([random.chance(0), random.chance(1)]).toEqual([false, true]);
      expect(['a', 'b']).toContain(random.pick(['a', 'b']));
      expect(random.int(1)).toBe(0);
      expect(random.int(Number.MAX_SAFE_INTEGER)).toBeLessThan(Number.MAX_SAFE_INTEGER);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('refuses int(%s)', (n) => {
    expect(() => createSeededRandom(1).int(n)).toThrow('a whole number above 0');
  });

  it('refuses to pick from nothing', () => {
    expect(() => createSeededRandom(1).pick([])).toThrow('a whole number above 0');
  });
});
