import type { LimitTable } from '../../../adapter/limits.js';

/**
 * Request budgets of the public half. Market data: 200 requests in 10 s for each endpoint and address.
 * Source: Gate API v4 docs, frequency limit rule.
 */
export const GATEIO_SPOT_LIMITS = {
  public: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
} as const satisfies LimitTable;
