import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createHmacSha256 } from '../../../src/crypto/hmac.js';
import { createMexcFuturesSigner } from '../../../src/venues/mexc/futures/signer.js';

const KEYS = { apiKey: 'mx0vglTESTKEY0000001', secretKey: '0123456789abcdef0123456789abcdef' };
const NOW = 1_782_900_000_000.7;
const signer = createMexcFuturesSigner(KEYS);
const get = { method: 'GET', path: '/api/v1/private/x', query: [], body: '' } as const;
const post = { ...get, method: 'POST', body: '{"a":1}' } as const;

function timeOf(expiresAt: number): number {
  return Number(signer.sign({ ...post, expiresAt }, NOW).headers['Request-Time']);
}

describe('the signer of MEXC futures', () => {
  it('sends the query as it signs it: sorted, escaped, a space as %20', () => {
    const { query, headers } = signer.sign(
      {
        ...get,
        query: [
          ['b', "x y*'"],
          ['a_b', '1'],
          ['a', '1,2'],
        ],
      },
      NOW,
    );
    expect(query).toBe('a=1%2C2&a_b=1&b=x%20y%2A%27');
    expect(headers['Signature']).toBe(createHmacSha256(KEYS.secretKey)(`${KEYS.apiKey}1782900000000${query}`));
  });

  it('signs the body of a command and nothing else of it', () => {
    const { query, headers } = signer.sign(post, NOW);
    expect(query).toBe('');
    expect(headers).toEqual({
      ApiKey: KEYS.apiKey,
      'Request-Time': '1782900000000',
      Signature: createHmacSha256(KEYS.secretKey)(`${KEYS.apiKey}1782900000000{"a":1}`),
      'Content-Type': 'application/json',
    });
  });

  it('names a time from which the window of 10 s ends when the command does', () => {
    expect(timeOf(NOW + 5_000)).toBe(1_782_899_995_000);
    expect(timeOf(NOW + 100)).toBe(1_782_899_990_100);
    expect(timeOf(NOW + 10_000)).toBe(1_782_900_000_000);
  });

  it('never names a time to come, so that no window ends later than it has to', () => {
    expect(timeOf(NOW + 60_000)).toBe(1_782_900_000_000);
  });

  it('refuses half characters and empty secrets without showing them', () => {
    expect(() => signer.sign({ ...get, query: [['a', '\ud800']] }, NOW)).toThrow(
      'query.a: expected text without half characters',
    );
    expect(() => createMexcFuturesSigner({ ...KEYS, secretKey: '' })).toThrow(
      expect.objectContaining({ code: 'validation' }),
    );
  });

  it('shows no secret to whoever looks at it', () => {
    expect(inspect(signer, { depth: 9, showHidden: true })).not.toContain(KEYS.secretKey);
  });
});
