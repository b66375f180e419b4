import { expect } from 'vitest';
import { proveWithSeeds } from '../support/seeded-proof.js';
import { TRADING_SABOTAGES } from '../support/trading-sabotage.js';
import * as worlds from '../support/trading-world.js';

/** Of so many calls it is certain enough that each thing has happened. */
const LONG = 5_000;
/** What the worlds are for; that each has really happened is part of the proof. */
const ACTS = [
  'place rest',
  'place ws',
  'batch rest',
  'cancel rest',
  'cancel ws',
  'cancelAll rest',
  'amend rest',
  'amend ws',
  'trigger rest',
  'cancelTrigger rest',
  'close rest',
];
const HAPPENINGS = ['restarts', 'crashes', 'sleeps', 'steps', 'outages', 'fired'];
/** Of so many also what happens in few worlds. */
const LONGER = 30_000;
const RARE = ['lapses', 'torn'];
const FAULTS =
  'acceptLate ban cancelOnly corrupt cut delay delayHttp drop duplicate expireListenKeys forgetClientIds halfOpen hideOrders ' +
  'limitRequests loseRequest maintenance refuseConnections reorder respond skewClock timeoutHttp truncateBody';

proveWithSeeds({
  harness: 'trading',
  worlds,
  replay: 'TRADING_SEED',
  subject: 'accounts that are traded while everything fails',
  claim: 'are told nothing but the truth, and all of it',
  // More calls than two cores make in the time.
  slice: { ms: 25_000, count: 1_000_000, least: 1_000 },
  controls: TRADING_SABOTAGES.map((mistake) => ({ mistake })),
  controlWorlds: 300,
  expectTotals({ bySort, count, outcomes, faults }) {
    expect(Object.keys(bySort).sort()).toEqual([...worlds.TRADING_VENUES].sort());
    if (count < LONG) return;
    const happened = Object.keys(outcomes);
    for (const name of ACTS) expect(happened).toEqual(expect.arrayContaining([`${name} done`, `${name} unknown`]));
    for (const name of HAPPENINGS) expect(outcomes[name]).toBeGreaterThan(0);
    if (count >= LONGER) for (const name of RARE) expect(outcomes[name]).toBeGreaterThan(0);
    expect(Object.keys(faults).sort()).toEqual(FAULTS.split(' '));
  },
});
