import { invalidValue, missing } from './refusal.js';

/** @throws {RestRefusal} when the parameter is absent or empty. */
export function readRequired(query: URLSearchParams, name: string): string {
  const text = query.get(name);
  if (text === null || text === '') throw missing(name);
  return text;
}

/**
 * A whole number in [min, max], or `undefined` when absent.
 * @throws {RestRefusal} for anything else, zero padding and signs included.
 */
export function readInteger(query: URLSearchParams, name: string, min: number, max: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const value = /^(?:0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw invalidValue(name);
}

/** @throws {RestRefusal} unless `true`, `false` or absent. */
export function readFlag(query: URLSearchParams, name: string): boolean {
  const text = query.get(name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw invalidValue(name);
  return text === 'true';
}
