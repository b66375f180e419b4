import type { LimitTable } from '../../../adapter/limits.js';

/**
 * `ip`: 300 weight in 10 s, shared by all public calls. Source: MEXC spot v3 docs, limits.
 * `waf`: the firewall before the API blocks an address for a minute or more at about 20 to 30 requests a second or a
 * burst of about 120 (measured, not documented), so no second may hold more than 20.
 */
export const MEXC_SPOT_LIMITS: LimitTable = {
  ip: { capacity: 300, intervalMs: 10_000, scope: 'ip' },
  waf: { capacity: 20, intervalMs: 1_000, scope: 'ip' },
};

/** Cost of a public call of the given weight. */
export function publicCost(weight: number): Readonly<Record<string, number>> {
  return { ip: weight, waf: 1 };
}
