import { expect } from 'vitest';
import * as worlds from '../support/arbitrage-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

proveWithSeeds({
  harness: 'crashes',
  worlds,
  replay: 'ARBITRAGE_SEED',
  subject: 'engines that die at any point',
  claim: 'find every quantity again, hand no order over twice and keep their limits',
  slice: { ms: 60_000, count: 20_000, least: 1_000 },
  controls: worlds.ARBITRAGE_SABOTAGES.map((mistake) => ({ mistake })),
  controlWorlds: 40,
  expectTotals({ outcomes, worlds: count }) {
    expect(outcomes['cycles']).toBeGreaterThan(count);
    for (const place of ['before a write', 'after a write', 'before placing', 'during placing', 'after placing']) {
      expect(outcomes[place], place).toBeGreaterThan(0);
    }
  },
});
