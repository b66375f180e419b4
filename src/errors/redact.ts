const HIDDEN = '[redacted]';

/** Query or JSON fields whose values are secret on some venue. */
const SECRET_FIELD =
  /((?:signature|sign|listenKey|api[-_]?key|access[-_]?key|secret(?:[-_]?key)?|key|passphrase|token|authorization)(?:\s*=\s*["']?|["']\s*:\s*["']?))([^\s&"',;}]+)/gi;

/** A printed header line of a signed request. */
const SECRET_HEADER = /\b(X-[A-Z]+-APIKEY|KEY|SIGN|Authorization)(\s*:\s*)\S+/g;

/** A run of 32 or more hex digits or 40 or more base64 characters: signatures, listen keys and secrets look like that. */
const LONG_TOKEN = /\b(?:[0-9a-f]{32,}|[A-Za-z0-9+/_-]{40,}={0,2})\b/gi;

/**
 * Text that is safe to print: values of secret-looking fields and long tokens are replaced. A second line of defence:
 * nothing should hand a secret to it in the first place.
 */
export function redactText(text: string): string {
  return text.replace(SECRET_FIELD, `$1${HIDDEN}`).replace(SECRET_HEADER, `$1$2${HIDDEN}`).replace(LONG_TOKEN, HIDDEN);
}

/** How an input is shown in a validation error: short, one line, never an object's content. */
export function describe(value: unknown): string {
  if (typeof value === 'string')
    return redactText(JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value));
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}
