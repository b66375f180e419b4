import { type Import, listImports } from '../imports.js';
import type { Rule } from '../source.js';

/** Which folders a folder may import, beside itself. `types`: only what the compiler erases. */
type Allowed = Readonly<Record<string, 'all' | 'types'>>;

const ground: Allowed = { model: 'all', errors: 'all' };

/**
 * The table of docs/ARCHITECTURE.md. `root` is the files directly in src. The simulator is an independent witness: it
 * shares no encoder with the venues that it imitates.
 */
export const FOLDERS: Readonly<Record<string, Allowed | 'everything'>> = {
  model: ground,
  errors: ground,
  crypto: ground,
  transport: ground,
  adapter: { ...ground, transport: 'types' },
  book: { ...ground, adapter: 'types' },
  exchange: { ...ground, transport: 'all', adapter: 'all', book: 'all' },
  'venues/mexc': { ...ground, crypto: 'all', adapter: 'all' },
  'venues/gateio': { ...ground, crypto: 'all', adapter: 'all' },
  simulator: { ...ground, crypto: 'all', transport: 'all', book: 'all' },
  arbitrage: { ...ground, transport: 'all', book: 'all', exchange: 'types' },
  observability: ground,
  config: 'everything',
  cli: 'everything',
  root: 'everything',
};

/** The architectural folder of a path in src: `src/venues/mexc/spot/venue.ts` → `venues/mexc`. */
function folderOf(path: string): string {
  const [, first = '', second = '', third] = path.split('/');
  if (second === '') return 'root';
  return first === 'venues' && third !== undefined ? `venues/${second}` : first;
}

/** Imports go down only, as {@link FOLDERS} says; a folder that the table does not know is itself a violation. */
export const respectsFolders: Rule = (files) => files.flatMap(listImports).flatMap(judge);

/** Every folder of the table holds a file, so that no rule guards something that is gone. */
export const foldersExist: Rule = (files) => {
  const existing = new Set(files.map((file) => folderOf(file.path)));
  return Object.keys(FOLDERS).filter((folder) => !existing.has(folder));
};

function judge({ from, where, target, kind }: Import): string[] {
  const folder = folderOf(from);
  const allowed = FOLDERS[folder];
  if (allowed === undefined) return [`${where}: folder ${folder} has no rule`];
  if (target === undefined || allowed === 'everything') return [];
  const other = folderOf(target);
  if (!target.startsWith('src/')) return [`${where}: leaves src for ${target}`];
  if (other === folder || allowed[other] === 'all') return [];
  if (allowed[other] === 'types') return kind === 'type' ? [] : [`${where}: may import only types of ${other}`];
  return [`${where}: ${folder} may not import ${other}`];
}
