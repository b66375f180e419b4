import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, inject, it } from 'vitest';
import { root, runNode } from './run.js';

const tarball = inject('tarball');
const installed = join(inject('consumer'), 'node_modules/@cex/sdk');
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));

describe('the packed package', () => {
  it('holds what was built and the documents, nothing else', () => {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    const outside = files.filter((file) => !/^package\/(?:dist|proto)\//.test(file)).sort();
    expect(outside).toEqual(
      ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'].map((name) => `package/${name}`),
    );
    expect(files.filter((file) => file.startsWith('package/dist/') && !/\.(?:c?js|d\.c?ts)$/.test(file))).toEqual([]);
    expect(files.filter((file) => file.startsWith('package/proto/') && !file.endsWith('.proto'))).toEqual([]);
  });

  // Everything comes twice, for import and for require, and readable. Of 914 kB with perpetuals and arbitrage the simulated
  // exchanges are a third, the declarations a seventh; spot alone had 700 kB.
  it('is not larger than its code explains', () => {
    expect(statSync(tarball).size).toBeLessThan(950_000);
  });

  it('runs nothing when it is installed', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare'];
    expect(hooks.filter((hook) => hook in manifest.scripts)).toEqual([]);
  });

  it('depends on five packages, each at an exact version, and on yaml only if it is there', () => {
    expect(Object.keys(manifest.dependencies).sort()).toEqual(['@noble/hashes', 'protobufjs', 'undici', 'ws', 'zod']);
    expect(Object.values<string>(manifest.dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual(
      [],
    );
    expect([Object.keys(manifest.peerDependencies), manifest.peerDependenciesMeta]).toEqual([
      ['yaml'],
      { yaml: { optional: true } },
    ]);
  });

  it('exports only files that exist, in pairs of code and types', () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string'
        ? [target]
        : Object.values(target as object).flatMap((pair: object) => Object.values(pair)),
    );
    expect(targets).toHaveLength(8 * 4 + 1);
    expect(
      [...targets, manifest.main, manifest.module, manifest.types, manifest.bin.cex].filter(
        (path) => !existsSync(join(installed, path)),
      ),
    ).toEqual([]);
  });

  it('satisfies publint in strict mode', async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  it('gives right types in every mode of resolution', async () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const { code, stdout, stderr } = await runNode([attw, tarball, '--format', 'ascii', '--no-definitely-typed'], {
      cwd: root,
    });
    expect({ code, stdout, stderr }).toMatchObject({ code: 0, stdout: expect.stringContaining('No problems found') });
  });
});
