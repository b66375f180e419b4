import { expect, it } from 'vitest';
import { KILLS, runKills } from '../support/arbitrage-kills.js';
import { printTotals } from '../support/many-worlds.js';

const COUNT = 200;
/** All of them together; what is not done by then is a failure. */
const MOST_MS = 420_000;

it(
  `an engine that is killed ${COUNT} times while it trades over real sockets accounts for everything`,
  async () => {
    const seed = String(Date.now());
    const startedAt = performance.now();
    const totals = await runKills(seed, { ms: MOST_MS, count: COUNT });
    process.stdout.write(`${printTotals(KILLS, seed, totals, (performance.now() - startedAt) / 1_000)}\n`);
    expect(totals).toMatchObject({ count: COUNT, failures: [] });
    expect(totals.outcomes['orders']).toBeGreaterThan(COUNT / 4);
    expect(totals.outcomes['contracts']).toBeGreaterThan(COUNT / 100);
  },
  MOST_MS + 20_000,
);
