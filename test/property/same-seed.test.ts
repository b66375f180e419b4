import { describe, expect, it } from 'vitest';
import { printTotals } from '../support/many-worlds.js';
import { runSameSeeds, SAME_SEED } from '../support/same-seed.js';

const SEEDS = 20;

describe('a seed', () => {
  it('makes the same world of every sort in two fresh processes, whatever ran before it', async () => {
    const seed = `same-${Date.now()}`;
    const startedAt = performance.now();
    const totals = await runSameSeeds(seed, { ms: 60_000, count: SEEDS });
    process.stdout.write(`${printTotals(SAME_SEED, seed, totals, (performance.now() - startedAt) / 1_000)}\n`);
    expect(totals).toMatchObject({ count: SEEDS, failures: [] });
  }, 180_000);

  it.each(['the chance of the machine', 'what an earlier world left'] as const)(
    'shows an influence: %s',
    async (mistake) => {
      const { failedWorlds } = await runSameSeeds('control', { ms: 60_000, count: 2 }, mistake);
      expect(failedWorlds).toBe(2);
    },
    180_000,
  );
});
