import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { runCli } from './run-cli.js';

const cases: ReadonlyArray<readonly [args: readonly string[], line: string]> = [
  [[], 'cex: expected sim, book, arb, demo, --help or --version, received nothing'],
  [['trade'], 'cex: expected sim, book, arb, demo, --help or --version, received trade'],
  [['demo', '--seconds', 'soon'], 'cex: --seconds: expected a number from 1 to 86400, received soon'],
  [['demo', '--seconds', '0'], 'cex: --seconds: expected a number from 1 to 86400, received 0'],
  [['demo', '--fast'], "cex: Unknown option '--fast'"],
  [['demo', 'now'], 'cex: unexpected argument now'],
  [['demo', '--live', '--seed', '1'], 'cex: --seed: the real exchanges have none, leave out --live or --seed'],
  [['demo', '--live', '--kill'], 'cex: --kill: the strategy runs on the simulator only, leave out --live or --kill'],
  [['arb'], 'cex: arb: expected scan, run, tasks, show or states, received nothing'],
  [['arb', 'run'], 'cex: arb run: expected --journal PATH'],
  [['arb', 'run', '--journal', 'x', '--mode', 'real'], 'cex: --mode: expected dry-run, paper, live, received real'],
  [
    ['arb', 'run', '--journal', 'x', '--mode', 'live'],
    "cex: --confirm: expected 'I trade real money' with --mode live, received nothing",
  ],
  [
    ['arb', 'run', '--journal', 'x', '--task', '{'],
    'cex: --task: expected JSON, or @ and the path of a file with JSON',
  ],
  [
    ['arb', 'tasks', '--journal', '/nowhere/tasks'],
    'cex: --journal: expected a journal, received /nowhere/tasks: ENOENT',
  ],
  [['arb', 'show', '--journal', 'x'], 'cex: arb show: expected the id of a task'],
  [['sim', '--port', '70000'], 'cex: --port: expected a whole number from 1 to 65531, received 70000'],
  [['book', 'mexc_spot'], 'cex: book: expected VENUE SYMBOL, as in: cex book mexc_spot BTC/USDT'],
  [
    ['book', 'kraken', 'BTC/USDT'],
    'cex: venue: expected one of mexc_spot, mexc_futures, gateio_spot, gateio_futures, gateio_futures_btc, received kraken',
  ],
  [
    ['book', 'mexc_futures', 'BTC/USDT', '--sim'],
    'cex: symbol: expected one of the 1 instruments of MEXC futures, received "BTC/USDT"',
  ],
  [['sim', '--port', '65532'], 'cex: --port: expected a whole number from 1 to 65531, received 65532'],
];

describe('cex with bad input', () => {
  it.each(cases)('%j is answered by one line and exit code 2', async (args, line) => {
    expect(await runCli(args)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
  });

  it('names the form of a symbol when a venue string is given', async () => {
    const { code, stdout, stderr } = await runCli(['book', 'mexc_spot', 'BTCUSDT']);
    expect({ code, stdout, lines: stderr.split('\n').length - 1 }).toEqual({ code: 2, stdout: '', lines: 1 });
    expect(stderr).toMatch(/^cex: symbol: .*'BTC\/USDT'.*BTCUSDT/);
  });
});

describe('cex arb run with a journal that cannot be read', () => {
  it('refuses it and leaves it as it is; asked to, keeps it beside, and knows no task of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cex-journal-'));
    const journal = join(folder, 'tasks');
    await writeFile(journal, 'no journal');
    const run = (...words: string[]) => runCli(['arb', 'run', '--journal', journal, ...words]);
    expect(await run()).toMatchObject({ code: 2, stderr: expect.stringContaining('no head of a journal') });
    expect(await readFile(journal, 'utf8')).toBe('no journal');
    expect(await run('--quarantine', '--start', 'gone')).toEqual({
      code: 2,
      stdout: '',
      stderr: 'cex: task: expected a task; there are none, received "gone"\n',
    });
    expect(await readFile(`${journal}.damaged`, 'utf8')).toBe('no journal');
    await rm(folder, { recursive: true });
  });
});

describe('cex about itself', () => {
  it('prints its version', async () => {
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('explains every command', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/cex book VENUE SYMBOL[\s\S]*cex sim[\s\S]*cex demo/);
  });
});
