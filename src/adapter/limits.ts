/** One budget as the venue meters it. */
export interface LimitBucket {
  /** Weight that may be spent in any window. */
  readonly capacity: number;
  readonly intervalMs: number;
  /** `ip` and `uid`: one budget for all calls that name it; `endpoint`: one for each path; `market`: one for each symbol. */
  readonly scope: 'ip' | 'uid' | 'endpoint' | 'market';
  /** Weight that only cancels may use. Default 0. */
  readonly cancelReserve?: number;
}

/** Budgets by the name that endpoints use in `cost`. */
export type LimitTable = Readonly<Record<string, LimitBucket>>;
