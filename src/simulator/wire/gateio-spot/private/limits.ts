import type { Clock } from '../../../../transport/clock.js';
import { createRateWindow, type RateVerdict, type RateWindow } from '../../gateio/rate-window.js';

/** How a private call is metered: `orders` by user and pair, `cancels` by user, the others by user and endpoint. */
export type LimitGroup = 'orders' | 'cancels' | 'spot' | 'wallet' | 'transfers' | 'withdrawals' | 'other';

interface Limit {
  readonly limit: number;
  readonly windowMs: number;
}

/** Source: Gate.io API v4 docs, rate limits. */
const LIMITS: Readonly<Record<LimitGroup, Limit>> = {
  orders: { limit: 10, windowMs: 1_000 },
  cancels: { limit: 200, windowMs: 1_000 },
  spot: { limit: 200, windowMs: 10_000 },
  wallet: { limit: 200, windowMs: 10_000 },
  transfers: { limit: 80, windowMs: 10_000 },
  withdrawals: { limit: 1, windowMs: 3_000 },
  other: { limit: 150, windowMs: 10_000 },
};

/** What is left of a budget, and how large it is. */
export interface PrivateVerdict extends RateVerdict {
  readonly limit: number;
}

/** The budgets of every user. */
export interface PrivateLimits {
  take(group: LimitGroup, key: string, count?: number): PrivateVerdict;
}

export function createPrivateLimits(clock: Clock): PrivateLimits {
  const windows = new Map<LimitGroup, RateWindow>();
  for (const [group, { limit, windowMs }] of Object.entries(LIMITS)) {
    windows.set(group as LimitGroup, createRateWindow(clock, limit, windowMs));
  }
  return {
    take: (group, key, count = 1) => ({ ...windows.get(group)!.take(key, count), limit: LIMITS[group].limit }),
  };
}
