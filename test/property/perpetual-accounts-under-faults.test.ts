import { describe, expect, it } from 'vitest';
import {
  ACCOUNT_SABOTAGES,
  ACCOUNT_VENUES,
  type AccountVenue,
  prepareWorlds,
  runWorld,
} from '../support/perpetual-account-world.js';

/** Replays one world: `ACCOUNT_WORLD_SEED='<seed>' npx vitest run test/property/perpetual-accounts-under-faults.test.ts`. */
const REPLAY = process.env['ACCOUNT_WORLD_SEED'];
/** For each venue. */
const SLICE_MS = 8_000;
/** Reached on a much slower machine too; the usual figure is printed. */
const FLOOR = 10;
const CONTROL_SEEDS = 200;

const replay = (seed: string) => () => {
  it('tells what the venue has', async () => {
    await prepareWorlds();
    const [venue] = seed.split('/') as [AccountVenue];
    expect(await runWorld(seed, venue)).toMatchObject({ failures: [] });
  });
};

const slice = (venue: AccountVenue) => {
  it('tell in the end what the venue has', { timeout: 3 * SLICE_MS }, async () => {
    await prepareWorlds();
    const start = `${venue}/accounts-${Date.now()}`;
    const until = performance.now() + SLICE_MS;
    const totals = { worlds: 0, fills: 0, faults: 0 };
    while (performance.now() < until) {
      const { seed, fills, faults, failures } = await runWorld(`${start}:${totals.worlds++}`, venue);
      totals.fills += fills;
      totals.faults += faults;
      expect(failures, `replay it with ACCOUNT_WORLD_SEED='${seed}'`).toEqual([]);
    }
    process.stdout.write(`perpetual accounts of ${venue} under faults: ${JSON.stringify(totals)}, seed ${start}\n`);
    expect(totals.worlds).toBeGreaterThanOrEqual(FLOOR);
    expect(totals.fills).toBeGreaterThan(totals.worlds);
    expect(totals.faults).toBeGreaterThan(totals.worlds);
  });

  it('come out the same for the same seed', async () => {
    await prepareWorlds();
    expect(await runWorld('the same', venue)).toEqual(await runWorld('the same', venue));
  });

  it.each(ACCOUNT_SABOTAGES)('show the mistake: %s', { timeout: 3 * SLICE_MS }, async (mistake) => {
    await prepareWorlds();
    let found: string | undefined;
    let seeds = 0;
    while (found === undefined && seeds < CONTROL_SEEDS) {
      found = (await runWorld(`control-${seeds++}`, venue, mistake)).failures[0];
    }
    process.stdout.write(`negative control "${mistake}" of ${venue}: caught at seed ${seeds} (${found ?? 'never'})\n`);
    expect(found).toEqual(expect.any(String));
  });
};

if (REPLAY === undefined)
  describe.each(ACCOUNT_VENUES)('accounts in perpetuals of %s whose frames and answers get lost', slice);
else describe('a replayed world', replay(REPLAY));
