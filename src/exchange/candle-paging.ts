import type { CandlesParams } from '../adapter/venue.js';
import { ValidationError } from '../errors/kinds.js';
import { CANDLE_INTERVAL_MS, type Candle, type CandleInterval } from '../model/candle.js';
import type { MarketSymbol } from '../model/symbol.js';
import { requireTime } from './check-input.js';

const DEFAULT_LIMIT = 100;
/** Bounds one call: more candles than this are asked for in several calls of your own. */
const MAX_CANDLES_PER_CALL = 50_000;

/** The last trades of a candle may be counted this late, ms. */
const CLOSING_SLACK_MS = 2_000;

/** What a user asks of candles. */
export interface CandlesRequest {
  /** First opening time wanted, epoch ms, inclusive. */
  readonly since?: number;
  /** Last opening time wanted, epoch ms, inclusive. Default now. */
  readonly until?: number;
  /** Most candles wanted; with `since` the first ones, without it the newest. Default 100; with `since` and `until` all of the range. */
  readonly limit?: number;
}

/** Pages over the venue's limit, forward in time; each candle once, oldest first. */
export async function collectCandles(
  fetchPage: (params: CandlesParams) => Promise<Candle[]>,
  symbol: MarketSymbol,
  interval: CandleInterval,
  request: CandlesRequest,
  now: number,
  pageSize: number,
): Promise<Candle[]> {
  const { since, until } = request;
  const limit = request.limit ?? (since !== undefined && until !== undefined ? MAX_CANDLES_PER_CALL : DEFAULT_LIMIT);
  const step = CANDLE_INTERVAL_MS[interval];
  if (since === undefined && until === undefined && limit <= pageSize) {
    return markClosed(await fetchPage({ symbol, interval, limit }), step, now);
  }
  const to = Math.min(until ?? now, now);
  // Wherever `to` lies in its candle: so many candles have opened since.
  let from = firstOpening(since ?? Math.max(0, to - limit * step + 1), step);
  const found = new Map<number, Candle>();
  while (from <= to && found.size < limit) {
    const pageTo = Math.min(to, from + (pageSize - 1) * step);
    for (const candle of await fetchPage({ symbol, interval, from, to: pageTo, limit: pageSize })) {
      if (candle.openedAt >= from && candle.openedAt <= pageTo) found.set(candle.openedAt, candle);
    }
    from = firstOpening(pageTo + 1, step);
  }
  const sorted = markClosed(
    [...found.values()].sort((a, b) => a.openedAt - b.openedAt),
    step,
    now,
  );
  return since === undefined ? sorted.slice(-limit) : sorted.slice(0, limit);
}

/** The first time from `time` on at which a candle opens. Weeks and months do not open at multiples of their length. */
function firstOpening(time: number, step: number): number {
  return step <= CANDLE_INTERVAL_MS['1d'] ? Math.ceil(time / step) * step : time;
}

/** A venue that does not say whether a candle is closed: it is, when a later one is there or its time is well over. */
function markClosed(candles: readonly Candle[], step: number, now: number): Candle[] {
  return candles.map((candle, index) => {
    const isOver = index < candles.length - 1 || candle.openedAt + step + CLOSING_SLACK_MS <= now;
    return candle.closed === undefined && isOver ? { ...candle, closed: true } : candle;
  });
}

/** @throws {ValidationError} naming the field. */
export function validateCandles(interval: unknown, legal: readonly CandleInterval[], request: CandlesRequest): void {
  if (!legal.includes(interval as CandleInterval)) {
    throw new ValidationError({ field: 'interval', expected: `one of ${legal.join(', ')}`, received: interval });
  }
  for (const field of ['since', 'until'] as const) {
    requireTime(field, request[field]);
  }
  if (request.since !== undefined && request.until !== undefined && request.since > request.until) {
    throw new ValidationError({ field: 'since', expected: 'a time not after until', received: request.since });
  }
  requireCount('limit', request.limit, MAX_CANDLES_PER_CALL);
}

/** @throws {ValidationError} unless absent or a whole number from 1 to `most`. */
export function requireCount(field: string, value: unknown, most: number): void {
  if (value === undefined || (Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most)) return;
  throw new ValidationError({ field, expected: `a whole number from 1 to ${most}`, received: value });
}
