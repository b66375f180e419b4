import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../src/exchange/metrics.js';

describe('the metrics of an exchange', () => {
  it('sum up counts, read gauges when asked, and summarise durations', () => {
    const metrics = createMetrics(undefined);
    let sockets = 1;
    metrics.gauge('sockets', () => sockets);
    metrics.count('calls');
    metrics.count('calls', 4);
    for (const ms of [1, 1, 1, 50]) metrics.observe('trip', ms);
    const before = metrics.snapshot();
    sockets = 3;
    metrics.count('calls');
    expect(before).toEqual({
      counters: { calls: 5 },
      gauges: { sockets: 1 },
      latencies: { trip: { count: 4, p50: expect.closeTo(1, 0), p99: expect.closeTo(50, -1), max: 50 } },
    });
    expect([metrics.snapshot().counters, metrics.snapshot().gauges]).toEqual([{ calls: 6 }, { sockets: 3 }]);
  });

  it('hand every figure on to a sink as it comes', () => {
    const seen: unknown[] = [];
    const metrics = createMetrics({
      count: (...args) => seen.push(args),
      observe: (...args) => seen.push(args),
    });
    metrics.count('a');
    metrics.count('a', 2);
    metrics.observe('b', 3);
    expect(seen).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 3],
    ]);
  });

  it('keep counting, and let no caller fail, when the sink throws', () => {
    const fail = (): never => {
      throw new Error('planted');
    };
    const metrics = createMetrics({ count: fail, observe: fail });
    expect(() => metrics.count('a')).not.toThrow();
    expect(() => metrics.observe('b', 1)).not.toThrow();
    expect(metrics.snapshot()).toMatchObject({ counters: { a: 1 }, latencies: { b: { count: 1 } } });
  });
});
