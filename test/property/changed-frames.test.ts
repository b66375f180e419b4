import { expect } from 'vitest';
import * as worlds from '../support/fuzz-world.js';
import { MUTATIONS } from '../support/mutate-frame.js';
import { RECORDED } from '../support/recorded-venue.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

proveWithSeeds({
  harness: 'fuzz',
  worlds,
  replay: 'FUZZ_WORLD_SEED',
  subject: 'frames and bodies that were changed in any way',
  claim: 'are told as sound events or refused, in no time, and leave no trace',
  slice: { ms: 7_000, count: 500_000, least: 20_000 },
  controls: Object.keys(worlds.FUZZ_MISTAKES).map((mistake) => ({ mistake: mistake as worlds.FuzzMistake })),
  expectTotals({ bySort, faults, outcomes, count }) {
    const venues = new Set(Object.keys(bySort).map((name) => name.split(' ')[0]));
    expect([...venues].sort()).toEqual([...RECORDED].sort());
    for (const name of Object.keys(MUTATIONS)) expect(faults[name], name).toBeGreaterThan(count / 50);
    for (const word of ['told', 'reported', 'refused']) expect(outcomes[word], word).toBeGreaterThan(count / 50);
  },
});
