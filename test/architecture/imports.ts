import { posix } from 'node:path';
import ts from 'typescript';
import { at, parse, type SourceText, walk } from './source.js';

export interface Import {
  /** Path of the importing file. */
  readonly from: string;
  /** `path:line` of the statement. */
  readonly where: string;
  readonly specifier: string;
  /** `type`: erased by the compiler. `dynamic`: runs when the program asks for it. */
  readonly kind: 'static' | 'dynamic' | 'type';
  /** The imported file from the project's root; `undefined` for packages. */
  readonly target: string | undefined;
}

/** Every import of a file: statements, re-exports, `import()`, `require()`, and types written as `import('x').Y`. */
export function listImports(file: SourceText): Import[] {
  const imports: Import[] = [];
  walk(parse(file), (node) => {
    const found = readImport(node);
    if (found === undefined) return;
    imports.push({ from: file.path, where: at(file, node), ...found, target: resolve(file.path, found.specifier) });
  });
  return imports;
}

function readImport(node: ts.Node): Pick<Import, 'specifier' | 'kind'> | undefined {
  if (ts.isImportDeclaration(node)) {
    const erased = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return { specifier: textOf(node.moduleSpecifier), kind: erased ? 'type' : 'static' };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return { specifier: textOf(node.moduleSpecifier), kind: node.isTypeOnly ? 'type' : 'static' };
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return { specifier: textOf(node.argument.literal), kind: 'type' };
  }
  if (ts.isCallExpression(node) && node.arguments[0] !== undefined) {
    if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      return { specifier: textOf(node.arguments[0]), kind: 'dynamic' };
    }
    if (ts.isIdentifier(node.expression) && node.expression.text === 'require') {
      return { specifier: textOf(node.arguments[0]), kind: 'static' };
    }
  }
  return undefined;
}

/** A computed specifier cannot be checked, so it comes out as a name that no rule allows. */
function textOf(node: ts.Node): string {
  return ts.isStringLiteralLike(node) ? node.text : '<computed>';
}

function resolve(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts');
}

/** Name of the package that a specifier belongs to: `@noble/hashes/hmac.js` → `@noble/hashes`. */
export function packageOf(specifier: string): string {
  return specifier.startsWith('node:') ? specifier : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
