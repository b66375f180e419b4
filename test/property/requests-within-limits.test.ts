import { expect } from 'vitest';
import { venues } from '../../src/index.js';
import * as worlds from '../support/limit-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

proveWithSeeds({
  harness: 'limits',
  worlds,
  replay: 'LIMIT_WORLD_SEED',
  subject: 'requests at up to ten times the pace of a venue',
  claim: 'never come to more than it takes, keep still during a ban, and let cancels by',
  slice: { ms: 5_000, count: 2_000_000, least: 50_000 },
  controls: worlds.LIMIT_MISTAKES.map((mistake) => ({ mistake })),
  expectTotals({ faults, bySort, count }) {
    expect(Object.keys(bySort).sort()).toEqual(Object.keys(venues).sort());
    for (const name of ['granted', 'refused', 'canceled']) expect(faults[name], name).toBeGreaterThan(count / 100);
    for (const name of ['aborted', 'banned', 'emptied']) expect(faults[name], name).toBeGreaterThan(count / 100_000);
  },
});
