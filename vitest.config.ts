import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { CanaryReporter } from './test/support/canary-reporter.js';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests import the sources by the public names; only the package tests see what was built. */
const alias = [
  { find: /^@cex\/sdk$/, replacement: source('src/index.ts') },
  { find: /^@cex\/sdk\/(mexc|gateio)$/, replacement: source('src/venues/$1/index.ts') },
  { find: /^@cex\/sdk\/([a-z]+)$/, replacement: source('src/$1/index.ts') },
];

/** Groups run one after the other, so that sockets and child processes do not fight the fast tests for two cores. */
function group(name: string, groupOrder: number, testTimeout: number) {
  return {
    resolve: { alias },
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout,
      hookTimeout: testTimeout,
      sequence: { groupOrder },
    },
  };
}

// CI wants the figures as a file beside the usual output.
const report = process.env['CI_REPORT'];

export default defineConfig({
  test: {
    pool: 'threads',
    // The scan comes first, so that it hears what the others print.
    reporters: [
      new CanaryReporter(report === undefined ? [] : [report]),
      'default',
      ...(report === undefined ? [] : ['json']),
    ],
    ...(report === undefined ? {} : { outputFile: { json: report } }),
    projects: [
      group('unit', 0, 10_000),
      group('contract', 0, 10_000),
      group('architecture', 0, 60_000),
      group('property', 1, 120_000),
      group('integration', 2, 60_000),
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          globalSetup: ['test/package/set-up.ts'],
          testTimeout: 120_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
