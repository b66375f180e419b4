import { ConfigurationError } from '../errors/kinds.js';
import type { KnownVenueId } from '../index.js';
import type { VenueId } from '../model/venue-id.js';
import type { Config, VenueConfig } from './config.js';
import { type Environment, type RawSection, readEnvironment } from './environment.js';
import { type ConfigFormat, parseText } from './read-text.js';
import { type ConfigFile, checkFile, type VenueSection } from './schema.js';

export interface LoadConfigOptions {
  /** Path of a `.json`, `.yaml` or `.yml` file. */
  readonly file?: string;
  /** The content itself, instead of a file. */
  readonly text?: string;
  /** Default: by the file's ending; `'json'` for `text`. */
  readonly format?: ConfigFormat;
  /**
   * Pass `process.env` to let variables such as `CEX_MEXC_SPOT_API_KEY` win over the file. The library never looks at
   * the environment by itself.
   */
  readonly env?: Environment;
  /** Ids that may be configured. Default: the built-in venues. Add the id of an adapter of your own. */
  readonly venues?: readonly VenueId[];
}

/** The type makes sure that none is missing; the venues themselves are not loaded for a configuration. */
const BUILT_IN: readonly VenueId[] = Object.keys({
  mexc_spot: true,
  mexc_futures: true,
  gateio_spot: true,
  gateio_futures: true,
  gateio_futures_btc: true,
} satisfies Record<KnownVenueId, true>);

/**
 * Reads options for the factories from a file or text and from the environment, in that order of rising precedence.
 * @throws {ConfigurationError} naming the file, variable or field; it never repeats a secret.
 */
export async function loadConfig(options: LoadConfigOptions): Promise<Config> {
  const known = options.venues ?? BUILT_IN;
  const content = await readContent(options);
  const file = await checkFile(withEnvironment(content, readEnvironment(options.env ?? {}, known)));
  const named = Object.keys(file.venues ?? {});
  for (const venue of named) requireKnown(`venues.${venue}`, venue, known);
  return {
    venues: named,
    forVenue(venue) {
      requireKnown('venue', venue, known);
      return createVenueConfig(file, venue);
    },
  };
}

async function readContent({ file, text, format }: LoadConfigOptions): Promise<unknown> {
  if (file !== undefined && text !== undefined) {
    throw new ConfigurationError({ field: 'text', expected: 'either file or text', received: 'both' });
  }
  if (file !== undefined) {
    const known = format ?? formatOf(file);
    return parseText(await readFile(file), known, file);
  }
  return text === undefined ? {} : parseText(text, format ?? 'json', 'text');
}

async function readFile(path: string): Promise<string> {
  const fs = await import('node:fs/promises');
  return fs.readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError({
      field: 'file',
      expected: 'a file that can be read',
      received: `${path} (${error.code})`,
    });
  });
}

function formatOf(file: string): ConfigFormat {
  if (file.endsWith('.json')) return 'json';
  if (file.endsWith('.yaml') || file.endsWith('.yml')) return 'yaml';
  throw new ConfigurationError({ field: 'file', expected: 'a .json, .yaml or .yml file, or a format', received: file });
}

function withEnvironment(content: unknown, sections: ReadonlyMap<VenueId, RawSection>): unknown {
  if (sections.size === 0 || !isObject(content)) return content;
  const venues = content['venues'] ?? {};
  if (!isObject(venues)) return content;
  const merged = [...sections].map(([venue, section]) => [venue, merge(venues[venue], section)]);
  return { ...content, venues: { ...venues, ...Object.fromEntries(merged) } };
}

function createVenueConfig({ defaults, venues }: ConfigFile, venue: VenueId): VenueConfig {
  const section = merge(defaults, venues?.[venue] ?? {}) as VenueSection;
  const { credentials, recvWindowMs, ...options } = section;
  return {
    options,
    ...(credentials === undefined ? {} : { credentials: () => ({ ...credentials }) }),
    ...(recvWindowMs === undefined ? {} : { recvWindowMs }),
  };
}

/**
 * `over` wins, field by field, one level deep: that is how deep sections go. What is no object where one belongs stays,
 * so that the schema refuses it.
 */
function merge(under: unknown, over: object): unknown {
  if (under === undefined) return over;
  if (!isObject(under)) return under;
  const merged: Record<string, unknown> = { ...under };
  for (const [name, value] of Object.entries(over)) {
    const existing = merged[name];
    if (existing === undefined || !isObject(value)) merged[name] = value;
    else if (isObject(existing)) merged[name] = { ...existing, ...value };
  }
  return merged;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function requireKnown(field: string, venue: VenueId, known: readonly VenueId[]): void {
  if (known.includes(venue)) return;
  throw new ConfigurationError({ field, expected: `one of ${known.join(', ')}`, received: venue });
}
