import { describe, expect, it } from 'vitest';
import type { AnswerToClassify } from '../../../src/adapter/error-classifier.js';
import { GATEIO_SPOT_ERRORS, gateioSpot } from '../../../src/venues/gateio/index.js';
import { NOW } from '../../support/gateio-contexts.js';

function answer(status: number, body: unknown, headers: Record<string, string> = {}): AnswerToClassify {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers, text, json: typeof body === 'string' ? undefined : body, now: NOW };
}
const classify = (status: number, body: unknown, headers?: Record<string, string>) =>
  gateioSpot.classify(answer(status, body, headers));
const limited = (headers: Record<string, string>) =>
  classify(429, { label: 'TOO_MANY_REQUESTS', message: 'Request Rate Limit Exceeded (211)' }, headers)?.retryAfterMs;

describe('Gate.io answers that are a success', () => {
  it.each([
    [200, { server_time: 1 }],
    [200, []],
    [201, { id: '1' }],
    [202, { status: 'pending' }],
    [204, ''],
    [200, [{ succeeded: false, label: 'BALANCE_NOT_ENOUGH', message: 'one item of a batch' }]],
    [200, { label: '' }],
  ])('passes %i with %o', (status, body) => {
    expect(classify(status, body)).toBeUndefined();
  });
});

describe('Gate.io refusals', () => {
  it('takes the label first, whatever the status', () => {
    expect(classify(400, { label: 'BALANCE_NOT_ENOUGH', message: 'Not enough balance' })).toEqual({
      code: 'insufficient_balance',
      outcome: 'rejected',
      venueCode: 'BALANCE_NOT_ENOUGH',
      message: 'Not enough balance',
    });
    expect(classify(200, { label: 'ORDER_NOT_FOUND', message: 'gone' })?.code).toBe('order_not_found');
  });

  it('takes the text from detail, or from the table when there is none', () => {
    expect(classify(400, { label: 'INVALID_KEY', detail: 'no such key' })?.message).toBe('no such key');
    expect(classify(400, { label: 'INVALID_PRECISION' })?.message).toBe('Price or amount has too many decimals.');
    expect(classify(400, { label: 'INVALID_PRECISION', message: 7 })?.message).toBe(
      'Price or amount has too many decimals.',
    );
  });

  it.each([
    'TOO_BUSY',
    'INTERNAL',
    'SERVER_ERROR',
    'INTERNAL_SERVER_ERROR',
    'SERVER_TIMEOUT',
    'REPEATED_CREATION',
    'ORDER_EXISTS',
  ])('leaves open what happened after %s', (label) => {
    expect(classify(400, { label, message: 'x' })?.outcome).toBe('unknown');
  });

  it('leaves open what happened after any 5xx, even with a label that is otherwise definite', () => {
    expect(classify(502, { label: 'BALANCE_NOT_ENOUGH', message: 'x' })).toMatchObject({
      code: 'insufficient_balance',
      outcome: 'unknown',
    });
  });

  it.each([
    [400, 'bad_request'],
    [401, 'authentication'],
    [403, 'permission_denied'],
    [404, 'not_found'],
    [409, 'bad_request'],
    [429, 'rate_limit'],
    [500, 'server'],
    [503, 'server'],
  ])('goes by the status %i when the label is not listed, and claims nothing about the command', (status, code) => {
    for (const label of ['BRAND_NEW_LABEL', 'constructor', '__proto__', 'toString']) {
      expect(classify(status, { label, message: 'text' })).toEqual({
        code,
        outcome: 'unknown',
        venueCode: label,
        message: 'text',
      });
    }
    expect(classify(status, { nothing: 1 })).toEqual({
      code,
      outcome: 'unknown',
      message: `HTTP ${status} without a text`,
    });
  });

  it('calls a 200 with an unlisted label unknown', () => {
    expect(classify(200, { label: 'BRAND_NEW_LABEL', message: 'x' })).toMatchObject({
      code: 'unknown',
      outcome: 'unknown',
    });
  });

  it.each([
    [200, 'malformed_response'],
    [403, 'malformed_response'],
    [404, 'malformed_response'],
    [429, 'rate_limit'],
    [502, 'server'],
  ])('does not take HTML with %i for an answer of the venue', (status, code) => {
    for (const body of ['<html>blocked</html>', '', '{"label":"BALANCE_NOT_EN']) {
      expect(classify(status, body)).toEqual({
        code,
        outcome: 'unknown',
        message: `HTTP ${status} with a body that is not JSON`,
      });
    }
  });

  it('treats a redirect as a failed connection that is not worth repeating', () => {
    expect(classify(307, '')).toEqual({
      code: 'network',
      outcome: 'unknown',
      message: 'HTTP 307 with a body that is not JSON',
      retryable: false,
    });
  });

  it('cuts a label and a text that are far too long', () => {
    const refusal = classify(400, { label: 'L'.repeat(5_000), message: 'm'.repeat(5_000) });
    expect([refusal?.venueCode?.length, refusal?.message.length]).toEqual([300, 300]);
  });
});

describe('Gate.io rate limit', () => {
  it.each([
    ['reset in seconds', { 'x-gate-ratelimit-reset-timestamp': String(NOW / 1_000 + 4) }, 4_000],
    ['reset in milliseconds', { 'x-gate-ratelimit-reset-timestamp': String(NOW + 1_500) }, 1_500],
    ['reset too near', { 'x-gate-ratelimit-reset-timestamp': String(NOW + 20) }, 500],
    ['reset in the past', { 'x-gate-ratelimit-reset-timestamp': String(NOW - 20) }, undefined],
    ['reset far away', { 'x-gate-ratelimit-reset-timestamp': String(NOW + 86_400_000) }, 60_000],
    ['reset unreadable', { 'x-gate-ratelimit-reset-timestamp': 'soon' }, undefined],
    ['reset zero', { 'x-gate-ratelimit-reset-timestamp': '0' }, undefined],
    [
      'reset by the clock of the venue',
      { 'x-gate-ratelimit-reset-timestamp': String(NOW + 3_602_000), 'x-out-time': String((NOW + 3_600_000) * 1_000) },
      2_000,
    ],
    ['retry-after in seconds', { 'retry-after': '7' }, 7_000],
    ['retry-after as a date', { 'retry-after': new Date(NOW + 9_000).toUTCString() }, 9_000],
    ['retry-after in the past', { 'retry-after': new Date(NOW - 9_000).toUTCString() }, undefined],
    ['retry-after negative', { 'retry-after': '-5' }, undefined],
    ['retry-after enormous', { 'retry-after': '1000000000000' }, 259_200_000],
    ['both', { 'x-gate-ratelimit-reset-timestamp': String(NOW + 1_500), 'retry-after': '3' }, 3_000],
    ['nothing', {}, undefined],
  ])('waits as told: %s', (_what, headers, expected) => {
    expect(limited(headers as unknown as Record<string, string>)).toBe(expected);
  });

  it('is a definite refusal with its label, and leaves the command open without one', () => {
    expect(classify(429, { label: 'TOO_MANY_REQUESTS', message: 'x' })?.outcome).toBe('rejected');
    expect(classify(429, {})?.outcome).toBe('unknown');
  });
});

describe('The Gate.io error table', () => {
  it('gives every label a code, an outcome and a meaning', () => {
    const rows = Object.entries(GATEIO_SPOT_ERRORS);
    expect(rows.length).toBe(88);
    for (const [label, { outcome, meaning }] of rows) {
      expect(label).toMatch(/^[A-Z_]+$/);
      expect(['rejected', 'unknown']).toContain(outcome);
      expect(meaning).toMatch(/\.$/);
    }
  });
});
