import { suites } from './cases/suites.js';

/** Runs one suite in this process; the last line is its results as JSON. Started by `bench/index.ts`. */
const [first, quick, seed] = process.argv.slice(2);
const suite = suites.find(({ ids }) => ids[0] === first);
if (suite === undefined || seed === undefined) throw new RangeError(`no suite ${first}`);
const results = await suite.run({ quick: quick === 'quick', seed });
process.stdout.write(`\n${JSON.stringify(results)}\n`, () => process.exit(0));
