import { createHmac } from 'node:crypto';

/**
 * Whether `signature` fits the parameters: query and body as they came, without the signature, glued together without
 * `&`. The venue rebuilds the percent escapes, so only canonical ones (upper-case hex, brackets and commas escaped) fit;
 * whether `!`, `'` and `*` are escaped is left to the client. Source: MEXC spot v3 docs, signed endpoints.
 */
export function isSignedBy(secretKey: string, query: string, body: string): boolean {
  const signature = signatureOf(query) ?? signatureOf(body);
  if (signature === undefined) return false;
  return [escapeStrictly, escapeBrackets].some((print) => {
    const parts = [query, body].map((text) => rebuild(text, print));
    if (parts.includes(undefined)) return false;
    return createHmac('sha256', secretKey).update(parts.join(''), 'utf8').digest('hex') === signature;
  });
}

function signatureOf(text: string): string | undefined {
  return text
    .split('&')
    .findLast((part) => part.startsWith('signature='))
    ?.slice('signature='.length);
}

function rebuild(text: string, print: (value: string) => string): string | undefined {
  try {
    return text
      .split('&')
      .filter((part) => !part.startsWith('signature='))
      .map((part) =>
        part
          .split('=')
          .map((side) => print(decodeURIComponent(side)))
          .join('='),
      )
      .join('&');
  } catch {
    return undefined;
  }
}

function escapeBrackets(value: string): string {
  return encodeURIComponent(value).replace(/[()]/g, toEscape);
}

function escapeStrictly(value: string): string {
  return encodeURIComponent(value).replace(/[()!'*]/g, toEscape);
}

function toEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
