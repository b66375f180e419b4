import { expect, it } from 'vitest';
import { createHealthReport, worstHealth } from '../../../src/model/health.js';

it('a health report is as bad as its worst check', () => {
  const checks = [
    { name: 'rest', status: 'ok' },
    { name: 'stream', status: 'degraded', detail: 'reconnecting' },
  ] as const;
  expect(createHealthReport('acme_spot', checks, 5)).toEqual({ venue: 'acme_spot', status: 'degraded', checks, at: 5 });
});

it('the worst of states is found in any order, and nothing is fine', () => {
  expect([
    worstHealth(['down', 'ok']),
    worstHealth(['ok', 'degraded']),
    worstHealth(new Set(['ok'] as const)),
    worstHealth([]),
  ]).toEqual(['down', 'degraded', 'ok', 'ok']);
});
