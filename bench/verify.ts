import { printTotals, runSchedules } from '../test/support/book-schedules.js';

/**
 * The full figures of the reliability harnesses; the last line is one JSON object. Exit code 1 when anything failed.
 * `npm run verify -- [seed] [schedules]`: fewer schedules than the goal are for trying it out, and never meet it.
 */
const GOAL = 1_000_000;
const [seed = `verify-${Date.now()}`, schedules = String(GOAL)] = process.argv.slice(2);
const wanted = Number(schedules);
if (!Number.isSafeInteger(wanted) || wanted < 1)
  throw new RangeError(`schedules: expected a whole number above 0, received ${schedules}`);
const startedAt = performance.now();
const totals = await runSchedules(seed, { ms: 20 * 60_000, schedules: wanted });
const seconds = (performance.now() - startedAt) / 1_000;
process.stdout.write(`${printTotals(seed, totals, seconds)}\n`);
const met = totals.failures.length === 0 && totals.schedules >= GOAL;
const results = [{ id: 'books', seed, seconds, goal: GOAL, met, ...totals }];
process.stdout.write(`${JSON.stringify({ node: process.version, results })}\n`);
process.exitCode = totals.failures.length === 0 && totals.schedules >= wanted ? 0 : 1;
