import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistogram } from '../../../src/model/histogram.js';
import { createMetrics } from '../../../src/observability/metrics.js';
import { toPrometheusText } from '../../../src/observability/prometheus.js';

describe('createMetrics', () => {
  it('collects totals, values and durations under their names and labels', () => {
    const metrics = createMetrics();
    metrics.count('frames');
    metrics.count('frames', 4);
    metrics.count('requests', 1, { method: 'GET', endpoint: '/a' });
    metrics.count('requests', 1, { endpoint: '/a', method: 'GET' });
    metrics.gauge('books', 3);
    metrics.gauge('books', 2);
    metrics.observe('round_trip', 7, { venue: 'a' });
    const { latencies, ...rest } = metrics.snapshot();
    expect(rest).toEqual({ counters: { frames: 5, 'requests{endpoint="/a",method="GET"}': 2 }, gauges: { books: 2 } });
    expect(latencies).toEqual({
      'round_trip{venue="a"}': { count: 1, p50: expect.closeTo(7, 0), p99: expect.closeTo(7, 0), max: 7 },
    });
  });

  it('gives out copies that do not change any more', () => {
    const metrics = createMetrics();
    metrics.count('frames');
    const before = metrics.snapshot();
    metrics.count('frames');
    expect([before, metrics.snapshot()].map(({ counters }) => counters)).toEqual([{ frames: 1 }, { frames: 2 }]);
  });

  it('ignores what is not a number, and never lets a total fall', () => {
    const metrics = createMetrics();
    metrics.count('c', 0);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, -1]) metrics.count('c', wrong);
    metrics.gauge('g', -5);
    metrics.gauge('g', Number.NaN);
    metrics.observe('l', Number.NaN);
    metrics.observe('l', Number.POSITIVE_INFINITY);
    expect(metrics.snapshot()).toEqual({
      counters: { c: 0 },
      gauges: { g: -5 },
      latencies: { l: { count: 0, p50: 0, p99: 0, max: 0 } },
    });
  });

  it('keeps a bounded number of series and says how often it had no room', () => {
    const metrics = createMetrics({ maxSeries: 2 });
    for (const name of ['a', 'b', 'c', 'c', 'a']) metrics.count(name);
    for (const name of ['a', 'b', 'c']) metrics.observe(name, 1);
    expect({ ...metrics.snapshot(), latencies: Object.keys(metrics.snapshot().latencies) }).toEqual({
      counters: { a: 2, b: 1, metrics_dropped_series: 3 },
      gauges: {},
      latencies: ['a', 'b'],
    });
  });

  it('takes names that mean something to objects as plain names', () => {
    const metrics = createMetrics();
    metrics.count('__proto__', 2);
    metrics.count('constructor', 3);
    expect(Object.getOwnPropertyNames(metrics.snapshot().counters)).toEqual(['__proto__', 'constructor']);
  });
});

describe('createHistogram', () => {
  it('is within a tenth of the true quantiles and exact in count and maximum', () => {
    const samples = fc.array(fc.double({ min: 0.001, max: 5_000_000, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(samples, (values) => {
        const histogram = createHistogram();
        for (const value of values) histogram.record(value);
        const sorted = [...values].sort((a, b) => a - b);
        const { count, p50, p99, max } = histogram.summary();
        const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] as number;
        expect([count, max]).toEqual([values.length, sorted.at(-1)]);
        expect(Math.abs(p50 / at(0.5) - 1)).toBeLessThan(0.1);
        expect(Math.abs(p99 / at(0.99) - 1)).toBeLessThan(0.1);
      }),
    );
  });

  it('counts a negative sample as zero and a huge one in its last bucket', () => {
    const histogram = createHistogram();
    histogram.record(-3);
    histogram.record(1e12);
    const { count, p50, max } = histogram.summary();
    expect({ count, p50: p50 < 0.002, max }).toEqual({ count: 2, p50: true, max: 1e12 });
  });
});

describe('toPrometheusText', () => {
  it('prints one TYPE line per family, units in names, and escaped labels', () => {
    const metrics = createMetrics();
    metrics.count('requests', 2, { endpoint: 'GET /a"b\\c\nd' });
    metrics.count('requests', 1);
    metrics.gauge('open.books', 1.5);
    metrics.observe('ack', 4);
    const { p50 = 0, p99 = 0 } = metrics.snapshot().latencies['ack'] ?? {};
    expect(toPrometheusText(metrics.snapshot(), 'sdk')).toBe(
      [
        '# TYPE sdk_requests_total counter',
        'sdk_requests_total{endpoint="GET /a\\"b\\\\c\\nd"} 2',
        'sdk_requests_total 1',
        '# TYPE sdk_open_books gauge',
        'sdk_open_books 1.5',
        '# TYPE sdk_ack_ms summary',
        `sdk_ack_ms{quantile="0.5"} ${p50}`,
        `sdk_ack_ms{quantile="0.99"} ${p99}`,
        'sdk_ack_ms_count 1',
        '# TYPE sdk_ack_ms_max gauge',
        'sdk_ack_ms_max 4',
        '',
      ].join('\n'),
    );
  });

  it('prints nothing for nothing', () => {
    expect(toPrometheusText(createMetrics().snapshot())).toBe('');
  });
});
