import { cpus } from 'node:os';
import { suites } from './cases/suites.js';
import { bundlePrograms } from './measure/esbuild.js';
import { runNode } from './measure/processes.js';
import type { Result } from './measure/result.js';
import { printTable } from './measure/table.js';
import { writeResults } from './measure/write-results.js';

/**
 * The figures of speed and size, each measured beside its baseline in one run.
 * `npm run bench -- [--json] [--quick] [--write] [--only id[,id]] [--seed text]`. Exit code 1 only when a contender was wrong or
 * crashed; a goal that is missed is in the report.
 */
const HOUSE = 'node_modules/.cache/cex-bench';
const WORD = new Set(['--json', '--quick', '--write', '--only', '--seed']);

const options = readArguments(process.argv.slice(2));
const wanted = suites.filter(({ ids }) => ids.some(isWanted));
for (const name of options.only) {
  if (!suites.some(({ ids }) => ids.some((id) => covers(name, id))))
    throw new RangeError(`--only ${name}: expected some of ${suites.flatMap(({ ids }) => ids).join()}`);
}
await bundleCases();
const results: Result[] = [];
const failures: string[] = [];
for (const { ids, flags = [] } of wanted) {
  const startedAt = performance.now();
  try {
    results.push(...(await runSuite(ids[0] as string, flags)));
  } catch (error) {
    failures.push(`${ids.join()}: ${error instanceof Error ? error.message : String(error)}`);
  }
  process.stderr.write(`${ids.join(', ')}: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
}
const kept = results.filter(({ id }) => isWanted(id));
const report = {
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  seed: options.seed,
  results: kept,
  failures,
};
for (const failure of failures) process.stderr.write(`FAILED ${failure}\n`);
process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : printTable(kept));
if (options.write) writeResults(kept, `npm run bench -- ${process.argv.slice(2).join(' ')}`);
process.exitCode = failures.length === 0 ? 0 : 1;

/** An id asked for stands for all that begin with it; a suite is run when it has one of them. */
function isWanted(id: string): boolean {
  const { only } = options;
  return only.length === 0 || only.some((name) => covers(name, id));
}

function covers(name: string, id: string): boolean {
  return id === name || id.startsWith(`${name}/`) || name.startsWith(`${id}/`);
}

/** Plain JavaScript, bundled as the package is: a loader that compiles on the fly would wrap every closure. */
async function bundleCases(): Promise<void> {
  await bundlePrograms(
    [
      'bench/case-process.ts',
      'bench/push-server.ts',
      'bench/latency-client.ts',
      'bench/rest-server.ts',
      'bench/order-server.ts',
      'bench/trade-server.ts',
    ],
    HOUSE,
  );
}

async function runSuite(id: string, flags: readonly string[]): Promise<readonly Result[]> {
  const mode = options.quick ? 'quick' : 'full';
  const { output } = await runNode(flags, [`${HOUSE}/case-process.mjs`, id, mode, options.seed]);
  return JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as Result[];
}

function readArguments(words: readonly string[]) {
  const after = (name: string): string | undefined => {
    const at = words.indexOf(name);
    if (at >= 0 && words[at + 1] === undefined) throw new RangeError(`${name}: expected a value`);
    return at < 0 ? undefined : words[at + 1];
  };
  for (const word of words)
    if (word.startsWith('--') && !WORD.has(word)) throw new RangeError(`${word}: expected one of ${[...WORD].join()}`);
  return {
    json: words.includes('--json'),
    quick: words.includes('--quick'),
    write: words.includes('--write'),
    only: after('--only')?.split(',') ?? [],
    seed: after('--seed') ?? 'bench',
  };
}
