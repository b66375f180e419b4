import { describe, expect, it } from 'vitest';
import { ambientFilesExist, isNotAmbient } from './rules/ambient.js';
import { hasNoCycles } from './rules/cycles.js';
import { namesExistingPaths } from './rules/documents.js';
import { usesDoors } from './rules/doors.js';
import { FOLDERS, foldersExist, respectsFolders } from './rules/folders.js';
import {
  ENTRIES,
  entriesExist,
  hasNoDefaultExport,
  isNamedWell,
  isNoBarrel,
  isSmall,
  knowsNoVenue,
} from './rules/shape.js';
import { type Rule, readFiles, readRootFiles, root, type SourceText } from './source.js';

const src = readFiles('src', '.ts');
const documents = [...readFiles('docs', '.md'), ...readRootFiles('.md')];

const file = (path: string, text: string): SourceText => ({ path, text });
const inFolder = (folder: string) => file(folder === 'root' ? 'src/a.ts' : `src/${folder}/a.ts`, '');
const allButLast = (files: readonly SourceText[]) => files.slice(0, -1);

interface Case {
  readonly title: string;
  readonly rule: Rule;
  readonly files: readonly SourceText[];
  /** Files that break the rule and what the rule must say about each list. */
  readonly planted: readonly { readonly files: readonly SourceText[]; readonly says: readonly string[] }[];
}

const cases: readonly Case[] = [
  {
    title: 'imports go down only',
    rule: respectsFolders,
    files: src,
    planted: [
      {
        files: [file('src/book/side.ts', "import { mexcSpot } from '../venues/mexc/spot/venue.js';")],
        says: ['src/book/side.ts:1: book may not import venues/mexc'],
      },
      {
        files: [file('src/exchange/a.ts', "export { gateioSpot } from '../venues/gateio/index.js';")],
        says: ['src/exchange/a.ts:1: exchange may not import venues/gateio'],
      },
      {
        files: [file('src/simulator/wire/a.ts', "const x = await import('../../adapter/json.js');")],
        says: ['src/simulator/wire/a.ts:1: simulator may not import adapter'],
      },
      {
        files: [file('src/simulator/a.ts', "let x: import('../exchange/topic.js').Topic;")],
        says: ['src/simulator/a.ts:1: simulator may not import exchange'],
      },
      {
        files: [file('src/adapter/a.ts', "\nimport { x } from '../transport/clock.js';")],
        says: ['src/adapter/a.ts:2: may import only types of transport'],
      },
      {
        files: [file('src/venues/mexc/a.ts', "import type { x } from '../gateio/spot/errors.js';")],
        says: ['src/venues/mexc/a.ts:1: venues/mexc may not import venues/gateio'],
      },
      {
        files: [file('src/model/a.ts', "import { x } from '../../test/support/x.js';")],
        says: ['src/model/a.ts:1: leaves src for test/support/x.ts'],
      },
      {
        files: [file('src/tools/a.ts', "import { x } from '../model/side.js';")],
        says: ['src/tools/a.ts:1: folder tools has no rule'],
      },
    ],
  },
  {
    title: 'every folder with a rule exists',
    rule: foldersExist,
    files: src,
    planted: [{ files: allButLast(Object.keys(FOLDERS).map((name) => inFolder(name))), says: ['root'] }],
  },
  {
    title: 'there are no import cycles at run time',
    rule: hasNoCycles,
    files: src,
    planted: [
      {
        files: [
          file('src/a.ts', "import './b.js';"),
          file('src/b.ts', "export * from './c.js';"),
          file('src/c.ts', "await import('./a.js');"),
        ],
        says: ['src/a.ts → src/b.ts → src/c.ts → src/a.ts'],
      },
    ],
  },
  {
    title: 'a third-party package comes in through its door, on first use',
    rule: usesDoors,
    files: src,
    planted: [
      {
        files: [file('src/exchange/a.ts', "await import('ws');")],
        says: [
          'src/exchange/a.ts:1: ws comes in through src/transport/ws/ws-door.ts or src/simulator/doors/loopback.ts only',
        ],
      },
      {
        files: [file('src/crypto/portable-hmac.ts', "import { hmac } from '@noble/hashes/hmac.js';")],
        says: ['src/crypto/portable-hmac.ts:1: @noble/hashes must be loaded with import() on first use'],
      },
      {
        files: [file('src/model/a.ts', "import _ from 'lodash/get';")],
        says: ['src/model/a.ts:1: lodash has no door'],
      },
      { files: [file('src/model/a.ts', 'await import(name);')], says: ['src/model/a.ts:1: <computed> has no door'] },
    ],
  },
  {
    title: 'time, chance, environment and console are never ambient',
    rule: isNotAmbient,
    files: src,
    planted: [
      { files: [file('src/book/a.ts', 'const t = Date.now();')], says: ['src/book/a.ts:1: Date.now'] },
      { files: [file('src/book/a.ts', '\n\nnew Date();')], says: ['src/book/a.ts:3: new Date()'] },
      { files: [file('src/book/a.ts', 'f(Math.random);')], says: ['src/book/a.ts:1: Math.random'] },
      { files: [file('src/book/a.ts', 'setTimeout(f, 1);')], says: ['src/book/a.ts:1: setTimeout()'] },
      { files: [file('src/book/a.ts', 'const later = setInterval;')], says: ['src/book/a.ts:1: setInterval'] },
      { files: [file('src/book/a.ts', 'globalThis.setTimeout(f);')], says: ['src/book/a.ts:1: globalThis'] },
      { files: [file('src/book/a.ts', 'const k = process.env.KEY;')], says: ['src/book/a.ts:1: process'] },
      {
        files: [file('src/book/a.ts', "process.getBuiltinModule('node:process');")],
        says: ['src/book/a.ts:1: process'],
      },
      { files: [file('src/book/a.ts', "console.log('x');")], says: ['src/book/a.ts:1: console'] },
      { files: [file('src/book/a.ts', 'performance.now();')], says: ['src/book/a.ts:1: performance'] },
      {
        files: [file('src/crypto/a.ts', "import { randomBytes } from 'node:crypto';")],
        says: ['src/crypto/a.ts:1: randomBytes'],
      },
      {
        files: [file('src/crypto/a.ts', "import { env } from 'node:process';")],
        says: ['src/crypto/a.ts:1: node:process'],
      },
    ],
  },
  {
    title: 'the files that may touch ambient time exist',
    rule: ambientFilesExist,
    files: src,
    planted: [
      {
        files: [file('src/transport/clock.ts', '')],
        says: ['src/transport/random.ts', 'src/transport/node-runtime.ts'],
      },
    ],
  },
  {
    title: 'generic code knows no venue by name',
    rule: knowsNoVenue,
    files: src,
    planted: [
      {
        files: [file('src/exchange/a.ts', "if (venue.id === 'mexc_spot') f();")],
        says: ['src/exchange/a.ts:1: names a venue in mexc_spot'],
      },
      {
        files: [file('src/transport/a.ts', 'const GATEIO_DELAY = 1;')],
        says: ['src/transport/a.ts:1: names a venue in GATEIO_DELAY'],
      },
      {
        files: [file('src/adapter/a.ts', 'x = /api\\.mexc\\.com/;')],
        says: ['src/adapter/a.ts:1: names a venue in /api\\.mexc\\.com/'],
      },
      {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a planted template
        files: [file('src/errors/a.ts', 'x = `gate.io ${y}`;')],
        says: ['src/errors/a.ts:1: names a venue in gate.io '],
      },
    ],
  },
  {
    title: 'nothing is exported as default',
    rule: hasNoDefaultExport,
    files: src,
    planted: [
      { files: [file('src/model/a.ts', 'export default 1;')], says: ['src/model/a.ts:1'] },
      { files: [file('src/model/a.ts', 'export default function f() {}')], says: ['src/model/a.ts:1'] },
      { files: [file('src/model/a.ts', 'const a = 1;\nexport { a as default };')], says: ['src/model/a.ts:2'] },
    ],
  },
  {
    title: 'no source file is above 300 lines',
    rule: isSmall,
    files: src,
    planted: [{ files: [file('src/model/a.ts', 'x;\n'.repeat(301))], says: ['src/model/a.ts: 301 lines'] }],
  },
  {
    title: 'only the public entries are made of re-exports',
    rule: isNoBarrel,
    files: src,
    planted: [
      { files: [file('src/book/all.ts', "export * from './side.js';")], says: ['src/book/all.ts'] },
      { files: [file('src/book/index.ts', 'export const a = 1;')], says: ['src/book/index.ts'] },
    ],
  },
  {
    title: 'every public entry exists',
    rule: entriesExist,
    files: src,
    planted: [{ files: allButLast(ENTRIES.map((path) => file(path, ''))), says: ['src/cli/index.ts'] }],
  },
  {
    title: 'files are named after what they hold, in kebab-case',
    rule: isNamedWell,
    files: src,
    planted: [
      { files: [file('src/book/orderBook.ts', '')], says: ['src/book/orderBook.ts'] },
      { files: [file('src/book/utils/round.ts', '')], says: ['src/book/utils/round.ts'] },
    ],
  },
  {
    title: 'documents name only paths that exist',
    rule: namesExistingPaths,
    files: documents,
    planted: [
      {
        files: [
          file('docs/a.md', 'See `src/nowhere.ts` and [this](../gone.md#part), not `npm test` or <https://x.y>.'),
        ],
        says: ['docs/a.md: src/nowhere.ts does not exist', 'docs/a.md: gone.md does not exist'],
      },
    ],
  },
];

describe.each(cases)('the rule: $title', ({ rule, files, planted }) => {
  it('holds', () => {
    expect(rule(files)).toEqual([]);
  });

  it('catches what breaks it', () => {
    expect(planted.map((plant) => rule(plant.files))).toEqual(planted.map((plant) => plant.says));
  });
});

it('looks at real files', () => {
  expect({ src: src.length > 30, documents: documents.length > 5, root: root.endsWith('/') }).toEqual({
    src: true,
    documents: true,
    root: true,
  });
});
