import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadEsbuild, type OutputInfo } from './esbuild.js';

/** Sizes in kB of all files that the program may load, and of those that it loads later. */
export async function bundleSize(contents: string, resolveDir: string): Promise<{ total: number; later: number }> {
  const { outputFiles = [], metafile } = await loadEsbuild().build({
    stdin: { contents, resolveDir },
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
