import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnsignedRequest } from '../../../src/adapter/signer.js';
import { loadPortableHmac } from '../../../src/crypto/portable-hmac.js';
import { ValidationError } from '../../../src/errors/kinds.js';
import { createMexcSpotSigner } from '../../../src/venues/mexc/spot/signer.js';
import { SEED } from './private-support.js';

const SECRET = '45d0b3c26f2644f19bfb98b07741b2f5';
const API_KEY = 'mx0vglTESTKEY0000001';
const NOW = 1_782_900_000_000;
const signer = createMexcSpotSigner({ apiKey: API_KEY, secretKey: SECRET });
const portable = await loadPortableHmac();

function requestOf(changes: Partial<UnsignedRequest> = {}): UnsignedRequest {
  return { method: 'GET', path: '/api/v3/order', query: [], body: '', ...changes };
}

const unsigned = (query: string) => query.slice(0, query.lastIndexOf('&signature='));

/** Byte by byte, apart from the code under test: what need not be escaped stays, all else is two upper-case digits. */
function escapeBytes(text: string): string {
  let escaped = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte);
    escaped += /[A-Za-z0-9_.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}

describe('a signed query', () => {
  it('is what a second implementation makes of any parameters', () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 });
    const name = text.filter((one) => !['timestamp', 'signature', 'recvWindow'].includes(one));
    const isOurs = (query: readonly (readonly [string, string])[], body: string, windowMs: number | undefined) => {
      const expiresAt = windowMs === undefined ? {} : { expiresAt: NOW + windowMs };
      const sent = signer.sign(requestOf({ method: 'POST', query, body, ...expiresAt }), NOW).query;
      const pairs = query.map(([key, value]) => `${escapeBytes(key)}=${escapeBytes(value)}`);
      if (windowMs !== undefined) pairs.push(`recvWindow=${windowMs}`);
      const wanted = [...pairs, `timestamp=${NOW}`].join('&');
      expect(sent).toBe(`${wanted}&signature=${portable.createHmacSha256(SECRET)(wanted + body)}`);
    };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, text), { maxLength: 8 }),
        fc.oneof(fc.constant(''), text),
        fc.option(fc.integer({ min: 1, max: 60_000 }), { nil: undefined }),
        isOurs,
      ),
      { seed: SEED, numRuns: 1_000 },
    );
  });

  it('escapes brackets, commas, quotes and blanks, in upper case', () => {
    const value = `(a,b)!'*~ +"龙/?&=%`;
    expect(unsigned(signer.sign(requestOf({ query: [['x', value]] }), NOW).query)).toBe(
      `x=%28a%2Cb%29%21%27%2A~%20%2B%22%E9%BE%99%2F%3F%26%3D%25&timestamp=${NOW}`,
    );
  });

  it('is left as it is by URL parsers', () => {
    const { query } = signer.sign(requestOf({ query: [['x', `(it's "a" <test>|^\`{})`]] }), NOW);
    expect(new URL(`https://api.mexc.com/api/v3/order?${query}`).search).toBe(`?${query}`);
  });

  it('keeps the order given and drops nothing', () => {
    const query = [
      ['symbol', 'BTCUSDT'],
      ['a', ''],
      ['b', '1'],
      ['a', '2'],
    ] as const;
    expect(unsigned(signer.sign(requestOf({ query }), NOW).query)).toBe(`symbol=BTCUSDT&a=&b=1&a=2&timestamp=${NOW}`);
  });

  it('has whole milliseconds, whatever is known of the venue’s time', () => {
    expect(unsigned(signer.sign(requestOf({ expiresAt: NOW + 3_000.9 }), NOW + 0.9).query)).toBe(
      `recvWindow=3000&timestamp=${NOW}`,
    );
  });

  it.each([
    [-5_000, 1],
    [0, 1],
    [1, 1],
    [5_000, 5_000],
    [60_000, 60_000],
    [60_001, 60_000],
    [Number.POSITIVE_INFINITY, 60_000],
  ])('that must not be acted on %s ms from now has a window of %s ms', (ms, windowMs) => {
    expect(unsigned(signer.sign(requestOf({ expiresAt: NOW + ms }), NOW).query)).toBe(
      `recvWindow=${windowMs}&timestamp=${NOW}`,
    );
  });

  it('keeps a window that was asked for by name', () => {
    expect(unsigned(signer.sign(requestOf({ query: [['recvWindow', '9000']] }), NOW).query)).toBe(
      `recvWindow=9000&timestamp=${NOW}`,
    );
  });
});

describe('the headers', () => {
  it.each(['POST', 'PUT', 'DELETE', 'PATCH'] as const)('of a %s name the key and the type of the content', (method) => {
    expect(signer.sign(requestOf({ method }), NOW).headers).toEqual({
      'X-MEXC-APIKEY': API_KEY,
      'Content-Type': 'application/json',
    });
  });

  it('of a GET name the key', () => {
    expect(signer.sign(requestOf(), NOW).headers).toEqual({ 'X-MEXC-APIKEY': API_KEY });
  });
});

describe('a request is refused', () => {
  it.each(['timestamp', 'signature'])('that sets %s by itself', (name) => {
    expect(() => signer.sign(requestOf({ query: [[name, '1']] }), NOW)).toThrow(
      new ValidationError({ field: `query.${name}`, expected: 'nothing, it is added', received: 'something else' }),
    );
  });

  it('that has two windows', () => {
    const request = requestOf({ query: [['recvWindow', '9000']], expiresAt: NOW + 1_000 });
    expect(() => signer.sign(request, NOW)).toThrow('query.recvWindow: expected nothing, it is added');
  });

  it.each([[['note', '\ud800'] as const], [['\udc00', 'x'] as const]])('with half a character in it', (pair) => {
    expect(() => signer.sign(requestOf({ query: [pair] }), NOW)).toThrow('text without half characters');
  });

  it('when there is no secret', () => {
    expect(() => createMexcSpotSigner({ apiKey: API_KEY, secretKey: '' })).toThrow(ValidationError);
  });
});

describe('the secret', () => {
  it('cannot be seen in the signer', () => {
    const shown = `${inspect(signer, { depth: Number.POSITIVE_INFINITY, showHidden: true })}${JSON.stringify(signer)}${signer.sign}`;
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(API_KEY);
  });

  it('is in no refusal', () => {
    const listenKey = 'pqia91ma19a5s61cv6a81va65sdf19v8a65a1';
    for (const query of [[['listenKey', `${listenKey}\ud800`]], [['signature', listenKey]]] as const) {
      try {
        signer.sign(requestOf({ query }), NOW);
        expect.unreachable();
      } catch (error) {
        const shown = `${inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })}${JSON.stringify(error)}`;
        for (const secret of [SECRET, API_KEY, listenKey]) expect(shown).not.toContain(secret);
      }
    }
  });
});
