import { expect } from 'vitest';
import { ORDER_SABOTAGES } from '../support/order-sabotage.js';
import * as worlds from '../support/order-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

proveWithSeeds({
  harness: 'orders',
  worlds,
  replay: 'ORDER_SEED',
  subject: 'orders whose answers get lost',
  claim: 'are never placed twice, lost or made up',
  // Spot five sevenths of them, the perpetuals of each exchange one.
  slice: { ms: 120_000, count: 140_000, least: 14_000 },
  controls: ORDER_SABOTAGES.map((mistake) => ({ mistake })),
  expectTotals({ bySort }) {
    expect(Object.keys(bySort).sort()).toEqual([...worlds.VENUES].sort());
  },
});
