import type { LatencySummary } from '../model/metrics.js';

/** Bucket `i` holds samples from `SMALLEST_MS × GROWTH^i` up to the next; a quantile is off by less than 10 %. */
const SMALLEST_MS = 0.001;
const GROWTH = 1.2;
const BUCKETS = 128;
const LOG_GROWTH = Math.log(GROWTH);

/** Durations, summed up in constant memory. */
export interface Histogram {
  /** Takes one sample, ms. Negative ones (two clocks disagree) count as 0; non-finite ones are ignored. */
  record(ms: number): void;
  summary(): LatencySummary;
}

/** Counts samples in 128 buckets from 1 µs to some 3 hours, so memory is constant; what is longer falls in the last. */
export function createHistogram(): Histogram {
  const counts = new Float64Array(BUCKETS);
  let count = 0;
  let max = 0;

  function quantile(share: number): number {
    const rank = Math.ceil(share * count);
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += counts[bucket] as number;
      if (seen >= rank && seen > 0) return Math.min(middleOf(bucket), max);
    }
    return 0;
  }

  return {
    record(ms) {
      if (!Number.isFinite(ms)) return;
      const sample = Math.max(ms, 0);
      counts[bucketOf(sample)]!++;
      count++;
      if (sample > max) max = sample;
    },
    summary: () => ({ count, p50: quantile(0.5), p99: quantile(0.99), max }),
  };
}

function bucketOf(ms: number): number {
  if (ms <= SMALLEST_MS) return 0;
  return Math.min(BUCKETS - 1, Math.floor(Math.log(ms / SMALLEST_MS) / LOG_GROWTH));
}

function middleOf(bucket: number): number {
  return SMALLEST_MS * GROWTH ** (bucket + 0.5);
}
