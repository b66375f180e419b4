import { expect } from 'vitest';
import { proveWithSeeds } from '../support/seeded-proof.js';
import * as worlds from '../support/tracker-world.js';

proveWithSeeds({
  harness: 'events',
  worlds,
  replay: 'ORDER_WORLD_SEED',
  subject: 'orders whose news are lost, repeated and mixed up',
  claim: 'end with state and filled amounts of the venue, to the last digit',
  slice: { ms: 60_000, count: 100_000, least: 20_000 },
  controls: worlds.TRACKER_MISTAKES.map((mistake) => ({ mistake })),
  controlWorlds: 2_000,
  expectTotals({ faults, outcomes }) {
    expect(Object.keys(faults).sort()).toEqual(['lost', 'overtaken', 'repeated']);
    expect(Object.keys(outcomes).sort()).toEqual(['canceled', 'expired', 'filled', 'open', 'partially_filled']);
  },
});
