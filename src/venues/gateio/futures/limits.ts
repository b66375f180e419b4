import type { LimitTable } from '../../../adapter/limits.js';

/**
 * Request budgets. Market data: for each endpoint and address. Orders and amendments, single and each of a batch:
 * together for each user. Cancellations: for each user. The rest: for each user and endpoint. Over the socket a hundred
 * commands a second are allowed in total, of which a fifth is left to cancellations.
 * Source: Gate API v4 docs, frequency limit rule.
 */
export const GATEIO_FUTURES_LIMITS = {
  public: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
  place: { capacity: 100, intervalMs: 1_000, scope: 'uid' },
  socket: { capacity: 80, intervalMs: 1_000, scope: 'uid' },
  cancel: { capacity: 200, intervalMs: 1_000, scope: 'uid' },
  private: { capacity: 200, intervalMs: 10_000, scope: 'endpoint' },
} as const satisfies LimitTable;
