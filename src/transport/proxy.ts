import { ConfigurationError } from '../errors/kinds.js';

/** An HTTP proxy that tunnels with CONNECT. */
export interface ProxyAddress {
  readonly hostname: string;
  readonly port: number;
  /** Value of the `Proxy-Authorization` header: a secret. */
  readonly authorization?: string;
}

/**
 * Reads `http://[user:password@]host[:port]`; the port defaults to 80.
 * @throws {ConfigurationError} that never shows the text, because it may hold a password.
 */
export function parseProxy(text: string): ProxyAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const rest = url && url.pathname + url.search + url.hash;
  const credentials = url && readCredentials(url);
  if (url?.protocol !== 'http:' || url.hostname === '' || rest !== '/' || credentials === undefined) {
    throw new ConfigurationError({
      field: 'proxy',
      expected: 'http://[user:password@]host:port',
      received: '(hidden)',
    });
  }
  // IPv6 addresses carry brackets in a URL but not in a socket address.
  const address = { hostname: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? 80 : Number(url.port) };
  if (url.username === '') return address;
  return { ...address, authorization: `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}` };
}

/** `user:password` without escapes; `undefined` where they cannot be read. */
function readCredentials({ username, password }: URL): string | undefined {
  try {
    return `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  } catch {
    return undefined;
  }
}
