/** How long something took, in ms, since the start. Bounded in memory, so the quantiles are approximate (within 10 %). */
export interface LatencySummary {
  /** Samples taken. */
  readonly count: number;
  /** Median, ms; 0 without samples. */
  readonly p50: number;
  /** 99th percentile, ms; 0 without samples. */
  readonly p99: number;
  /** Largest sample, ms, exact; 0 without samples. */
  readonly max: number;
}

/** All figures at one moment, as plain data. A copy: it does not change any more. */
export interface MetricsSnapshot {
  /** Totals since the start; they never fall. */
  readonly counters: Readonly<Record<string, number>>;
  /** Values of this moment. */
  readonly gauges: Readonly<Record<string, number>>;
  readonly latencies: Readonly<Record<string, LatencySummary>>;
}
