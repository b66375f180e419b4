import type { Credentials, Signer, UnsignedRequest } from '../../adapter/signer.js';
import { createHmacSha512 } from '../../crypto/hmac.js';
import { ValidationError } from '../../errors/kinds.js';
import { restPayload } from './signature.js';
import { toWholeSeconds } from './times.js';

/**
 * Signs REST calls: the decoded query is signed, the encoded one is sent, and commas of lists stay literal. The time goes
 * out in whole seconds; with `expiresAt` the venue refuses the request when it arrives later.
 * Source: Gate API v4 docs, authentication and request headers.
 */
export function createGateioSigner({ apiKey, secretKey }: Credentials): Signer {
  const hmac = createHmacSha512(secretKey);
  return {
    sign({ method, path, query, body, expiresAt }, now) {
      const timestamp = String(toWholeSeconds(now));
      const decoded = query.map(([name, value]) => `${name}=${value}`).join('&');
      const SIGN = hmac(restPayload({ method, path, query: decoded, body, timestamp }));
      const headers =
        expiresAt === undefined
          ? { KEY: apiKey, Timestamp: timestamp, SIGN }
          : { KEY: apiKey, Timestamp: timestamp, SIGN, 'x-gate-exptime': String(Math.floor(expiresAt)) };
      return { query: encodeQuery(query), headers };
    },
  };
}

function encodeQuery(query: UnsignedRequest['query']): string {
  return query.map(([name, value]) => `${name}=${encodeValue(name, value)}`).join('&');
}

function encodeValue(name: string, value: string): string {
  try {
    return encodeURIComponent(value).replaceAll('%2C', ',');
  } catch {
    throw new ValidationError({ field: name, expected: 'a text that is valid Unicode', received: typeof value });
  }
}
