import { gzipSync } from 'node:zlib';
import { loadEsbuild } from '../measure/esbuild.js';
import { atMost, judge } from '../measure/result.js';
import type { Suite } from '../measure/suite.js';

/** The public root, both venues, all that it may load later included, without ws and undici. */
export const bundle: Suite = {
  ids: ['bundle'],
  async run() {
    const { outputFiles = [] } = await loadEsbuild().build({
      entryPoints: ['src/index.ts'],
      outdir: 'bundle',
      bundle: true,
      splitting: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      external: ['ws', 'undici'],
      logLevel: 'error',
    });
    const sizes = outputFiles.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return [
      judge({
        id: 'bundle',
        samples: [total / 1_000],
        unit: 'kB',
        goal: atMost(60),
        baseline: 'esbuild, minified, each file gzipped; every export of the root kept',
        detail: `${sizes.length} files, the largest ${(Math.max(...sizes) / 1_000).toFixed(1)} kB`,
      }),
    ];
  },
};
