import type { Clock } from '../../../../transport/clock.js';
import { createRateWindow } from '../../gateio/rate-window.js';
import type { MeteredVerdict } from '../../gateio/rest/rest-shell.js';

/** How a private call is metered: `orders` and `cancels` by user, the others by user and endpoint. */
export type LimitGroup = 'orders' | 'cancels' | 'other';

/** Source: Gate API v4 docs, rate limits of perpetual futures. */
const LIMITS: Readonly<Record<LimitGroup, { readonly limit: number; readonly windowMs: number }>> = {
  orders: { limit: 100, windowMs: 1_000 },
  cancels: { limit: 200, windowMs: 1_000 },
  other: { limit: 200, windowMs: 10_000 },
};

/** The budgets of every user. */
export interface PrivateLimits {
  take(group: LimitGroup, key: string, count?: number): MeteredVerdict;
}

export function createPrivateLimits(clock: Clock): PrivateLimits {
  const create = (group: LimitGroup) => createRateWindow(clock, LIMITS[group].limit, LIMITS[group].windowMs);
  const windows = { orders: create('orders'), cancels: create('cancels'), other: create('other') };
  return { take: (group, key, count = 1) => ({ ...windows[group].take(key, count), limit: LIMITS[group].limit }) };
}
