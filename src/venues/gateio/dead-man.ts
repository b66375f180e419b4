import type { DeadManEndpoints } from '../../adapter/account-endpoints.js';
import { defineEndpoint } from '../../adapter/endpoint.js';
import { readObject, readOptional } from '../../adapter/read.js';
import { ValidationError } from '../../errors/kinds.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { MarketField } from './account-rows.js';
import { readMilliseconds } from './times.js';

const MIN_TIMEOUT_MS = 5_000;
const STEP_MS = 1_000;

/** Counted in whole seconds; each call starts it anew. Source: Gate API v4 docs, countdown cancel orders. */
export function createDeadMan(path: string, field: MarketField, venue: string): DeadManEndpoints {
  return {
    arm: defineEndpoint<{ readonly timeoutMs: number; readonly symbol?: MarketSymbol }, number | undefined>({
      method: 'POST',
      path,
      auth: 'signed',
      cost: { private: 1 },
      idempotent: true,
      lane: 'cancel',
      encode({ timeoutMs, symbol }, { toVenue }) {
        const timeout = readTimeout(timeoutMs, venue);
        return { body: symbol === undefined ? { timeout } : { timeout, [field]: toVenue(symbol) } };
      },
      decode(body, { timeoutMs }) {
        const { triggerTime } = readObject(body, 'countdown');
        const firesAt = readOptional(triggerTime, 'triggerTime', readMilliseconds);
        return timeoutMs === 0 || firesAt === 0 ? undefined : firesAt;
      },
    }),
    minTimeoutMs: MIN_TIMEOUT_MS,
    stepMs: STEP_MS,
  };
}

/** Seconds; 0 switches off. */
function readTimeout(timeoutMs: number, venue: string): number {
  if (timeoutMs === 0 || (timeoutMs >= MIN_TIMEOUT_MS && Number.isSafeInteger(timeoutMs) && timeoutMs % STEP_MS === 0))
    return timeoutMs / STEP_MS;
  throw new ValidationError({
    field: 'timeoutMs',
    expected: `0, or at least ${MIN_TIMEOUT_MS} ms in steps of ${STEP_MS} ms`,
    received: timeoutMs,
    venue,
  });
}
