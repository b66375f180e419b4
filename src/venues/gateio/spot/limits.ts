import type { LimitTable } from '../../../adapter/limits.js';

/**
 * Request budgets. Market data: for each endpoint and address. Orders and amendments, single and in batches together: for
 * each user and pair; over a socket for each user, too. Cancellations: for each user. The rest: for each user and endpoint.
 * Source: Gate API v4 docs, frequency limit rule.
 */
export const GATEIO_SPOT_LIMITS = {
  public: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
  place: { capacity: 10, intervalMs: 1_000, scope: 'market' },
  socket: { capacity: 10, intervalMs: 1_000, scope: 'uid' },
  cancel: { capacity: 200, intervalMs: 1_000, scope: 'uid' },
  private: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
  wallet: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
  transfer: { capacity: 80, intervalMs: 10_000, scope: 'endpoint' },
  withdraw: { capacity: 1, intervalMs: 3_000, scope: 'endpoint' },
} as const satisfies LimitTable;
