import { createRequire } from 'node:module';

/** What of esbuild is used here. */
interface Esbuild {
  build(options: {
    readonly entryPoints?: readonly string[];
    readonly stdin?: { readonly contents: string; readonly resolveDir: string };
    readonly metafile?: boolean;
    readonly outdir: string;
    readonly bundle: true;
    readonly splitting: boolean;
    readonly minify: boolean;
    readonly write: boolean;
    readonly format: 'esm';
    readonly platform: 'node';
    readonly target: 'node20';
    readonly external?: readonly string[];
    readonly packages?: 'external';
    readonly outExtension?: Readonly<Record<string, string>>;
    readonly logLevel: 'error';
  }): Promise<{
    readonly outputFiles?: readonly { readonly path: string; readonly contents: Uint8Array }[];
    /** Files by path, relative to the working directory. */
    readonly metafile?: { readonly outputs: Readonly<Record<string, OutputInfo>> };
  }>;
}

/** What a file that was written needs. */
export interface OutputInfo {
  readonly imports: readonly { readonly path: string; readonly external?: boolean; readonly kind: string }[];
}

/** The bundler that the build of the package uses itself, through tsup. */
export function loadEsbuild(): Esbuild {
  const here = createRequire(import.meta.url);
  return createRequire(here.resolve('tsup'))('esbuild') as Esbuild;
}

/** Programs of this project as plain JavaScript for Node, each a `.mjs` in `outdir`; packages stay where they are. */
export async function bundlePrograms(entryPoints: string[], outdir: string): Promise<void> {
  await loadEsbuild().build({
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    minify: false,
    write: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  });
}
