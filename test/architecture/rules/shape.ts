import { basename } from 'node:path';
import ts from 'typescript';
import { at, parse, type Rule, type SourceText, walk } from '../source.js';

const MAX_LINES = 300;
const VAGUE_FOLDERS = /\/(?:utils?|commons?|helpers?|base|misc|shared)\//;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.ts$/;

/** Folders whose code must not know any venue. */
const GENERIC = /^src\/(?:model|errors|crypto|transport|adapter|book|exchange|arbitrage|observability)\//;
const VENUE_NAME = /mexc|gate(?:[._-]?io|_spot|_futures)\b|gateio/i;

/** The public entries: the only files that may consist of re-exports. */
export const ENTRIES = [
  'src/index.ts',
  'src/venues/mexc/index.ts',
  'src/venues/gateio/index.ts',
  'src/adapter/index.ts',
  'src/simulator/index.ts',
  'src/arbitrage/index.ts',
  'src/config/index.ts',
  'src/observability/index.ts',
  'src/cli/index.ts',
];

/** Generic code knows no venue by name. Comments may give examples. */
export const knowsNoVenue: Rule = (files) =>
  files
    .filter(({ path }) => GENERIC.test(path))
    .flatMap((file) => {
      const found: string[] = [];
      walk(parse(file), (node) => {
        const isName = ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);
        const isPattern = node.kind === ts.SyntaxKind.RegularExpressionLiteral;
        if (!isName && !isPattern) return;
        const text = 'text' in node ? String(node.text) : node.getText();
        if (VENUE_NAME.test(text)) found.push(`${at(file, node)}: names a venue in ${text}`);
      });
      return found;
    });

export const hasNoDefaultExport: Rule = (files) =>
  files.flatMap((file) =>
    parse(file).statements.flatMap((statement) => (isDefaultExport(statement) ? [at(file, statement)] : [])),
  );

export const isSmall: Rule = (files) =>
  files.flatMap(({ path, text }) => {
    const lines = text.trimEnd().split('\n').length;
    return lines > MAX_LINES ? [`${path}: ${lines} lines`] : [];
  });

export const isNoBarrel: Rule = (files) =>
  files
    .filter(({ path }) => !ENTRIES.includes(path))
    .flatMap((file) => {
      const { statements } = parse(file);
      const onlyForwards = statements.length > 0 && statements.every(forwards);
      return onlyForwards || basename(file.path) === 'index.ts' ? [file.path] : [];
    });

export const isNamedWell: Rule = (files) =>
  files.flatMap(({ path }) => (KEBAB.test(basename(path)) && !VAGUE_FOLDERS.test(path) ? [] : [path]));

/** An entry that no longer exists would leave its exception behind. */
export const entriesExist = (files: readonly SourceText[]): string[] =>
  ENTRIES.filter((path) => !files.some((file) => file.path === path));

function isDefaultExport(statement: ts.Statement): boolean {
  if (ts.isExportAssignment(statement)) return true;
  if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
    return statement.exportClause.elements.some((element) => element.name.text === 'default');
  }
  return ts.canHaveModifiers(statement)
    ? (ts.getModifiers(statement) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword)
    : false;
}

function forwards(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) || ts.isImportDeclaration(statement);
}
