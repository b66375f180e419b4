import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadEsbuild, type OutputInfo } from '../measure/esbuild.js';
import { atMost, judge } from '../measure/result.js';
import type { Suite } from '../measure/suite.js';

const MARKET_DATA = `export {
  createGateioFuturesPublic,
  createGateioPublic,
  createMexcFuturesPublic,
  createMexcPublic,
} from './src/index.js';`;

/** What a program bundles that reads market data of both venues, all that it may load later included, without ws and undici. */
export const bundle: Suite = {
  ids: ['bundle'],
  async run() {
    const market = await measure(MARKET_DATA);
    const whole = await measure(`export * from './src/index.js';`);
    return [
      judge({
        id: 'bundle',
        samples: [market.total],
        unit: 'kB',
        goal: atMost(60),
        baseline: 'esbuild, minified, each file gzipped; spot and futures, REST, streams and books',
        detail: `${market.later.toFixed(1)} kB of it, protobufjs above all, loaded later; with trading ${whole.total.toFixed(1)} kB`,
      }),
    ];
  },
};

/** Sizes in kB of all files that the program may load, and of those that it loads later. */
async function measure(contents: string): Promise<{ total: number; later: number }> {
  const { outputFiles = [], metafile } = await loadEsbuild().build({
    stdin: { contents, resolveDir: process.cwd() },
    outdir: 'bundle',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['ws', 'undici'],
    logLevel: 'error',
  });
  const outputs = metafile?.outputs ?? {};
  const sizes = new Map(outputFiles.map(({ path, contents: code }) => [path, gzipSync(code, { level: 9 }).length]));
  const sizeOf = (files: Iterable<string>) =>
    [...files].reduce((sum, path) => sum + (sizes.get(resolve(path)) ?? 0), 0) / 1_000;
  const first = reach(outputs, 'bundle/stdin.js', ['import-statement']);
  const all = reach(outputs, 'bundle/stdin.js', ['import-statement', 'dynamic-import']);
  return { total: sizeOf(all), later: sizeOf(all) - sizeOf(first) };
}

/** The files that one of them leads to, itself among them. */
function reach(
  outputs: Readonly<Record<string, OutputInfo>>,
  path: string,
  kinds: readonly string[],
  seen: Set<string> = new Set(),
): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
    if (external !== true && kinds.includes(kind)) reach(outputs, next, kinds, seen);
  }
  return seen;
}
