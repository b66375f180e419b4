import { ValidationError } from '../../errors/kinds.js';

/** Characters that are never escaped, by their codes. */
const PLAIN = new Set(
  Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.~-', (plain) => plain.charCodeAt(0)),
);
const IS_PLAIN = Uint8Array.from({ length: 128 }, (_, code) => (PLAIN.has(code) ? 1 : 0));

/** Whether nothing in it is escaped, as in almost every name and value. */
export function isPlainText(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (IS_PLAIN[text.charCodeAt(at)] !== 1) return false;
  return true;
}

/**
 * Strict percent escapes in upper case. The venue checks what it received, and URL parsers escape `'` by
 * themselves, so no character is left to anybody's taste.
 * @param name of the query value, named in the error; the value stays out of it, since it may be a secret.
 * @throws {ValidationError} for half characters.
 */
export function escapeText(text: string, name: string): string {
  if (isPlainText(text)) return text;
  let escaped: string;
  try {
    escaped = encodeURIComponent(text);
  } catch {
    throw new ValidationError({
      field: `query.${name}`,
      expected: 'text without half characters',
      received: 'something else',
    });
  }
  return escaped.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
