import { type Harness, printTotals, runWorlds } from '../test/support/many-worlds.js';

/**
 * The full figures of the reliability harnesses; the last line is one JSON object. Exit code 1 when anything failed.
 * `npm run verify -- [seed] [count]`
 */
const HARNESSES: ReadonlyArray<readonly [id: Harness, title: string, unit: string]> = [
  ['books', 'books under faults', 'schedules'],
  ['orders', 'orders with lost answers', 'ambiguous outcomes'],
];
const LONGEST_MS = 20 * 60_000;
const seed = process.argv[2] ?? `verify-${Date.now()}`;
const wanted = Number(process.argv[3] ?? 1_000_000);
const results = [];
for (const [id, title, unit] of HARNESSES) {
  const startedAt = performance.now();
  const totals = await runWorlds(id, seed, { ms: LONGEST_MS, count: wanted });
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`${printTotals(title, unit, seed, totals, seconds)}\n`);
  const met = totals.failures.length === 0 && totals.count >= wanted;
  results.push({ id, seed, seconds, goal: wanted, met, ...totals });
  if (!met) process.exitCode = 1;
}
process.stdout.write(`${JSON.stringify({ node: process.version, results })}\n`);
