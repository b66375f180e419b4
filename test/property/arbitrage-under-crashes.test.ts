import { expect, it } from 'vitest';
import { ARBITRAGE_SABOTAGES, prepareWorlds, runWorld } from '../support/arbitrage-world.js';
import { printTotals, runWorlds } from '../support/many-worlds.js';

/** Enough; two idle cores get there within the time. */
const CRASHES = 20_000;
const MOST_MS = 60_000;
/** A machine that is busy with other work gets less far. */
const LEAST_CRASHES = 1_000;

it('an engine that dies at any point finds every quantity again, hands no order over twice and keeps its limits', async () => {
  const seed = String(Date.now());
  const startedAt = performance.now();
  const totals = await runWorlds('arbitrage', seed, { ms: MOST_MS, count: CRASHES });
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`${printTotals('arbitrage', 'crashes', seed, totals, seconds)}\n`);
  expect(totals.failures).toEqual([]);
  expect(totals.count).toBeGreaterThanOrEqual(LEAST_CRASHES);
  expect(totals.outcomes['cycles']).toBeGreaterThan(totals.worlds);
  for (const place of ['before a write', 'after a write', 'before placing', 'during placing', 'after placing']) {
    expect(totals.outcomes[place], place).toBeGreaterThan(0);
  }
}, 120_000);

it.each(ARBITRAGE_SABOTAGES)(
  'the same worlds catch an engine with a mistake: %s',
  async (mistake) => {
    await prepareWorlds();
    const failures: string[] = [];
    for (let world = 0; world < 40 && failures.length === 0; world++) {
      failures.push(...(await runWorld(`sabotage:${world}`, { crashes: 20, mistake })).failures);
    }
    expect(failures.slice(0, 1)).toEqual([expect.any(String)]);
  },
  60_000,
);
