import type { LimitTable } from '../../../adapter/limits.js';
import { MEXC_FIREWALL_BUDGET } from '../policies.js';

/**
 * `ip`: 300 weight in 10 s, shared by all public calls; `uid`: 500 weight in 10 s, shared by all keyed ones; `orders`: 12
 * requests a second that place or cancel; `batch` and `account`: 2 a second each. Source: MEXC spot v3 docs, limits.
 * `waf`: the firewall before the API.
 * What is kept for cancels is our choice: a full budget must not keep an order in the market.
 */
export const MEXC_SPOT_LIMITS: LimitTable = {
  ip: { capacity: 300, intervalMs: 10_000, scope: 'ip' },
  waf: MEXC_FIREWALL_BUDGET,
  uid: { capacity: 500, intervalMs: 10_000, scope: 'uid', cancelReserve: 20 },
  orders: { capacity: 12, intervalMs: 1_000, scope: 'uid', cancelReserve: 2 },
  batch: { capacity: 2, intervalMs: 1_000, scope: 'uid' },
  account: { capacity: 2, intervalMs: 1_000, scope: 'uid' },
};

/** Cost of a public call of the given weight. */
export function publicCost(weight: number): Readonly<Record<string, number>> {
  return { ip: weight, waf: 1 };
}

/** Cost of a keyed call of the given weight, which also counts once in each budget named. */
export function keyedCost(
  weight: number,
  ...budgets: readonly ('orders' | 'batch' | 'account')[]
): Readonly<Record<string, number>> {
  return { uid: weight, ...Object.fromEntries(budgets.map((name) => [name, 1])), waf: 1 };
}
