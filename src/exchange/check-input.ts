import { ValidationError } from '../errors/kinds.js';

/** The options, where there are none an empty object. @throws {ValidationError} for anything else. */
export function readOptions<T extends object>(options: T | undefined, field = 'options'): Partial<T> {
  if (options === undefined) return {};
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return options;
  throw new ValidationError({ field, expected: 'an object', received: options });
}

/** What was handed over as it is now: the caller may change the object while we wait, and what was checked is sent. */
export function asGiven<T>(input: T): T {
  return typeof input === 'object' && input !== null && !Array.isArray(input) ? { ...input } : input;
}

/** @throws {ValidationError} */
export function requireHandler(handler: unknown): void {
  if (typeof handler !== 'function')
    throw new ValidationError({ field: 'handler', expected: 'a function', received: handler });
}

/** @throws {ValidationError} */
export function requireList(field: string, value: unknown): void {
  if (!Array.isArray(value)) throw new ValidationError({ field, expected: 'an array', received: value });
}

/** @throws {ValidationError} unless it is epoch ms or absent. */
export function requireTime(field: string, value: unknown): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && (value as number) >= 0))
    throw new ValidationError({ field, expected: 'a time in epoch milliseconds', received: value });
}
