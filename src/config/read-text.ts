import { ConfigurationError } from '../errors/kinds.js';

export type ConfigFormat = 'json' | 'yaml';

/**
 * Parses a configuration text. YAML needs the optional peer package `yaml`.
 * @param source how errors call it: the file's name, or `text`. The text itself never appears in an error.
 * @throws {ConfigurationError} for text that cannot be parsed, with its position where known.
 */
export async function parseText(text: string, format: ConfigFormat, source: string): Promise<unknown> {
  return format === 'yaml' ? parseYaml(text, source) : parseJsonText(text, source);
}

function parseJsonText(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(source, 'JSON');
  }
}

async function parseYaml(text: string, source: string): Promise<unknown> {
  const yaml = await import('yaml').catch(() => {
    throw new ConfigurationError({
      field: source,
      expected: 'the package yaml beside @cex/sdk (npm install yaml), or JSON',
      received: 'YAML',
    });
  });
  const document = yaml.parseDocument(text, { prettyErrors: true, logLevel: 'silent' });
  const error = document.errors[0];
  if (error !== undefined) throw unreadable(source, 'YAML', error.linePos?.[0].line);
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    throw unreadable(source, 'YAML');
  }
}

/** The parser's own message quotes the text, which may hold a secret, so at most the line is told. */
function unreadable(source: string, format: string, line?: number): ConfigurationError {
  const received = line === undefined ? 'other text' : `other text on line ${line}`;
  return new ConfigurationError({ field: source, expected: `valid ${format}`, received });
}
