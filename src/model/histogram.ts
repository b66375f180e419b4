import type { LatencySummary } from './metrics.js';

/** Buckets are sixteenths of the span between two powers of two: the upper bits of a double are their numbers. */
const PART_BITS = 4;
const SHIFT = 20 - PART_BITS;
/** 2^-10 ms, about 1 µs. */
const SMALLEST_EXPONENT = -10;
/** 2^24 ms, some four hours. */
const OCTAVES = 34;
const FIRST = (1023 + SMALLEST_EXPONENT) << PART_BITS;
const BUCKETS = OCTAVES << PART_BITS;
const DOUBLE = new Float64Array(1);
const WORDS = new Uint32Array(DOUBLE.buffer);
/** Which half of a double holds its exponent is the machine's affair. */
const UPPER = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** Durations, summed up in constant memory. */
export interface Histogram {
  /** Takes one sample, ms. Negative ones (two clocks disagree) count as 0; non-finite ones are ignored. */
  record(ms: number): void;
  summary(): LatencySummary;
}

/**
 * Counts samples in buckets of 6 % and less from 1 µs to some four hours, so memory is constant; what is longer falls in
 * the last. A quantile is the middle of its bucket: off by less than 4 %.
 */
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

/** Number of the bucket that a duration falls in; two durations of one bucket differ by 6 % at most. @internal */
export function bucketOf(ms: number): number {
  DOUBLE[0] = ms;
  const bucket = ((WORDS[UPPER] as number) >>> SHIFT) - FIRST;
  return bucket < 0 ? 0 : Math.min(bucket, BUCKETS - 1);
}

function middleOf(bucket: number): number {
  return (startOf(bucket) + startOf(bucket + 1)) / 2;
}

function startOf(bucket: number): number {
  const part = bucket & ((1 << PART_BITS) - 1);
  return (1 + part / (1 << PART_BITS)) * 2 ** ((bucket >> PART_BITS) + SMALLEST_EXPONENT);
}
