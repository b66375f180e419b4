import type { QueryValue, RequestParts } from '../adapter/endpoint.js';
import type { Signer } from '../adapter/signer.js';
import type { HttpRequest } from '../transport/http/http.js';

/** What all requests of an endpoint have in common. */
export interface RequestFrame {
  readonly method: HttpRequest['method'];
  /** Base URL with path, without a slash at the end. */
  readonly base: string;
  /** Path of the base, without a slash at the end. */
  readonly basePath: string;
  /** Below the base. */
  readonly path: string;
  /** The venue's own, for every request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly label: string;
  readonly idempotent: boolean;
}

/** How it is signed; absent for public calls. */
export interface Signing {
  readonly signer: Signer;
  /** Epoch ms by the venue's clock. */
  readonly now: number;
  readonly expiresAt?: number | undefined;
}

/** The request byte for byte: what is signed is what is sent. */
export function buildRequest(
  frame: RequestFrame,
  parts: RequestParts,
  signing: Signing | undefined,
  timeoutMs: number,
  written: HttpRequest['written'],
): HttpRequest {
  const { method, base, label, idempotent } = frame;
  const path = parts.path ?? frame.path;
  const body = parts.body === undefined ? undefined : JSON.stringify(parts.body);
  const signed = signing === undefined ? undefined : sign(frame, path, parts, body ?? '', signing);
  const query = signed?.query ?? encodeQuery(parts.query);
  const url = query === '' ? base + path : `${base}${path}?${query}`;
  const headers = { ...frame.headers, ...parts.headers, ...signed?.headers };
  return body === undefined
    ? { method, url, headers, label, idempotent, timeoutMs, written }
    : { method, url, headers, body, label, idempotent, timeoutMs, written };
}

function sign(frame: RequestFrame, path: string, parts: RequestParts, body: string, signing: Signing) {
  const { signer, now, expiresAt } = signing;
  const query: (readonly [string, string])[] = [];
  for (const name in parts.query) {
    const value = parts.query[name];
    if (value !== undefined) query.push([name, String(value)]);
  }
  const { method, basePath } = frame;
  const signedPath = basePath + path;
  const unsigned =
    expiresAt === undefined
      ? { method, path: signedPath, query, body }
      : { method, path: signedPath, query, body, expiresAt };
  return signer.sign(unsigned, now);
}

function encodeQuery(query: Readonly<Record<string, QueryValue>> | undefined): string {
  if (query === undefined) return '';
  let text = '';
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) text += `${text === '' ? '' : '&'}${name}=${encodeURIComponent(String(value))}`;
  }
  return text;
}
