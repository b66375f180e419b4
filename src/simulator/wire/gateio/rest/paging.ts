import { readInteger } from './params.js';
import { invalidValue } from './refusal.js';

const DEFAULT_LIMIT = 100;
/** `limit × (page − 1)` may not exceed this. Source: Gate.io API v4 docs, pagination. */
const MAX_OFFSET = 100_000;
const MAX_SECONDS = 100_000_000_000;

/** A part of a list. */
export interface Page {
  cut<T>(rows: readonly T[]): T[];
}

/** `page` (from 1) and `limit`, or `offset` and `limit`. @throws {RestRefusal} */
export function readPage(query: URLSearchParams, maxLimit: number): Page {
  const limit = readInteger(query, 'limit', 1, maxLimit) ?? Math.min(DEFAULT_LIMIT, maxLimit);
  const page = readInteger(query, 'page', 1, Number.MAX_SAFE_INTEGER);
  const offset = page === undefined ? (readInteger(query, 'offset', 0, MAX_OFFSET) ?? 0) : limit * (page - 1);
  if (offset > MAX_OFFSET) throw invalidValue('page');
  return { cut: (rows) => rows.slice(offset, offset + limit) };
}

/**
 * `from` and `to` in seconds, both inclusive.
 * @param window what is asked for when they are absent, and how long they may be apart; absent = no bound.
 * @throws {RestRefusal}
 */
export function readRange(
  query: URLSearchParams,
  window: { readonly defaultSeconds: number; readonly maxSeconds: number; readonly nowS: number } | undefined,
): { readonly fromMs: number; readonly toMs: number } {
  const from = readInteger(query, 'from', 0, MAX_SECONDS);
  const to = readInteger(query, 'to', 0, MAX_SECONDS);
  if (from !== undefined && to !== undefined && from > to) throw invalidValue('from');
  if (window === undefined) {
    return { fromMs: (from ?? 0) * 1_000, toMs: ((to ?? MAX_SECONDS) + 1) * 1_000 };
  }
  const end = to ?? window.nowS;
  const start = from ?? end - window.defaultSeconds;
  if (end - start > window.maxSeconds) throw invalidValue('from');
  return { fromMs: start * 1_000, toMs: (end + 1) * 1_000 };
}
