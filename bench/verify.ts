import { printTotals, runSchedules } from '../test/support/book-schedules.js';

/** The full figures of the reliability harnesses; the last line is one JSON object. Exit code 1 when anything failed. */
const WANTED = 1_000_000;
const seed = process.argv[2] ?? `verify-${Date.now()}`;
const startedAt = performance.now();
const totals = await runSchedules(seed, { ms: 20 * 60_000, schedules: WANTED });
const seconds = (performance.now() - startedAt) / 1_000;
process.stdout.write(`${printTotals(seed, totals, seconds)}\n`);
const met = totals.failures.length === 0 && totals.schedules >= WANTED;
const results = [{ id: 'books', seed, seconds, goal: WANTED, met, ...totals }];
process.stdout.write(`${JSON.stringify({ node: process.version, results })}\n`);
process.exitCode = met ? 0 : 1;
