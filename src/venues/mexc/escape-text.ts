import { ValidationError } from '../../errors/kinds.js';

/** Nothing to escape: almost every name and value. */
const PLAIN = /^[\w.~-]*$/;

/** Whether nothing in it is escaped. */
export function isPlainText(text: string): boolean {
  return PLAIN.test(text);
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
