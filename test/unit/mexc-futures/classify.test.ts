import { describe, expect, it } from 'vitest';
import { MEXC_FUTURES_ERRORS, mexcFutures } from '../../../src/venues/mexc/index.js';

const { classify } = mexcFutures;

function say(json: unknown, status = 200, text = JSON.stringify(json), headers = {}) {
  return classify({ status, headers, text, json, now: 1_782_900_000_000 });
}
const refused = (code: unknown, message?: string) => say({ success: false, code, message });

describe('a success of MEXC futures', () => {
  it.each([
    [{ success: true, code: 0, data: [] }],
    [{ success: true, code: 0 }],
    [{ success: true, code: 200 }],
    [{ success: true }],
    [{ asks: [], bids: [], version: 1 }],
    [[]],
  ])('is %j', (json) => {
    expect(say(json)).toBeUndefined();
  });
});

describe('a refusal of MEXC futures', () => {
  it('for being too frequent comes with status 200 and asks to wait', () => {
    expect(refused(510, 'Requests are too frequent')).toEqual({
      code: 'rate_limit',
      outcome: 'rejected',
      venueCode: '510',
      message: 'Requests are too frequent',
      retryAfterMs: 3_000,
    });
  });

  it.each([
    [401, 'authentication', 'rejected'],
    [513, 'timestamp', 'rejected'],
    [602, 'authentication', 'rejected'],
    [603, 'bad_request', 'unknown'],
    [801, 'maintenance', 'unknown'],
    [500, 'server', 'unknown'],
    [1000, 'account_not_ready', 'rejected'],
    [1001, 'invalid_symbol', 'rejected'],
    [2005, 'insufficient_balance', 'rejected'],
    [2009, 'position', 'rejected'],
    [2037, 'rate_limit', 'rejected'],
    [2040, 'order_not_found', 'rejected'],
    [2041, 'order_not_found', 'rejected'],
    [2042, 'duplicate_order', 'unknown'],
    [2061, 'invalid_order', 'rejected'],
    [6009, 'permission_denied', 'rejected'],
    [7002, 'position', 'rejected'],
    [8100, 'bad_request', 'rejected'],
    [8905, 'bad_request', 'rejected'],
    [8918, 'permission_denied', 'rejected'],
    [8934, 'trading_disabled', 'rejected'],
    [9510, 'bad_request', 'rejected'],
    [300001, 'permission_denied', 'rejected'],
  ])('with code %i is %s, and the command %s', (code, kind, outcome) => {
    expect(refused(code, 'x')).toMatchObject({ code: kind, outcome, venueCode: String(code), message: 'x' });
    expect(refused(String(code))).toMatchObject({ code: kind, outcome, message: MEXC_FUTURES_ERRORS[code]?.meaning });
  });

  it.each([[2012], [2067], ['toString'], ['__proto__'], [1e9]])(
    'with the unlisted code %s leaves everything open',
    (code) => {
      expect(refused(code)).toMatchObject({ code: 'unknown', outcome: 'unknown', venueCode: String(code) });
    },
  );

  it('that is no success and names no code leaves everything open', () => {
    for (const json of [{ success: false }, { success: false, code: 0 }, { success: 'true', code: 0 }])
      expect(say(json)).toMatchObject({ code: 'unknown', outcome: 'unknown' });
  });

  it('in spite of a success is one', () => {
    expect(say({ success: true, code: 2005 })).toMatchObject({ code: 'insufficient_balance', outcome: 'rejected' });
  });

  it('by the firewall stops everything to the host', () => {
    const html = '<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD></HTML>';
    expect(say(undefined, 403, html)).toEqual({
      code: 'rate_limit',
      outcome: 'rejected',
      message: 'the firewall blocks this address: too many requests',
      retryAfterMs: 90_000,
      banMs: 90_000,
    });
    expect(say(undefined, 403, 'x', { 'content-type': 'text/html' })).toMatchObject({ banMs: 90_000 });
  });

  it('by the server leaves open what happened, whatever the body says', () => {
    for (const status of [500, 502, 503, 504])
      expect(say({ success: false, code: 2005, message: 'x' }, status)).toEqual({
        code: 'server',
        outcome: 'unknown',
        venueCode: '2005',
        message: 'x',
      });
    expect(say({ success: false, code: 801 }, 503)).toMatchObject({ code: 'maintenance', outcome: 'unknown' });
    expect(say(undefined, 502, '<html>', { 'retry-after': '5' })).toMatchObject({
      code: 'server',
      retryAfterMs: 5_000,
    });
  });

  it('with status 429 is for being too frequent', () => {
    expect(say(undefined, 429, '')).toMatchObject({ code: 'rate_limit', outcome: 'rejected', retryAfterMs: 3_000 });
    expect(say(undefined, 429, '', { 'retry-after': '9' })).toMatchObject({ retryAfterMs: 9_000 });
  });

  it.each([
    [200, undefined, 'malformed_response'],
    [200, 'text', 'malformed_response'],
    [200, null, 'malformed_response'],
    [404, undefined, 'malformed_response'],
    [400, {}, 'unknown'],
    [403, {}, 'permission_denied'],
    [302, undefined, 'malformed_response'],
  ])('of status %i with the body %j leaves the command open', (status, json, code) => {
    expect(say(json, status, '')).toMatchObject({ code, outcome: 'unknown' });
  });

  it('of status 400 goes by its code, of 401 without one by its status', () => {
    expect(say({ success: false, code: 2005 }, 400)).toMatchObject({ code: 'insufficient_balance' });
    expect(say({ success: true, code: 0 }, 400)).toMatchObject({ code: 'unknown', outcome: 'unknown' });
    expect(say({}, 401)).toMatchObject({ code: 'authentication', outcome: 'rejected' });
  });

  it('keeps no long text', () => {
    expect(refused(2005, 'x'.repeat(500))?.message).toHaveLength(200);
  });
});
