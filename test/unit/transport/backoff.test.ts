import { describe, expect, it } from 'vitest';
import { RateLimitError } from '../../../src/errors/kinds.js';
import { nextAttemptMs, reconnectDelayMs, retryDelayMs } from '../../../src/transport/backoff.js';
import type { ReconnectPolicy, RetryPolicy } from '../../../src/transport/policies.js';

const always = (value: number) => ({ next: () => value });
const LOW = always(0);
const HIGH = always(1 - 2 ** -53);

const reconnect: ReconnectPolicy = {
  firstDelayMs: 1000,
  factor: 2,
  maxDelayMs: 30_000,
  floorMs: 100,
  maxAttempts: Number.POSITIVE_INFINITY,
  stableAfterMs: 60_000,
  resetOnCloseCodes: [],
  maxConnectsPerMinute: 10,
};

const retry: RetryPolicy = {
  maxAttempts: 3,
  baseDelayMs: 500,
  maxDelayMs: 4000,
  maxRetryAfterMs: 60_000,
  delayMs: (attempt, reason, base) => (reason === 'rate_limit' ? base * 2 ** attempt : base * attempt),
};

describe('the wait before a reconnect', () => {
  it('is what the failure says where it says how long it lasts, however many failures there were before', () => {
    const ban = new RateLimitError({ message: 'banned', outcome: 'rejected', retryAfterMs: 7_777 });
    expect([1, 20].map((failures) => nextAttemptMs(reconnect, failures, ban, HIGH))).toEqual([7_777, 7_777]);
    const soon = new RateLimitError({ message: 'too many', outcome: 'rejected', retryAfterMs: 5 });
    expect(nextAttemptMs(reconnect, 20, soon, LOW)).toBe(100);
    const silent = new RateLimitError({ message: 'banned', outcome: 'rejected' });
    expect([silent, new Error('lost')].map((failure) => nextAttemptMs(reconnect, 20, failure, HIGH))).toEqual([
      30_000, 30_000,
    ]);
  });

  it.each([
    [0, 1000],
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [6, 30_000],
    [1_000_000, 30_000],
  ])('after %i failures is anywhere between the floor and %i ms', (failures, bound) => {
    expect(reconnectDelayMs(reconnect, failures, LOW)).toBe(100);
    expect(reconnectDelayMs(reconnect, failures, always(0.5))).toBe(bound / 2);
    expect(reconnectDelayMs(reconnect, failures, HIGH)).toBe(bound);
  });

  it('keeps to the floor where the policy has no delay at all', () => {
    expect(reconnectDelayMs({ ...reconnect, firstDelayMs: 0 }, 1e6, HIGH)).toBe(100);
  });
});

describe('the wait before a retry', () => {
  it.each([
    [1, 'failure', 250, 500],
    [2, 'failure', 500, 1000],
    [1, 'rate_limit', 500, 1000],
    [9, 'rate_limit', 2000, 4000],
  ] as const)('after try %i (%s) lies in the upper half of the policy delay', (attempt, reason, least, most) => {
    expect(retryDelayMs(retry, attempt, reason, undefined, LOW)).toBe(least);
    expect(retryDelayMs(retry, attempt, reason, undefined, HIGH)).toBe(most);
  });

  it.each([
    ['longer than ours', 10_000, 10_000, 10_500],
    ['shorter than ours', 10, 500, 1000],
    ['longer than we are willing to wait', 1e12, 60_000, 60_500],
  ])('is never shorter than what the venue asks when that is %s', (_, asked, least, most) => {
    expect(retryDelayMs(retry, 1, 'rate_limit', asked, LOW)).toBe(least);
    expect(retryDelayMs(retry, 1, 'rate_limit', asked, HIGH)).toBe(most);
  });
});
