import { ValidationError } from '../errors/kinds.js';
import { readOptions, requireTime } from './check-input.js';

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** What a user asks of a list of the past. */
interface HistoryWindow {
  /** Epoch ms, inclusive. */
  readonly since?: number;
  /** Epoch ms, inclusive; default now. */
  readonly until?: number;
  /** Rows wanted, default 100. */
  readonly limit?: number;
}

/** @throws {ValidationError} naming the field. */
export function readHistoryWindow(request: HistoryWindow | undefined) {
  const { since, until, limit = DEFAULT_LIMIT } = readOptions(request);
  for (const [field, time] of Object.entries({ since, until })) requireTime(field, time);
  if (since !== undefined && until !== undefined && since > until)
    throw new ValidationError({ field: 'since', expected: 'a time not after until', received: since });
  if (!(Number.isInteger(limit) && limit > 0 && limit <= MAX_LIMIT))
    throw new ValidationError({ field: 'limit', expected: `a whole number from 1 to ${MAX_LIMIT}`, received: limit });
  return { since, until, limit };
}
