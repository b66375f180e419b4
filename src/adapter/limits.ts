/** One budget as the venue meters it. */
export interface LimitBucket {
  /** Weight that may be spent in any window. */
  readonly capacity: number;
  readonly intervalMs: number;
  /** `ip` and `uid`: one budget for all calls that name it; `endpoint`: one budget for each path. */
  readonly scope: 'ip' | 'uid' | 'endpoint';
}

/** Budgets by the name that endpoints use in `cost`. */
export type LimitTable = Readonly<Record<string, LimitBucket>>;
