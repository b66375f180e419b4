import { ConfigurationError } from '../../errors/kinds.js';
import type { HttpRequest } from './http.js';

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;
const PATH = /^\/[\x21-\x7e]*$/;
/** Writing calls say how long their body is, also when they have none. */
const WITH_LENGTH: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
/** Only the connection itself may set them. */
const OWN: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);

/** Body and encoding of a request as they go over the wire: most are plain ASCII, which is written fastest. */
export interface RequestBytes {
  readonly text: string;
  readonly encoding: 'latin1' | 'utf8';
}

/**
 * The whole request, head and body. Source: RFC 9112, request line, field syntax.
 * @throws {ConfigurationError} for a path or header that would break out of it.
 */
export function printRequest(request: HttpRequest, path: string, host: string): RequestBytes {
  const { method, headers, body } = request;
  if (!PATH.test(path)) refuse();
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n`;
  for (const name in headers) {
    const value = headers[name] as string;
    if (!NAME.test(name) || !VALUE.test(value) || OWN.has(name.toLowerCase())) refuse();
    head += `${name}: ${value}\r\n`;
  }
  if (body === undefined) {
    const text = WITH_LENGTH.has(method) ? `${head}content-length: 0\r\n\r\n` : `${head}\r\n`;
    return { text, encoding: 'latin1' };
  }
  const size = Buffer.byteLength(body);
  const text = `${head}content-length: ${size}\r\n\r\n${body}`;
  return { text, encoding: size === body.length ? 'latin1' : 'utf8' };
}

function refuse(): never {
  throw new ConfigurationError({
    field: 'request',
    expected: 'headers and a path that HTTP can carry',
    received: '(hidden)',
  });
}
