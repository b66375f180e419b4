import ts from 'typescript';
import { at, parse, type Rule, type SourceText, walk } from '../source.js';

/** The files that are the source of time and chance, and the program around the library. */
const AMBIENT_FILES = ['src/transport/clock.ts', 'src/transport/random.ts', 'src/transport/node-runtime.ts'];
const AMBIENT_FOLDER = 'src/cli/';

const CALLS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'Date']);
/** Objects of which nothing may be used. */
const OBJECTS = new Set(['process', 'console', 'performance', 'globalThis', 'global']);
const MEMBERS = new Set([
  'Date.now',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'AbortSignal.timeout',
]);
const MODULES = /^(?:node:)?(?:timers(?:\/promises)?|process|console|perf_hooks)$/;
const CHANCE = /^(?:randomBytes|randomUUID|randomInt|randomFill|randomFillSync|webcrypto)$/;

/** Time, chance, environment and console come from outside, as parameters. */
export const isNotAmbient: Rule = (files) =>
  files
    .filter(({ path }) => !AMBIENT_FILES.includes(path) && !path.startsWith(AMBIENT_FOLDER))
    .flatMap((file) => {
      const found: string[] = [];
      walk(parse(file), (node) => {
        const name = ambientName(node);
        if (name !== undefined) found.push(`${at(file, node)}: ${name}`);
      });
      return found;
    });

/** The named files exist, so that the exception is not wider than it looks. */
export const ambientFilesExist = (files: readonly SourceText[]): string[] =>
  AMBIENT_FILES.filter((path) => !files.some((file) => file.path === path));

function ambientName(node: ts.Node): string | undefined {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && CALLS.has(node.expression.text)) {
    return `${node.expression.text}()`;
  }
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Date') {
    return (node.arguments?.length ?? 0) === 0 ? 'new Date()' : undefined;
  }
  if (ts.isIdentifier(node) && isValue(node)) {
    if (OBJECTS.has(node.text)) return isLateImport(node) ? undefined : node.text;
    if (CALLS.has(node.text) && node.text !== 'Date' && !ts.isCallExpression(node.parent)) return node.text;
  }
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const name = `${node.expression.text}.${node.name.text}`;
    if (MEMBERS.has(name)) return name;
  }
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    if (MODULES.test(node.moduleSpecifier.text)) return node.moduleSpecifier.text;
  }
  if (ts.isImportSpecifier(node) && CHANCE.test((node.propertyName ?? node.name).text)) return node.name.text;
  return undefined;
}

/** `process.getBuiltinModule('node:crypto')`: an import at the moment of need. */
function isLateImport({ parent }: ts.Identifier): boolean {
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(parent.parent)) return false;
  const [name] = parent.parent.arguments;
  const isCrypto = name !== undefined && ts.isStringLiteral(name) && name.text === 'node:crypto';
  return parent.name.text === 'getBuiltinModule' && isCrypto;
}

/** Whether the identifier is read as a variable: not a property's, parameter's or type's name. */
function isValue(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node;
  return ts.isExpression(parent) || ts.isShorthandPropertyAssignment(parent);
}
