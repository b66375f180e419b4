import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Path of the packed tarball. */
    readonly tarball: string;
    /** A folder outside of the project where the tarball is installed, with the scripts of `consumer` beside it. */
    readonly consumer: string;
  }
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Builds, packs and installs once for all package tests. Installing needs the npm registry or npm's cache. */
export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cex-package-'));
  npm(['run', 'build'], root);
  npm(['pack', '--ignore-scripts', '--pack-destination', folder], root);
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'nothing packed');
  const consumer = join(folder, 'consumer');
  cpSync(join(root, 'test/package/consumer'), consumer, { recursive: true });
  npm(['install', '--no-save', '--no-audit', '--no-fund', '--prefer-offline', tarball], consumer);
  project.provide('tarball', tarball);
  project.provide('consumer', consumer);
  return () => rmSync(folder, { recursive: true, force: true });
}

function npm(args: readonly string[], cwd: string): void {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'], shell: process.platform === 'win32' });
}
