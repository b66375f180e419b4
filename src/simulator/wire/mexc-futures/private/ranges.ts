import { Refusal, readWhole } from '../rest/call.js';

/** Source: MEXC contract docs, error code 6003. */
const MAX_RANGE_MS = 90 * 86_400_000;

/**
 * Both ends inclusive, epoch ms. The docs name them `startTime`, older docs and clients `start_time`: either is taken.
 * @throws {Refusal} 6003 for more than 90 days, or an end before the start.
 */
export function readRange(query: URLSearchParams): (at: number) => boolean {
  const read = (name: string, other: string) => readWhole(query, name) ?? readWhole(query, other);
  const [start, end] = [read('start_time', 'startTime'), read('end_time', 'endTime')];
  if (start !== undefined && end !== undefined && (end < start || end - start > MAX_RANGE_MS)) {
    throw new Refusal(6003, 'The time range is wrong');
  }
  return (at) => at >= (start ?? 0) && at <= (end ?? Number.POSITIVE_INFINITY);
}

/** The numbers of a comma list; `undefined` = all. */
export function readNumbers(query: URLSearchParams, name: string): ReadonlySet<number> | undefined {
  const text = query.get(name);
  return text ? new Set(text.split(',').map(Number)) : undefined;
}
