import { expect } from 'vitest';
import { SABOTAGES } from '../support/book-sabotage.js';
import * as worlds from '../support/book-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

proveWithSeeds({
  harness: 'books',
  worlds,
  replay: 'BOOK_WORLD_SEED',
  subject: 'live books under faults',
  claim: 'never differ from the exchange while live, and all come back',
  // A third of them on the spot venues, a third on the perpetuals of each exchange.
  slice: { ms: 150_000, count: 300_000, least: 30_000 },
  controls: SABOTAGES.map((mistake) => ({ mistake })),
  expectTotals({ bySort }) {
    expect(Object.keys(bySort).length).toBe(new Set(worlds.FEEDS.map(worlds.nameOf)).size);
  },
});
