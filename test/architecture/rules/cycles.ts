import { listImports } from '../imports.js';
import type { Rule } from '../source.js';

/** No chain of imports that run leads back to its start. Erased imports do not count. */
export const hasNoCycles: Rule = (files) => {
  const edges = new Map(
    files.map((file) => [
      file.path,
      listImports(file).flatMap(({ target, kind }) => (target === undefined || kind === 'type' ? [] : [target])),
    ]),
  );
  const cycles: string[] = [];
  const done = new Set<string>();

  function visit(path: string, trail: readonly string[]): void {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const target of edges.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  }

  for (const path of edges.keys()) visit(path, []);
  return cycles;
};
