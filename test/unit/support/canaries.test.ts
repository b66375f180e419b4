import { describe, expect, it } from 'vitest';
import { ENCODING_NAMES, encodeCanary } from '../../support/canaries.js';
import { findLeaks, secretsIn, secretsOf } from '../../support/canary-reporter.js';

const FOLDERS = ['../../', '../../../bench/', '../../../examples/', '../../../src/'].map(
  (path) => new URL(path, import.meta.url),
);

describe('the scan of what a test run prints', () => {
  const secrets = secretsOf(FOLDERS);

  it('looks for the secrets of tests, worlds, fixtures and examples', () => {
    const values = new Set(Object.values(secrets));
    for (const secret of ['a-secret-of-the-world', 'a-secret-of-the-contract', 'a-secret-of-the-simulator'])
      expect(values).toContain(secret);
    const files = Object.keys(secrets).join('\n');
    for (const file of [
      'fixtures/mexc/signed-requests.json',
      'fixtures/gateio/private.json',
      'unit/mexc/signer.test.ts',
    ])
      expect(files).toContain(file);
  });

  // The texts stand in no title: a report of all titles is scanned, too.
  it.each([
    ["{ apiKey: 'k', secretKey: 'one-two-three' }", ['one-two-three']],
    ['{"key": "k", "secret": "00feeddadcafe077"}', ['00feeddadcafe077']],
    ["const SECRET = 'one-two-three'; const b = { secretKey: `four-five-six` };", ['one-two-three', 'four-five-six']],
    ["new ccxt.gate({ secret: 'one-two-three', a: 1 }); again({ secret: 'one-two-three' })", ['one-two-three']],
    ["const API_SECRET = 'one-two-three', apiSecret = 'four-five-six'", ['one-two-three', 'four-five-six']],
    ["{ secretKey: 'short' }, ['secretKey', 'another text'], secretKey: keys.secret", []],
  ])('finds the keys that stand in text %#', (text, found) => {
    expect(secretsIn(text)).toEqual(found);
  });

  it.each(ENCODING_NAMES)('finds each of them as %s, and shows none', (encoding) => {
    for (const [name, secret] of Object.entries(secrets)) {
      const found = findLeaks({ [name]: secret }, [['the output', `before ${encodeCanary(encoding, secret)} after`]]);
      expect(found).toContain(`${name} as ${encoding} in the output`);
      expect(found.join()).not.toContain(secret);
    }
  });

  it.each([
    [`GET /api/v3/account?timestamp=1&signature=${'0f'.repeat(32)}`, 'a signature'],
    [`headers: { "SIGN": "${'0f'.repeat(64)}" }`, 'a signature'],
    [`wss://venue.test/ws?listenKey=${'a1'.repeat(32)}`, 'a listen key'],
    [`{"listenKey":"${'a1'.repeat(32)}"}`, 'a listen key'],
  ])('knows by its place what no file can list: text %#', (text, name) => {
    expect(findLeaks({}, [['the output', text]])).toEqual([`${name} in the output`]);
  });

  it('finds nothing in a text without them', () => {
    const harmless = `secretKey: [redacted], signature=[redacted], listenKey, trace ${'0f'.repeat(32)}`;
    expect(findLeaks(secrets, [['the output', harmless]])).toEqual([]);
  });
});
