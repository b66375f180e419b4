import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** One file of the project. Rules take lists of these, so that a test can plant a violation. */
export interface SourceText {
  /** From the project's root, with `/`: `src/model/trade.ts`. */
  readonly path: string;
  readonly text: string;
}

/** A rule: what is wrong with these files, one line each, empty when nothing is. */
export type Rule = (files: readonly SourceText[]) => string[];

export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every file below `folder` whose name ends with `ending`, sorted. */
export function readFiles(folder: string, ending: string): SourceText[] {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .sort()
    .map(readSource);
}

/** The same for the files directly in the project's root. */
export function readRootFiles(ending: string): SourceText[] {
  return readdirSync(root)
    .filter((name) => name.endsWith(ending))
    .map(readSource);
}

function readSource(path: string): SourceText {
  return { path, text: readFileSync(root + path, 'utf8') };
}

const parsed = new WeakMap<SourceText, ts.SourceFile>();

export function parse(file: SourceText): ts.SourceFile {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
  parsed.set(file, tree);
  return tree;
}

/** Calls `visit` for the tree's nodes, parents first. */
export function walk(tree: ts.Node, visit: (node: ts.Node) => void): void {
  visit(tree);
  tree.forEachChild((child) => walk(child, visit));
}

/** `path:line` of a node, for messages. */
export function at(file: SourceText, node: ts.Node): string {
  const tree = parse(file);
  return `${file.path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
}
