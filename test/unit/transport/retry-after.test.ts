import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/transport/retry-after.js';

const NOW = Date.UTC(2026, 10, 6, 8, 49, 37);
const THREE_DAYS = 3 * 86_400_000;

describe('Retry-After', () => {
  it.each([
    ['2', 2000],
    [' 120 ', 120_000],
    ['0', 500],
    ['0.7', 700],
    ['-5', 500],
    ['1e12', THREE_DAYS],
    ['1000000000000', THREE_DAYS],
    ['9'.repeat(400), THREE_DAYS],
    ['Fri, 06 Nov 2026 08:50:07 GMT', 30_000],
    ['Fri, 06 Nov 2026 08:49:37 GMT', 500],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 500],
    ['Fri, 06 Nov 2099 08:49:37 GMT', THREE_DAYS],
  ])('%j asks for %i ms', (header, ms) => {
    expect(parseRetryAfter(header, NOW)).toBe(ms);
  });

  it.each([
    undefined,
    '',
    '  ',
    'soon',
    'NaN',
    'Infinity',
    '0x10',
    '5s',
    '1, 2',
    'later 1',
    '2026-11-06T08:50:07Z',
    'Fri, 99 Nov 2026 08:50:07 GMT',
    'Fri, 06 Foo 2026 08:50:07 GMT',
    `Fri, 06 Nov 2026 08:50:07 GMT${' '.repeat(5)}x`,
  ])('%j says nothing', (header) => {
    expect(parseRetryAfter(header, NOW)).toBeUndefined();
  });
});
