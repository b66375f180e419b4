import { ConfigurationError } from '../errors/kinds.js';
import { parseSymbol } from '../model/symbol.js';
import type { ConfiguredOptions } from './config.js';

/** A venue's part of the file, checked. */
export interface VenueSection extends ConfiguredOptions {
  readonly credentials?: { readonly apiKey: string; readonly secretKey: string };
  readonly recvWindowMs?: number;
}

/** The whole file, checked. */
export interface ConfigFile {
  readonly defaults?: Omit<VenueSection, 'credentials' | 'endpoints'>;
  readonly venues?: Readonly<Record<string, VenueSection>>;
}

type Zod = typeof import('zod');

/** Values below these names are never repeated in an error; nor is the value of an unknown name, which may be mistyped. */
const SECRET_PATH = /credentials|proxy|endpoints/;

/**
 * Checks the parsed file against the schema.
 * @throws {ConfigurationError} naming the first field that is wrong, by its path.
 */
export async function checkFile(content: unknown): Promise<ConfigFile> {
  const result = createSchema(await import('zod')).safeParse(content);
  if (result.success) return result.data as ConfigFile;
  const issue = result.error.issues[0];
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0]].join('.');
    throw new ConfigurationError({ field, expected: 'the name of an option', received: 'another name' });
  }
  const field = path.join('.') || 'configuration';
  const received = SECRET_PATH.test(field) ? '[hidden]' : valueAt(content, path);
  throw new ConfigurationError({ field, expected: issue?.message ?? 'a valid configuration', received });
}

function createSchema({ z }: Zod) {
  const number = (least: number, most = Number.MAX_SAFE_INTEGER) => {
    const error = `a number from ${least} to ${most}`;
    return z.number({ error }).min(least, { error }).max(most, { error });
  };
  const text = (expected: string, accepts: (value: string) => boolean) =>
    z.string({ error: expected }).refine(accepts, { error: expected });
  const strict = <S extends Parameters<typeof z.strictObject>[0]>(shape: S) =>
    z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'an object') });

  const key = text('a text that is not empty', (value) => value !== '');
  const common = {
    timeoutMs: number(1, 3_600_000).optional(),
    recvWindowMs: number(1, 60_000).optional(),
    retry: strict({
      maxAttempts: number(1).optional(),
      baseDelayMs: number(0).optional(),
      maxDelayMs: number(0).optional(),
      maxRetryAfterMs: number(0).optional(),
    }).optional(),
    reconnect: strict({
      firstDelayMs: number(0).optional(),
      factor: number(1).optional(),
      maxDelayMs: number(0).optional(),
      floorMs: number(0).optional(),
      maxAttempts: number(0).optional(),
      stableAfterMs: number(0).optional(),
      maxConnectsPerMinute: number(1).optional(),
    }).optional(),
    rateLimit: strict({
      share: z
        .number({ error: 'a number above 0, up to 1' })
        .gt(0, { error: 'a number above 0, up to 1' })
        .max(1, { error: 'a number above 0, up to 1' }),
    }).optional(),
    proxy: text('an http:// or https:// URL', (value) => hasProtocol(value, ['http:', 'https:'])).optional(),
    compression: z.boolean({ error: 'true or false' }).optional(),
    symbols: z
      .array(text("a symbol such as 'BTC/USDT'", isSymbol), { error: "a list of symbols such as 'BTC/USDT'" })
      .optional(),
  };
  const venue = strict({
    ...common,
    endpoints: strict({
      rest: text('an https:// URL, or http:// on loopback', (value) => isSecure(value, 'https:', 'http:')).optional(),
      ws: text('a wss:// URL, or ws:// on loopback', (value) => isSecure(value, 'wss:', 'ws:')).optional(),
    }).optional(),
    credentials: strict({ apiKey: key, secretKey: key }).optional(),
  });
  return strict({
    defaults: strict(common).optional(),
    venues: z.record(z.string(), venue, { error: 'an object with one entry per venue' }).optional(),
  });
}

function hasProtocol(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function isSecure(value: string, secure: string, plain: string): boolean {
  if (!hasProtocol(value, [secure, plain])) return false;
  const { protocol, hostname, username, password } = new URL(value);
  if (username !== '' || password !== '') return false;
  return protocol === secure || /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/.test(hostname);
}

function isSymbol(value: string): boolean {
  try {
    parseSymbol(value);
    return true;
  } catch {
    return false;
  }
}

function valueAt(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    content,
  );
}
