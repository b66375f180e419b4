import { expect } from 'vitest';
import { SABOTAGES } from '../support/book-sabotage.js';
import * as worlds from '../support/book-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

/** A third of them on the spot venues, a third on the perpetuals of each exchange. */
const SCHEDULES = 306_000;

proveWithSeeds({
  harness: 'books',
  worlds,
  replay: 'BOOK_WORLD_SEED',
  subject: 'live books under faults',
  claim: 'never differ from the exchange while live, and all come back',
  slice: { ms: 150_000, count: SCHEDULES, least: 30_000 },
  controls: SABOTAGES.flatMap((mistake) => [
    { mistake },
    ...['mexc_futures depth', 'gateio_futures order_book_update'].map((feed) => ({ mistake, feed })),
  ]),
  expectTotals({ bySort, count }) {
    expect(Object.keys(bySort).length).toBe(new Set(worlds.FEEDS.map(worlds.nameOf)).size);
    // A slow machine does not get so far.
    if (count < SCHEDULES) return;
    for (const venue of ['mexc_futures', 'gateio_futures']) {
      const sorts = Object.entries(bySort).filter(([name]) => name.startsWith(venue));
      expect(sorts.reduce((sum, [, proven]) => sum + proven, 0)).toBeGreaterThanOrEqual(100_000);
    }
  },
});
