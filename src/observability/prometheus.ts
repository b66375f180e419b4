import type { MetricsSnapshot } from '../model/metrics.js';

interface Sample {
  readonly family: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  /** Name, labels and value, ready to print. */
  readonly line: string;
}

/**
 * A snapshot in Prometheus' text format 0.0.4. Latencies are summaries in milliseconds, with their largest sample as a
 * gauge.
 * @param prefix put before each name, default `cex`.
 */
export function toPrometheusText(snapshot: MetricsSnapshot, prefix = 'cex'): string {
  const samples = [
    ...Object.entries(snapshot.counters).map(([series, value]) => sample('counter', prefix, series, '_total', value)),
    ...Object.entries(snapshot.gauges).map(([series, value]) => sample('gauge', prefix, series, '', value)),
    ...Object.entries(snapshot.latencies).flatMap(([series, { count, p50, p99, max }]) => [
      sample('summary', prefix, series, '_ms', p50, { label: 'quantile="0.5"' }),
      sample('summary', prefix, series, '_ms', p99, { label: 'quantile="0.99"' }),
      sample('summary', prefix, series, '_ms', count, { suffix: '_count' }),
      sample('gauge', prefix, series, '_ms_max', max),
    ]),
  ];
  const families = new Map<string, Sample[]>();
  for (const one of samples) families.set(one.family, [...(families.get(one.family) ?? []), one]);
  return [...families].map(([family, members]) => printFamily(family, members)).join('');
}

function sample(
  type: Sample['type'],
  prefix: string,
  series: string,
  unit: string,
  value: number,
  extra: { readonly label?: string; readonly suffix?: string } = {},
): Sample {
  const brace = series.indexOf('{');
  const name = brace < 0 ? series : series.slice(0, brace);
  const family = `${prefix}_${name.replace(/[^A-Za-z0-9_]/g, '_')}${unit}`;
  const labels = [brace < 0 ? '' : series.slice(brace + 1, -1), extra.label ?? ''].filter((text) => text !== '');
  const braces = labels.length === 0 ? '' : `{${labels.join(',')}}`;
  return { family, type, line: `${family}${extra.suffix ?? ''}${braces} ${value}` };
}

function printFamily(family: string, members: readonly Sample[]): string {
  return `# TYPE ${family} ${members[0]?.type}\n${members.map(({ line }) => `${line}\n`).join('')}`;
}
