import type { Credentials, SignedRequest, Signer, UnsignedRequest } from '../../../adapter/signer.js';
import { createHmacSha256 } from '../../../crypto/hmac.js';
import { ValidationError } from '../../../errors/kinds.js';
import { escapeText, isPlainText } from '../escape-text.js';

/** Ms; the venue refuses a longer window. */
const LONGEST_WINDOW_MS = 60_000;
/** Names that only the signer may set. */
const OWN_NAMES: ReadonlySet<string> = new Set(['timestamp', 'signature']);

/**
 * Signs query and body, glued together without `&`, and puts the signature last into the query. With an `expiresAt` the
 * venue is told a `recvWindow` that ends then; without one its own of 5 s applies. Source: MEXC spot v3 docs, signed endpoints.
 * @throws {ValidationError} for an empty secret; the error does not show it.
 */
export function createMexcSpotSigner({ apiKey, secretKey }: Credentials): Signer {
  const hmac = createHmacSha256(secretKey);
  return {
    sign(request, now) {
      const query = print(request, Math.floor(now));
      return { query: `${query}&signature=${hmac(query + request.body)}`, headers: headersOf(request, apiKey) };
    },
  };
}

/** Writing calls must name the type of their content, also when they have none. */
function headersOf({ method }: UnsignedRequest, apiKey: string): SignedRequest['headers'] {
  return method === 'GET'
    ? { 'X-MEXC-APIKEY': apiKey }
    : { 'X-MEXC-APIKEY': apiKey, 'Content-Type': 'application/json' };
}

function print({ query, expiresAt }: UnsignedRequest, timestamp: number): string {
  let text = '';
  for (const [name, value] of query) {
    if (OWN_NAMES.has(name) || (name === 'recvWindow' && expiresAt !== undefined)) refuse(name, 'nothing, it is added');
    text +=
      isPlainText(name) && isPlainText(value)
        ? `${name}=${value}&`
        : `${escapeText(name, name)}=${escapeText(value, name)}&`;
  }
  if (expiresAt !== undefined) {
    const windowMs = Math.min(Math.max(Math.floor(expiresAt) - timestamp, 1), LONGEST_WINDOW_MS);
    text += `recvWindow=${windowMs}&`;
  }
  return `${text}timestamp=${timestamp}`;
}

/** The value stays out of it: it may be a secret. */
function refuse(name: string, expected: string): never {
  throw new ValidationError({ field: `query.${name}`, expected, received: 'something else' });
}
