import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { CCXT } from '../contenders/ccxt.js';
import { directEnvironment } from '../measure/processes.js';
import { atMost, judge } from '../measure/result.js';
import { median } from '../measure/samples.js';
import type { Suite } from '../measure/suite.js';

const ROUNDS = 15;

interface Start {
  /** From the start of the process, ms. */
  readonly ms: number;
  readonly rss: number;
}

/** Fresh processes that import one thing and say when they are done: the built package, ccxt, nothing. */
export const imports: Suite = {
  ids: ['import'],
  async run({ quick }) {
    execFileSync(process.execPath, ['scripts/build-if-needed.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
    const targets = { nothing: '', ours: pathToFileURL('dist/index.js').href, ccxt: import.meta.resolve('ccxt') };
    const starts: Record<keyof typeof targets, Start[]> = { nothing: [], ours: [], ccxt: [] };
    const names = Object.keys(targets) as (keyof typeof targets)[];
    for (let round = 0; round < (quick ? ROUNDS : 2 * ROUNDS); round++) {
      for (let at = 0; at < names.length; at++) {
        const name = names[(round + at) % names.length] as keyof typeof targets;
        starts[name].push(start(targets[name]));
      }
    }
    const above = (name: 'ours' | 'ccxt', field: keyof Start): number[] =>
      starts[name].map((value, at) => value[field] - (starts.nothing[at] as Start)[field]);
    const [ours, ccxt] = [above('ours', 'ms'), above('ccxt', 'ms')];
    const detail = `ours ${median(ours).toFixed(0)} ms, ccxt ${median(ccxt).toFixed(0)} ms above ${median(starts.nothing.map(({ ms }) => ms)).toFixed(0)} ms`;
    const bare = 'a bare Node process; dist/index.js as built';
    return [
      judge({ id: 'import/time', samples: ours, unit: 'ms', goal: atMost(30), baseline: bare, detail }),
      judge({
        id: 'import/ccxt',
        samples: ours.map((ms, at) => ms / (ccxt[at] as number)),
        unit: '×',
        goal: atMost(0.1),
        baseline: `import of ${CCXT}, both above a bare Node process`,
        detail,
      }),
      judge({
        id: 'import/rss',
        samples: above('ours', 'rss').map((bytes) => bytes / 1_048_576),
        unit: 'MB',
        goal: atMost(12),
        baseline: bare,
        detail: `ccxt ${(median(above('ccxt', 'rss')) / 1_048_576).toFixed(0)} MB`,
      }),
    ];
  },
};

function start(module: string): Start {
  const code = `${module === '' ? '' : `await import(${JSON.stringify(module)});`}
    console.log(JSON.stringify({ ms: performance.now(), rss: process.memoryUsage().rss }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { env: directEnvironment() });
  return JSON.parse(String(output)) as Start;
}
