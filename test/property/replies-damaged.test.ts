import { expect, it } from 'vitest';
import * as worlds from '../support/body-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

proveWithSeeds({
  harness: 'bodies',
  worlds,
  replay: 'BODY_WORLD_SEED',
  subject: 'replies that were cut or have a byte changed',
  claim: 'make no order that is not the one asked for, and none that is refused',
  slice: { ms: 6_000, count: 400_000, least: 4_096 },
  controls: worlds.BODY_MISTAKES.map((mistake) => ({ mistake })),
  more: () => {
    it('are of every role, and no more than the full run goes through', async () => {
      await worlds.prepareWorlds();
      expect(worlds.extent.replies).toBeGreaterThanOrEqual(60);
      expect(worlds.extent.cases).toBeLessThanOrEqual(worlds.BODY_CASES);
    });
  },
});
