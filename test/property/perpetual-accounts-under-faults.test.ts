import { expect } from 'vitest';
import * as worlds from '../support/perpetual-account-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

proveWithSeeds({
  harness: 'accounts',
  worlds,
  replay: 'ACCOUNT_WORLD_SEED',
  subject: 'accounts in perpetuals whose frames and answers get lost',
  claim: 'tell in the end what the venue has',
  // Fills; more than two cores make in the time.
  slice: { ms: 15_000, count: 1_000_000, least: 100 },
  controls: worlds.ACCOUNT_VENUES.flatMap((venue) => worlds.ACCOUNT_SABOTAGES.map((mistake) => ({ mistake, venue }))),
  controlWorlds: 200,
  expectTotals({ bySort, worlds: count, faults }) {
    expect(Object.keys(bySort).sort()).toEqual([...worlds.ACCOUNT_VENUES].sort());
    expect(Object.values(faults).reduce((sum, times) => sum + times, 0)).toBeGreaterThan(count);
  },
});
