import { describe, expect, it } from 'vitest';
import { printTotals, runWorlds } from '../support/many-worlds.js';
import { prepareWorlds, runWorld, TRADING_SABOTAGES, TRADING_VENUES } from '../support/trading-world.js';

/** Replays one world: `TRADING_SEED='<seed>:<number>' npx vitest run test/property/trading-under-faults.test.ts`. */
const REPLAY = process.env['TRADING_SEED'];
const SLICE_MS = 25_000;
/** Calls; more than two cores make in the slice. */
const WANTED = 1_000_000;
/** Reached on a much slower machine too; the usual figure is printed. */
const FLOOR = 1_000;
/** Of so many it is certain enough that each thing has happened. */
const LONG = 5_000;
const CONTROL_SEEDS = 300;
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
];
const HAPPENINGS = ['restarts', 'sleeps', 'steps', 'outages'];
const FAULTS =
  'acceptLate ban cancelOnly corrupt cut delay delayHttp drop duplicate expireListenKeys forgetClientIds halfOpen hideOrders ' +
  'limitRequests loseRequest maintenance refuseConnections reorder respond skewClock timeoutHttp truncateBody';

const replay = (seed: string) => () => {
  it('tells nothing but the truth', async () => {
    await prepareWorlds();
    expect(await runWorld(seed)).toMatchObject({ failures: [] });
  });
};

const slice = () => {
  it('tells nothing but the truth, and all of it', { timeout: 4 * SLICE_MS }, async () => {
    const seed = `trading-${Date.now()}`;
    const startedAt = performance.now();
    const totals = await runWorlds('trading', seed, { ms: SLICE_MS, count: WANTED });
    const seconds = (performance.now() - startedAt) / 1_000;
    process.stdout.write(`${printTotals('trading under faults', 'calls', seed, totals, seconds)}\n`);
    expect(totals.failures, "replay one with TRADING_SEED='<seed>'").toEqual([]);
    expect(totals.count).toBeGreaterThanOrEqual(FLOOR);
    expect(Object.keys(totals.bySort).sort()).toEqual([...TRADING_VENUES].sort());
    if (totals.count < LONG) return;
    const outcomes = Object.keys(totals.outcomes);
    for (const name of ACTS) expect(outcomes).toEqual(expect.arrayContaining([`${name} done`, `${name} unknown`]));
    for (const name of HAPPENINGS) expect(totals.outcomes[name]).toBeGreaterThan(0);
    expect(Object.keys(totals.faults).sort()).toEqual(FAULTS.split(' '));
  });

  it('comes out the same for the same seed', async () => {
    await prepareWorlds();
    expect(await runWorld('the same')).toEqual(await runWorld('the same'));
  });

  it.each(TRADING_SABOTAGES)('shows the mistake: %s', { timeout: 4 * SLICE_MS }, async (mistake) => {
    await prepareWorlds();
    let found: string | undefined;
    let seeds = 0;
    while (found === undefined && seeds < CONTROL_SEEDS) {
      found = (await runWorld(`control-${seeds++}`, { mistake })).failures[0];
    }
    process.stdout.write(`negative control "${mistake}": caught at seed ${seeds} (${found ?? 'never'})\n`);
    expect(found).toEqual(expect.any(String));
  });
};

if (REPLAY === undefined) describe('an account that is traded while everything fails', slice);
else describe('a replayed world', replay(REPLAY));
