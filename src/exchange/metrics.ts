import { createHistogram, type Histogram } from '../model/histogram.js';
import type { MetricsSnapshot } from '../model/metrics.js';
import type { MetricsSink } from './options.js';

/** Counts and durations of one exchange client. Names are fixed strings of this library, so it is bounded. */
export interface Metrics {
  count(name: string, by?: number): void;
  /** A duration in ms. */
  observe(name: string, ms: number): void;
  /** Registers a value that is read at the time of the snapshot. */
  gauge(name: string, read: () => number): void;
  snapshot(): MetricsSnapshot;
}

/** @param sink gets every figure as well. */
export function createMetrics(sink: MetricsSink | undefined): Metrics {
  const counters = new Map<string, number>();
  const gauges = new Map<string, () => number>();
  const latencies = new Map<string, Histogram>();
  /** A sink that fails must not change what is measured. Called for every frame, so it makes no closure. */
  function tell(kind: 'count' | 'observe', name: string, value: number): void {
    try {
      sink?.[kind](name, value);
    } catch {
      counters.set('sink.failed', (counters.get('sink.failed') ?? 0) + 1);
    }
  }

  return {
    count(name, by = 1) {
      counters.set(name, (counters.get(name) ?? 0) + by);
      tell('count', name, by);
    },
    observe(name, ms) {
      let histogram = latencies.get(name);
      if (histogram === undefined) {
        histogram = createHistogram();
        latencies.set(name, histogram);
      }
      histogram.record(ms);
      tell('observe', name, ms);
    },
    gauge: (name, read) => void gauges.set(name, read),
    snapshot: () => ({
      counters: Object.fromEntries(counters),
      gauges: Object.fromEntries([...gauges].map(([name, read]) => [name, read()])),
      latencies: Object.fromEntries([...latencies].map(([name, histogram]) => [name, histogram.summary()])),
    }),
  };
}
