import { expect } from 'vitest';
import { CLOSE_SABOTAGES } from '../support/close-sabotage.js';
import * as worlds from '../support/close-world.js';
import { proveWithSeeds } from '../support/seeded-proof.js';

/** Of so many closings it is certain enough that each state was met. */
const LONG = 1_500;
/** What they are closed in the middle of; that each was really met is part of the proof. */
const STATES = [
  ...['idle', 'connecting', 'live', 'degraded'].flatMap((status) => [`public ${status}`, `private ${status}`]),
  ...['syncing', 'live', 'stale'].map((state) => `book ${state}`),
  ...['dialing', 'connected', 'waiting to connect'],
  ...['instruments', 'a book', 'the clock', 'an order to be placed'].map((what) => `asking for ${what}`),
  ...['subscription', 'iterating', 'placing rest', 'placing ws', 'canceling', 'warming'].map(
    (what) => `awaiting ${what}`,
  ),
];

proveWithSeeds({
  harness: 'close',
  worlds,
  replay: 'CLOSE_SEED',
  subject: 'clients that are closed at any instant',
  claim: 'end within two seconds, truthfully, and leave nothing',
  slice: { ms: 3_000, count: 1_000, least: 60 },
  controls: CLOSE_SABOTAGES.map((mistake) => ({ mistake })),
  controlWorlds: 60,
  expectTotals({ count, outcomes }) {
    if (count >= LONG) expect(Object.keys(outcomes)).toEqual(expect.arrayContaining(STATES));
  },
});
