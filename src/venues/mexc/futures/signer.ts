import type { Credentials, Signer } from '../../../adapter/signer.js';
import { createHmacSha256 } from '../../../crypto/hmac.js';
import { escapeText } from '../escape-text.js';

/** The venue acts on a request whose time is at most so far from its own. */
const WINDOW_MS = 10_000;

/**
 * Signs key, time and parameters: the query sorted by name and escaped as it is sent, or the body as it is. The venue
 * cannot be told when a request ends, but it counts from the time that the request names: with an `expiresAt` that time
 * lies so far back that the window ends then; it never lies ahead. Source: MEXC contract API docs, authentication.
 * @throws {ValidationError} for an empty secret; the error does not show it.
 */
export function createMexcFuturesSigner({ apiKey, secretKey }: Credentials): Signer {
  const hmac = createHmacSha256(secretKey);
  return {
    sign({ method, query, body, expiresAt }, now) {
      const time = String(Math.floor(expiresAt === undefined ? now : Math.min(now, expiresAt - WINDOW_MS)));
      const text = printQuery(query);
      const parameters = method === 'GET' || method === 'DELETE' ? text : body;
      return {
        query: text,
        headers: {
          ApiKey: apiKey,
          'Request-Time': time,
          Signature: hmac(`${apiKey}${time}${parameters}`),
          'Content-Type': 'application/json',
        },
      };
    },
  };
}

/**
 * The text of the login of a connection. Source: MEXC contract API docs, websocket login.
 * @throws {ValidationError} for an empty secret.
 */
export function createLogin({ apiKey, secretKey }: Credentials): (now: number) => string {
  const hmac = createHmacSha256(secretKey);
  return (now) => {
    const reqTime = String(Math.floor(now));
    return JSON.stringify({ method: 'login', param: { apiKey, reqTime, signature: hmac(apiKey + reqTime) } });
  };
}

function printQuery(query: readonly (readonly [string, string])[]): string {
  return [...query]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, value]) => `${escapeText(name, name)}=${escapeText(value, name)}`)
    .join('&');
}
