import { type Harness, printTotals, runWorlds } from '../test/support/many-worlds.js';

/**
 * The full figures of the reliability harnesses; the last line is one JSON object. Exit code 1 when anything failed.
 * `npm run verify -- [seed] [count]`: a count below the goal is for trying it out, and never meets it.
 */
const GOAL = 1_000_000;
const LIMIT_MS = 20 * 60_000;
const HARNESSES: readonly { readonly id: Harness; readonly title: string; readonly unit: string }[] = [
  { id: 'books', title: 'books under faults', unit: 'schedules' },
  { id: 'orders', title: 'orders with lost answers', unit: 'ambiguous outcomes' },
  { id: 'frames', title: 'frames read in place', unit: 'frames' },
];

const [seed = `verify-${Date.now()}`, text = String(GOAL)] = process.argv.slice(2);
const wanted = Number(text);
if (!Number.isSafeInteger(wanted) || wanted < 1)
  throw new RangeError(`count: expected a whole number above 0, received ${text}`);
const results: (Record<string, unknown> & { readonly passed: boolean })[] = [];
for (const { id, title, unit } of HARNESSES) {
  const startedAt = performance.now();
  const totals = await runWorlds(id, seed, { ms: LIMIT_MS, count: wanted });
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`${printTotals(title, unit, seed, totals, seconds)}\n`);
  const clean = totals.failedWorlds === 0 && totals.failures.length === 0;
  const met = clean && totals.count >= GOAL;
  results.push({ id, seed, seconds, goal: GOAL, met, passed: clean && totals.count >= wanted, ...totals });
}
process.stdout.write(`${JSON.stringify({ node: process.version, results })}\n`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
