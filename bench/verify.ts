import { parseArgs } from 'node:util';
import { printTotals } from '../test/support/many-worlds.js';
import { PROOFS, type Proof } from './proofs.js';

/**
 * The full figures of the reliability proofs; the last line is one JSON object. Exit code 1 when anything failed or was not
 * reached. `npm run verify -- [seed] [count] [--only id,id]`: a count below a goal is for trying it out, and never meets it.
 */
const SLOW_MACHINE = 4;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { only: { type: 'string' } } });
const [seed = `verify-${Date.now()}`, text = String(Number.MAX_SAFE_INTEGER)] = positionals;
const most = Number(text);
if (!Number.isSafeInteger(most) || most < 1)
  throw new RangeError(`count: expected a whole number above 0, received ${text}`);

const results = [];
for (const proof of choose(values.only)) results.push(await prove(proof));
process.stdout.write(`${JSON.stringify({ node: process.version, results })}\n`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function choose(only: string | undefined): readonly Proof[] {
  if (only === undefined) return PROOFS;
  return only.split(',').map((id) => {
    const found = PROOFS.find((proof) => proof.id === id);
    if (found === undefined)
      throw new RangeError(`--only: expected some of ${PROOFS.map((proof) => proof.id).join()}, received ${id}`);
    return found;
  });
}

async function prove({ id, goal, minutes, run, ...what }: Proof) {
  const limitMs = minutes * 60_000;
  const wanted = Math.min(most, goal);
  process.stdout.write(`${id}: ${wanted} ${what.unit} …\n`);
  const startedAt = performance.now();
  const totals = await run(seed, { ms: SLOW_MACHINE * limitMs, count: wanted });
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(`${printTotals(what, seed, totals, seconds)}\n`);
  const isClean = totals.failedWorlds === 0 && totals.failures.length === 0;
  return {
    id,
    unit: what.unit,
    seed,
    seconds,
    limitSeconds: limitMs / 1_000,
    goal,
    met: isClean && totals.count >= goal && seconds * 1_000 <= limitMs,
    passed: isClean && totals.count >= wanted,
    ...totals,
  };
}
