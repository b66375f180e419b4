import { createHmac } from 'node:crypto';

/**
 * Whether `signature` fits: lower-case hex over key, time and parameters. Parameters are the body as it came, or those of
 * the query, sorted by name and as they were sent; the docs sign the escaped value, official samples the plain one, and
 * either is taken. Source: MEXC contract docs, authentication.
 */
export function isSignedBy(
  secretKey: string,
  head: string,
  parameters: { readonly query: string; readonly body: string },
  signature: string,
): boolean {
  return variantsOf(parameters).some((text) => digest(secretKey, head + text) === signature);
}

/** The same over key and time alone: a login. Source: MEXC contract docs, WebSocket login. */
export function digest(secretKey: string, text: string): string {
  return createHmac('sha256', secretKey).update(text, 'utf8').digest('hex');
}

function variantsOf({ query, body }: { readonly query: string; readonly body: string }): readonly string[] {
  if (body !== '') return [body];
  if (query === '') return [''];
  const parts = query.split('&').sort((a, b) => compare(nameOf(a), nameOf(b)));
  const plain = parts.map((part) => decode(part));
  const escaped = plain.map((part) => part.split('=').map(encodeURIComponent).join('='));
  return [parts.join('&'), plain.join('&'), escaped.join('&')];
}

function nameOf(part: string): string {
  return part.split('=', 1)[0]!;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
