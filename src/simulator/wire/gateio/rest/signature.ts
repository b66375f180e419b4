import { createHash, createHmac } from 'node:crypto';
import type { SimHttpRequest } from '../../../contract.js';

/**
 * What the client should have signed: method, path, decoded query, hash of the body as it came, and the time as it is in
 * the header. `undefined` when the query cannot be decoded. Source: Gate.io API v4 docs, authentication.
 */
function payloadOf({ method, query, body }: SimHttpRequest, path: string, timestamp: string): string | undefined {
  const decoded = decode(query.replaceAll('+', ' '));
  if (decoded === undefined) return undefined;
  const bodyHash = createHash('sha512').update(body, 'utf8').digest('hex');
  return [method.toUpperCase(), path, decoded, bodyHash, timestamp].join('\n');
}

/** Whether the header `SIGN` fits the request. Clients disagree on whether the path is signed encoded; both fit. */
export function isSignedBy(secretKey: string, request: SimHttpRequest): boolean {
  const { path, headers } = request;
  return [path, decode(path)].some((signedPath) => {
    const payload = signedPath && payloadOf(request, signedPath, headers['timestamp'] ?? '');
    if (!payload) return false;
    return createHmac('sha512', secretKey).update(payload, 'utf8').digest('hex') === headers['sign'];
  });
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
