import { createHistogram, type Histogram } from '../model/histogram.js';
import type { LatencySummary, MetricsSnapshot } from '../model/metrics.js';

const DROPPED = 'metrics_dropped_series';

/** Tells series of one name apart: `{ endpoint: 'GET /depth' }`. Each combination of values is a series of its own. */
export type MetricLabels = Readonly<Record<string, string>>;

/** Figures of several clients in one place. It fits the `metrics` option of an exchange as it is. */
export interface Metrics {
  /** Adds `by` (default 1) to a total. Negative and non-finite counts are ignored, so a total never falls. */
  count(name: string, by?: number, labels?: MetricLabels): void;
  /** Takes one duration, ms. Negative ones count as 0; non-finite ones are ignored. */
  observe(name: string, ms: number, labels?: MetricLabels): void;
  /** Sets the value of this moment. Non-finite values are ignored. */
  gauge(name: string, value: number, labels?: MetricLabels): void;
  snapshot(): MetricsSnapshot;
}

/**
 * Collects figures in memory.
 * @param options.maxSeries series kept per kind, default 5,000. What would begin a further one is not recorded, and the
 * counter `metrics_dropped_series` says how many times that happened.
 */
export function createMetrics(options: { readonly maxSeries?: number } = {}): Metrics {
  const maxSeries = options.maxSeries ?? 5_000;
  const counters = new Map<string, number>();
  const gauges = new Map<string, number>();
  const latencies = new Map<string, Histogram>();
  let dropped = 0;

  function hasRoom(series: ReadonlyMap<string, unknown>, key: string): boolean {
    if (series.has(key) || series.size < maxSeries) return true;
    dropped++;
    return false;
  }

  return {
    count(name, by = 1, labels) {
      const key = seriesName(name, labels);
      const isCount = by >= 0 && by < Number.POSITIVE_INFINITY;
      if (isCount && hasRoom(counters, key)) counters.set(key, (counters.get(key) ?? 0) + by);
    },
    gauge(name, value, labels) {
      const key = seriesName(name, labels);
      if (Number.isFinite(value) && hasRoom(gauges, key)) gauges.set(key, value);
    },
    observe(name, ms, labels) {
      const key = seriesName(name, labels);
      if (!hasRoom(latencies, key)) return;
      const histogram = latencies.get(key) ?? createHistogram();
      latencies.set(key, histogram);
      histogram.record(ms);
    },
    snapshot: () => ({
      counters: { ...Object.fromEntries(counters), ...(dropped > 0 ? { [DROPPED]: dropped } : {}) },
      gauges: Object.fromEntries(gauges),
      latencies: Object.fromEntries(
        [...latencies].map(([key, histogram]): [string, LatencySummary] => [key, histogram.summary()]),
      ),
    }),
  };
}

/** Name of a series in a snapshot: `requests{endpoint="GET /depth"}`, labels in alphabetical order. */
function seriesName(name: string, labels: MetricLabels | undefined): string {
  if (labels === undefined) return name;
  const pairs = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${pairs.map(([key, value]) => `${key}="${escapeLabel(value)}"`).join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
