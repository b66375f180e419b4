import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { bundleSize } from '../../bench/measure/bundle-size.js';
import { runNode } from './run.js';

const cwd = inject('consumer');

/** What has been reached, with a little room; the goals stand in docs/BENCHMARKS.md. */
const MOST_KB = { marketData: 90, everything: 160 } as const;
/** Compiling the files is most of what an import costs; the other half of it is what Node loads for them. */
const MOST_IMPORTED_KB = 620;

describe('a program', () => {
  it('bundles half of the library when it reads market data alone', async () => {
    const names = 'createGateioFuturesPublic, createGateioPublic, createMexcFuturesPublic, createMexcPublic';
    const marketData = await bundleSize(`export { ${names} } from '@cex/sdk';`, cwd);
    const everything = await bundleSize(`export * from '@cex/sdk';`, cwd);
    expect(marketData.total).toBeLessThan(MOST_KB.marketData);
    expect(everything.total).toBeLessThan(MOST_KB.everything);
    expect(marketData.total).toBeGreaterThan(30);
  });

  it('loads few bytes at the import, and of Node neither crypto nor streams nor the network', async () => {
    const { stdout } = await runNode(['loaded.mjs', '@cex/sdk'], { cwd });
    const files = stdout.split('\n').filter((line) => line.includes('/@cex/sdk/dist/'));
    const bytes = [...new Set(files)].reduce((sum, url) => sum + statSync(fileURLToPath(url)).size, 0);
    expect(files.length).toBeGreaterThan(1);
    expect(bytes / 1_000).toBeLessThan(MOST_IMPORTED_KB);
    const listed = await runNode(
      [
        '--input-type=module',
        '-e',
        `const before = new Set(process.moduleLoadList);
        await import('@cex/sdk');
        console.log(process.moduleLoadList.filter((name) => !before.has(name)).join('\\n'));`,
      ],
      { cwd },
    );
    const heavy = listed.stdout
      .split('\n')
      .filter((name) => /^NativeModule (?:crypto|stream|net|http|https|tls|zlib)$/.test(name));
    expect({ code: listed.code, heavy }).toEqual({ code: 0, heavy: [] });
  });
});
