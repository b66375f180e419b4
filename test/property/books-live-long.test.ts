import { expect } from 'vitest';
import { proveWithSeeds } from '../support/seeded-proof.js';
import * as worlds from '../support/soak-world.js';

proveWithSeeds({
  harness: 'soakSlice',
  worlds,
  replay: 'SOAK_WORLD_SEED',
  subject: 'books that live through hundreds of thousands of events',
  claim: 'hold at the end what they held at the start, and are the books of the exchange',
  slice: { ms: 5_000, count: 2_000_000, least: 400_000 },
  controls: worlds.SOAK_MISTAKES.map((mistake) => ({ mistake })),
  expectTotals: ({ faults }) => expect(faults['resynced']).toBeGreaterThan(0),
});
