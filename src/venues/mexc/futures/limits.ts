import type { LimitTable } from '../../../adapter/limits.js';
import { MEXC_FIREWALL_BUDGET } from '../policies.js';

/**
 * Each endpoint has a budget of its own: public ones for each address, private ones for each user. `usual` is what
 * holds where nothing else is documented. What is kept for cancels is our choice. `waf`: the firewall before the API.
 * Source: MEXC contract API docs, rate limits.
 */
export const MEXC_FUTURES_LIMITS = {
  usual: { capacity: 20, intervalMs: 2_000, scope: 'endpoint' },
  heavy: { capacity: 10, intervalMs: 2_000, scope: 'endpoint' },
  place: { capacity: 4, intervalMs: 2_000, scope: 'endpoint' },
  leverage: { capacity: 10, intervalMs: 10_000, scope: 'endpoint' },
  waf: MEXC_FIREWALL_BUDGET,
} as const satisfies LimitTable;

/** One call, counted in the budget named and by the firewall. */
export function costOf(budget: Exclude<keyof typeof MEXC_FUTURES_LIMITS, 'waf'>): Readonly<Record<string, number>> {
  return { [budget]: 1, waf: 1 };
}
