import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from './run.js';

const read = (path: string) => readFileSync(root + path, 'utf8');
const readme = read('README.md');
const manifest = JSON.parse(read('package.json'));
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.trim().split('\n'));

describe('the README', () => {
  it('begins with the demo and the tests, as CI runs them', () => {
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm ci && npm test']);
    expect(read('.ci/run')).toContain(`'^${commands[1]}$'`);
  });

  it('names only npm scripts that exist', () => {
    const documents = readme + read('CONTRIBUTING.md');
    const named = [...documents.matchAll(/npm run ([a-z]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  it('imports only entries that the package exports', () => {
    const imported = [...readme.matchAll(/'@cex\/sdk(\/[a-z]+)?'/g)].map(([, path = '']) => `.${path}`);
    expect(imported.filter((path) => !(path in manifest.exports))).toEqual([]);
  });
});

it('the version of the changelog is the version of the package', () => {
  expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(manifest.version);
});

it('the lock file holds what npm ci asks for on every platform', () => {
  const packages: Record<string, { optionalDependencies?: object }> = JSON.parse(read('package-lock.json')).packages;
  const paths = Object.keys(packages);
  const wanted = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
  expect(wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual([]);
});
