import { isExchangeError } from '../errors/exchange-error.js';
import { redactText } from '../errors/redact.js';

const HIDDEN = '[redacted]';
const SECRET_NAME =
  /signature|secret|passphrase|password|token|authorization|cookie|credential|(?:listen|api|access)[-_]?key|^(?:key|sign)$/i;
const MAX_DEPTH = 4;
const MAX_ENTRIES = 50;

/**
 * A copy of a value that is safe to print: fields with secret-looking names are hidden, texts pass
 * {@link redactText}, errors lose everything but name and message, and what is deep or long is cut.
 */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (isExchangeError(value)) return redactValue(value.toJSON(), depth);
  if (value instanceof Error) return { name: value.name, message: redactText(value.message) };
  if (depth >= MAX_DEPTH) return '[deep]';
  if (Array.isArray(value)) return value.slice(0, MAX_ENTRIES).map((item) => redactValue(item, depth + 1));
  return redactObject(value, depth);
}

function redactObject(value: object, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, MAX_ENTRIES);
  return Object.fromEntries(
    entries.map(([name, field]) => [name, SECRET_NAME.test(name) ? HIDDEN : redactValue(field, depth + 1)]),
  );
}
