import { expect } from 'vitest';
import * as worlds from '../support/clock-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

/** Of so many disturbances it is certain enough that each kind and each sort of world was among them. */
const LONG = 1_000;

proveWithSeeds({
  harness: 'clocks',
  worlds,
  replay: 'CLOCK_SEED',
  subject: 'processes whose clock is set and that stand still',
  claim: 'show no old book as live, send no burst, and tell the truth of every order',
  slice: { ms: 8_000, count: 10_000, least: 100 },
  controls: worlds.CLOCK_SABOTAGES.map((mistake) => ({ mistake })),
  controlWorlds: 60,
  expectTotals({ count, outcomes, bySort }) {
    if (count < LONG) return;
    for (const what of ['steps', 'pauses', 'suspends']) expect(outcomes[what], what).toBeGreaterThan(0);
    expect(Object.keys(bySort).some((sort) => sort.endsWith('orders'))).toBe(true);
  },
});
