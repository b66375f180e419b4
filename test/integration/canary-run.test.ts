import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { root, runNode } from '../package/run.js';
import { ENCODING_NAMES, encodeCanary } from '../support/canaries.js';

const REPORTER = fileURLToPath(new URL('../support/canary-reporter.ts', import.meta.url));
// Put together here, so that this file is none of those that name it.
const SECRET = ['a-secret', 'of', 'the-contract'].join('-');

/** A process that the scan listens to, and that prints the text when everything else is over. */
function printing(text: string, way: string) {
  const program = `
    const { CanaryReporter } = await import(${JSON.stringify(REPORTER)});
    new CanaryReporter([]).onInit();
    const text = ${JSON.stringify(text)};
    setImmediate(() => { ${way}; process.exit(); });`;
  return runNode(['--import', 'tsx', '--input-type=module', '-e', program], { cwd: root });
}

describe('a run that prints a secret', () => {
  it('fails, and names every encoding that it is printed in', async () => {
    const text = ENCODING_NAMES.map((encoding) => `${encodeCanary(encoding, SECRET)};`).join('');
    const { code, stdout } = await printing(text, 'console.log(text)');
    const named = ENCODING_NAMES.filter((encoding) => stdout.includes(` as ${encoding} in what the run has printed\n`));
    expect([named, code]).toEqual([ENCODING_NAMES, 1]);
  });

  it.each([
    ['an error', 'console.error(new Error(text))'],
    ['bytes', 'process.stdout.write(Buffer.from(text))'],
  ])('fails when it is printed as %s', async (_what, way) => {
    expect((await printing(SECRET, way)).code).toBe(1);
  });

  it('does not fail without one', async () => {
    const { code, stdout } = await printing('all is well', 'console.log(text)');
    expect(stdout).toMatch(/^all is well\ncanary scan: \d+ secrets, 12 characters, \d+ ms, 0 leaks\n$/);
    expect(code).toBe(0);
  });
});
