import { createHistogram, type Histogram } from '../model/histogram.js';
import type { MetricsSnapshot } from '../model/metrics.js';
import type { MetricsSink } from './options.js';

/** Counts and durations of one exchange client. Names are fixed strings of this library, so it is bounded. */
export interface Metrics {
  count(name: string, by?: number): void;
  /** Counts one at each call; for what happens with every frame, where looking up the name would cost the most. */
  counter(name: string): () => void;
  /** A duration in ms. */
  observe(name: string, ms: number): void;
  /** Registers a value that is read at the time of the snapshot. */
  gauge(name: string, read: () => number): void;
  snapshot(): MetricsSnapshot;
}

/** @param sink gets every figure as well. */
export function createMetrics(sink: MetricsSink | undefined): Metrics {
  const counters = new Map<string, { value: number }>();
  const gauges = new Map<string, () => number>();
  const latencies = new Map<string, Histogram>();
  /** A sink that fails must not change what is measured. Called for every frame, so it makes no closure. */
  function tell(kind: 'count' | 'observe', name: string, value: number): void {
    try {
      sink?.[kind](name, value);
    } catch {
      cellOf('sink.failed').value++;
    }
  }

  function cellOf(name: string): { value: number } {
    let cell = counters.get(name);
    if (cell === undefined) {
      cell = { value: 0 };
      counters.set(name, cell);
    }
    return cell;
  }

  return {
    count(name, by = 1) {
      cellOf(name).value += by;
      tell('count', name, by);
    },
    counter(name) {
      let cell: { value: number } | undefined;
      return () => {
        // Not before the first: what has not happened is not in the snapshot.
        cell ??= cellOf(name);
        cell.value++;
        if (sink !== undefined) tell('count', name, 1);
      };
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
      counters: Object.fromEntries([...counters].map(([name, { value }]) => [name, value])),
      gauges: Object.fromEntries([...gauges].map(([name, read]) => [name, read()])),
      latencies: Object.fromEntries([...latencies].map(([name, histogram]) => [name, histogram.summary()])),
    }),
  };
}
