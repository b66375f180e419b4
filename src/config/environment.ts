import { ConfigurationError } from '../errors/kinds.js';
import type { VenueId } from '../model/venue-id.js';

/** The environment as the caller hands it over: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Sets one option in a venue's section. */
type Setting = readonly [path: readonly string[], read: (value: string, variable: string) => unknown];

const PREFIX = 'CEX_';

/** What follows `CEX_<VENUE>_`. Endpoints are not among them: who can set a variable must not redirect signed requests. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  API_KEY: [['credentials', 'apiKey'], readText],
  SECRET_KEY: [['credentials', 'secretKey'], readText],
  TIMEOUT_MS: [['timeoutMs'], readNumber],
  RECV_WINDOW_MS: [['recvWindowMs'], readNumber],
  RETRY_MAX_ATTEMPTS: [['retry', 'maxAttempts'], readNumber],
  RECONNECT_MAX_ATTEMPTS: [['reconnect', 'maxAttempts'], readNumber],
  RATE_LIMIT_SHARE: [['rateLimit', 'share'], readNumber],
  PROXY: [['proxy'], readText],
  SYMBOLS: [['symbols'], (value) => value.split(',').map((symbol) => symbol.trim())],
};

/** A venue's section before it is checked. */
export type RawSection = Readonly<Record<string, unknown>>;

/**
 * Sections by venue, from variables such as `CEX_MEXC_SPOT_API_KEY`. Empty variables count as not set.
 * @throws {ConfigurationError} for a variable with our prefix that means nothing: a typing error must not pass in silence.
 */
export function readEnvironment(env: Environment, venues: readonly VenueId[]): Map<VenueId, RawSection> {
  const sections = new Map<VenueId, RawSection>();
  for (const [variable, value] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || value === undefined || value === '') continue;
    const [venue, [path, read]] = settingOf(variable, venues);
    sections.set(venue, withValue(sections.get(venue) ?? {}, path, read(value, variable)));
  }
  return sections;
}

function settingOf(variable: string, venues: readonly VenueId[]): [VenueId, Setting] {
  for (const venue of venues) {
    const start = `${PREFIX}${venue.toUpperCase()}_`;
    const setting = variable.startsWith(start) ? SETTINGS[variable.slice(start.length)] : undefined;
    if (setting !== undefined) return [venue, setting];
  }
  const names = venues.map((venue) => venue.toUpperCase()).join(', ');
  throw new ConfigurationError({
    field: variable,
    expected: `${PREFIX}<VENUE>_<SETTING>, a venue of ${names} and a setting of ${Object.keys(SETTINGS).join(', ')}`,
    received: 'another name',
  });
}

function withValue(section: RawSection, path: readonly string[], value: unknown): RawSection {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...section, [name]: value };
  return { ...section, [name]: withValue((section[name] ?? {}) as RawSection, rest, value) };
}

function readText(value: string): string {
  return value;
}

function readNumber(value: string, variable: string): number {
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value);
  throw new ConfigurationError({ field: variable, expected: 'a plain number', received: 'another text' });
}
