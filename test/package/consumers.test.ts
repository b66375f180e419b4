import { describe, expect, inject, it } from 'vitest';
import { root, runNode } from './run.js';

const cwd = inject('consumer');
const entries = ['', '/mexc', '/gateio', '/adapter', '/simulator', '/arbitrage', '/config', '/observability'].map(
  (path) => `@cex/sdk${path}`,
);
const heavy = /node_modules\/(ws|undici|protobufjs|zod|yaml|@noble\/hashes)\//;

/** The heavy packages among the modules that a script reports. */
function heavyIn(stdout: string): string[] {
  return [...new Set(stdout.split('\n').flatMap((line) => heavy.exec(line)?.[1] ?? []))].sort();
}

describe('an installed package', () => {
  it.each(['smoke.mjs', 'smoke.cjs'])('works for a program like %s, which then ends by itself', async (script) => {
    const { code, stdout, stderr } = await runNode([script], { cwd, timeoutMs: 60_000 });
    const lines = stdout.trim().split('\n');
    expect({ code, stderr, wrong: lines.filter((line) => !line.startsWith('ok ')), checks: lines.length }).toEqual({
      code: 0,
      stderr: '',
      wrong: [],
      checks: 20,
    });
  });

  it.each(
    entries.flatMap((entry) => [
      { entry, script: 'loaded.mjs' },
      { entry, script: 'loaded.cjs' },
    ]),
  )('loads no heavy package for $entry ($script)', async ({ entry, script }) => {
    const { code, stdout, stderr } = await runNode([script, entry], { cwd });
    expect({ code, stderr, sees: stdout.includes('/@cex/sdk/dist/'), heavy: heavyIn(stdout) }).toEqual({
      code: 0,
      stderr: '',
      sees: true,
      heavy: [],
    });
  });

  it('the check for heavy packages sees each of them', async () => {
    const names = ['@noble/hashes/sha2.js', 'protobufjs', 'undici', 'ws', 'zod'];
    const { stdout } = await runNode(['loaded.mjs', ...names], { cwd });
    expect(heavyIn(stdout)).toEqual(['@noble/hashes', 'protobufjs', 'undici', 'ws', 'zod']);
  });

  it('knows itself by name', async () => {
    const program = "const { isExchangeError } = await import('@cex/sdk'); console.log(typeof isExchangeError)";
    expect(await runNode(['--input-type=module', '-e', program], { cwd: root })).toEqual({
      code: 0,
      stdout: 'function\n',
      stderr: '',
    });
  });

  it.each(['node16', 'bundler'])('has types that a strict program accepts with moduleResolution %s', async (mode) => {
    const tsc = `${root}node_modules/typescript/bin/tsc`;
    const { code, stdout } = await runNode(
      [tsc, '-p', `types/tsconfig.${mode}.json`, '--typeRoots', `${root}node_modules/@types`],
      { cwd },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });
});
