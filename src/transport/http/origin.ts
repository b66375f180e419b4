import { ConfigurationError } from '../../errors/kinds.js';

const SLASH_CODE = 47;

/** `https://api.example.com`. @throws {ConfigurationError} */
export function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.origin;
  throw new ConfigurationError({ field: 'origin', expected: 'http(s)://host[:port]', received: '(hidden)' });
}

/**
 * Path and query as they were given: a signature covers the exact bytes, so nothing is normalised.
 * @throws {ConfigurationError} for an address of another origin.
 */
export function pathOf(url: string, origin: string): string {
  if (url.startsWith(origin) && url.charCodeAt(origin.length) === SLASH_CODE) return url.slice(origin.length);
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const base = url.slice(0, start);
  if (start > 0 && (base === origin || (URL.canParse(base) && new URL(base).origin === origin)))
    return url.slice(start);
  throw new ConfigurationError({ field: 'request url', expected: `an address below ${origin}`, received: '(hidden)' });
}
