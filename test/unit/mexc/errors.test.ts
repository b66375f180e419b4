import { describe, expect, it } from 'vitest';
import type { AnswerToClassify, Refusal } from '../../../src/adapter/error-classifier.js';
import { MEXC_SPOT_ERRORS } from '../../../src/venues/mexc/spot/error-table.js';
import { classifyMexcSpot } from '../../../src/venues/mexc/spot/errors.js';

const NOW = Date.UTC(2026, 6, 1);

function classify(status: number, body: unknown, headers: AnswerToClassify['headers'] = {}): Refusal | undefined {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return classifyMexcSpot({ status, headers, text, json: typeof body === 'string' ? undefined : body, now: NOW });
}

describe('a success', () => {
  it.each([
    [{}],
    [[]],
    [{ serverTime: 1 }],
    [{ code: 0 }],
    [{ code: '200' }],
    [{ code: null, data: [] }],
    [[{ code: 30002, msg: 'one of a batch' }]],
  ])('is %j', (body) => {
    expect(classify(200, body)).toBeUndefined();
  });
});

describe('a refusal by code', () => {
  it.each(Object.entries(MEXC_SPOT_ERRORS))('%s is what the table says', (venueCode, { code, outcome, meaning }) => {
    expect(classify(400, { code: Number(venueCode), msg: null })).toEqual({
      code,
      outcome: outcome ?? 'rejected',
      venueCode,
      message: meaning,
    });
  });

  it('carries the text of the venue', () => {
    expect(
      classify(400, { code: 30002, msg: 'The minimum transaction volume cannot be less than:1USDT', _extend: null }),
    ).toEqual({
      code: 'invalid_order',
      outcome: 'rejected',
      venueCode: '30002',
      message: 'The minimum transaction volume cannot be less than:1USDT',
    });
  });

  it('is never guessed: a code that is not listed leaves the outcome open', () => {
    expect(classify(400, { code: 987654, msg: 'something new' })).toEqual({
      code: 'unknown',
      outcome: 'unknown',
      venueCode: '987654',
      message: 'something new',
    });
  });

  it.each(['constructor', '__proto__', 'toString'])('is not found on the prototype: %s', (code) => {
    expect(classify(200, { code })).toMatchObject({ code: 'unknown', outcome: 'unknown', venueCode: code });
  });

  it('is also one with status 200 and with a code that is no number', () => {
    expect(classify(200, { code: { a: 1 } })).toMatchObject({ code: 'unknown', outcome: 'unknown' });
    expect(classify(200, { code: 700003, msg: 'late' })).toMatchObject({ code: 'timestamp', outcome: 'rejected' });
  });

  it('takes success codes for nothing when the status says failure', () => {
    expect(classify(400, { code: 200, msg: 'success' })).toMatchObject({ code: 'unknown', outcome: 'unknown' });
  });

  it('reads code 400 by its text', () => {
    expect(classify(400, { code: 400, msg: 'api key required' })?.code).toBe('authentication');
    expect(classify(400, { code: 400, msg: 'start time earlier than 90 days' })?.code).toBe('bad_request');
  });

  it('reads code 500 about maintenance as maintenance', () => {
    expect(classify(400, { code: 500, msg: 'System Maintenance' })).toMatchObject({
      code: 'maintenance',
      outcome: 'unknown',
    });
  });

  it('cuts long texts', () => {
    expect(classify(400, { code: 1, msg: 'x'.repeat(5_000) })?.message).toHaveLength(200);
  });
});

describe('a limit', () => {
  it('by the firewall stops everything for 90 seconds', () => {
    expect(classify(403, '<!DOCTYPE html><html>Access Denied</html>')).toEqual({
      code: 'rate_limit',
      outcome: 'rejected',
      message: 'the firewall blocks this address: too many requests',
      retryAfterMs: 90_000,
      banMs: 90_000,
    });
    expect(classify(403, 'blocked', { 'content-type': 'text/html; charset=utf-8' })?.banMs).toBe(90_000);
  });

  it('is told apart from a refused key', () => {
    expect(classify(403, { code: 700007, msg: 'No permission' })).toMatchObject({
      code: 'permission_denied',
      venueCode: '700007',
    });
    expect(classify(403, '')).toMatchObject({ code: 'permission_denied', outcome: 'rejected' });
  });

  it.each([
    ['7', 7_000],
    ['0', 500],
    ['-3', 500],
    ['1e12', 259_200_000],
    [new Date(NOW + 20_000).toUTCString(), 20_000],
  ])('waits as Retry-After says: %s', (header, waitMs) => {
    const refusal = classify(429, { code: 429, msg: 'Too Many Requests' }, { 'retry-after': header });
    expect(refusal).toEqual({
      code: 'rate_limit',
      outcome: 'rejected',
      venueCode: '429',
      message: 'Too Many Requests',
      retryAfterMs: waitMs,
      banMs: waitMs,
    });
  });

  it.each([undefined, '', 'soon'])('without a usable Retry-After leaves the wait to the policy: %s', (header) => {
    const refusal = classify(429, '', header === undefined ? {} : { 'retry-after': header });
    expect(refusal).toEqual({
      code: 'rate_limit',
      outcome: 'rejected',
      venueCode: '429',
      message: 'too many requests',
    });
  });

  it('is a ban with 418, of two minutes at least where no time is given', () => {
    expect(classify(418, '')).toMatchObject({ code: 'rate_limit', retryAfterMs: 120_000, banMs: 120_000 });
    expect(classify(418, '', { 'retry-after': '3600' })).toMatchObject({ banMs: 3_600_000 });
  });
});

describe('a failure of the server', () => {
  it.each([
    [500, { code: 500, msg: 'internal' }],
    [503, ''],
    [504, '<html>gateway time-out</html>'],
  ])('leaves the outcome open: %d', (status, body) => {
    expect(classify(status, body)).toMatchObject({ code: 'server', outcome: 'unknown' });
  });

  it('leaves it open even when the body holds a code that is definite elsewhere', () => {
    expect(classify(500, { code: 30004, msg: 'Insufficient position' })).toMatchObject({
      code: 'server',
      outcome: 'unknown',
      venueCode: '30004',
    });
  });

  it('is maintenance when it says so', () => {
    expect(classify(503, '<html>Under MAINTENANCE</html>')?.code).toBe('maintenance');
  });
});

describe('an answer without a code', () => {
  it('is malformed where a success should be', () => {
    expect(classify(200, '<html>hello</html>')).toEqual({
      code: 'malformed_response',
      outcome: 'unknown',
      message: 'the answer is HTML, not JSON',
    });
    expect(classify(200, '')).toMatchObject({ code: 'malformed_response', outcome: 'unknown' });
  });

  it.each([
    [401, 'authentication', 'rejected'],
    [403, 'permission_denied', 'rejected'],
    [404, 'unknown', 'unknown'],
    [302, 'unknown', 'unknown'],
  ] as const)('is read by its status where that is documented: %d', (status, code, outcome) => {
    expect(classify(status, {})).toMatchObject({ code, outcome });
  });
});
