import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { UnsignedRequest } from '../../../src/adapter/signer.js';
import { loadPortableHmac } from '../../../src/crypto/portable-hmac.js';
import { createSeededRandom, type SeededRandom } from '../../../src/transport/seeded-random.js';
import { CREDENTIALS, codeThrownBy, NOW, privateHalf } from '../../support/gateio-contexts.js';

/** Replays one run: `GATEIO_SIGNER_SEED='<seed>' npx vitest run test/unit/gateio/signer.test.ts`. */
const SEED = process.env['GATEIO_SIGNER_SEED'] ?? `gateio-signer-${Date.now()}`;
const ROUNDS = 500;
const CHARACTERS = [...'abzAZ019-_.~,:;/?@&=+$#%^*()[]{}<>|\\"\'` \t\n', 'é', '币', '🚀', '\u0000'];

const { createSigner } = privateHalf();
const signer = createSigner(CREDENTIALS);
const portable = await loadPortableHmac();

function text(random: SeededRandom, longest: number): string {
  return Array.from({ length: random.int(longest + 1) }, () => random.pick(CHARACTERS)).join('');
}

function randomRequest(random: SeededRandom): UnsignedRequest {
  const method = random.pick(['GET', 'POST', 'DELETE', 'PATCH'] as const);
  const query = Array.from({ length: random.int(5) }, (_, index) => [`name_${index}`, text(random, 12)] as const);
  const body = method === 'POST' ? JSON.stringify({ [text(random, 5)]: text(random, 40) }) : '';
  return { method, path: `/api/v4/spot/${random.int(1e9)}`, query, body };
}

/** Written from the documents alone, with the other digests: reads the query as a server does, from what was sent. */
function secondOpinion(request: UnsignedRequest, sentQuery: string, timestamp: string): string {
  const asServer = decodeURIComponent(sentQuery.replaceAll('+', ' '));
  const parts = [request.method, request.path, asServer, portable.sha512Hex(request.body), timestamp];
  return portable.createHmacSha512(CREDENTIALS.secretKey)(parts.join('\n'));
}

describe('The Gate.io signer', () => {
  it(`signs what the server reads, by a second implementation (seed ${SEED})`, () => {
    const random = createSeededRandom(SEED);
    for (let round = 0; round < ROUNDS; round++) {
      const request = randomRequest(random);
      const now = NOW + random.int(1e12);
      const { query, headers } = signer.sign(request, now);
      const sent = { query, ...headers };
      const timestamp = String(Math.floor(now / 1_000));
      const values = query === '' ? [] : query.split('&').map((part) => decodeURIComponent(part.split('=')[1] ?? ''));
      expect({ seed: SEED, round, values, sent }).toEqual({
        seed: SEED,
        round,
        values: request.query.map(([, value]) => value),
        sent: { query, KEY: CREDENTIALS.apiKey, Timestamp: timestamp, SIGN: secondOpinion(request, query, timestamp) },
      });
    }
  });

  it('sends commas of a list as they are and escapes the rest', () => {
    const query = [
      ['a', 'X_Y,Z_Y'],
      ['b', 'p q+r&s=t%'],
    ] as const;
    expect(signer.sign({ method: 'GET', path: '/p', query, body: '' }, NOW).query).toBe(
      'a=X_Y,Z_Y&b=p%20q%2Br%26s%3Dt%25',
    );
  });

  it('passes the expiry on in whole milliseconds, and it changes no signature', () => {
    const request = { method: 'POST', path: '/api/v4/spot/orders', query: [], body: '{}' } as const;
    const plain = signer.sign(request, NOW);
    expect(signer.sign({ ...request, expiresAt: NOW + 5_000.7 }, NOW)).toEqual({
      query: '',
      headers: { ...plain.headers, 'x-gate-exptime': String(NOW + 5_000) },
    });
    expect(Object.keys(plain.headers)).toEqual(['KEY', 'Timestamp', 'SIGN']);
  });

  it('refuses text that is no Unicode, naming the field and not showing the text', () => {
    const request = { method: 'GET', path: '/p', query: [['currency', '\ud800']], body: '' } as const;
    expect(codeThrownBy(() => signer.sign(request, NOW))).toBe('validation');
    expect(() => signer.sign(request, NOW)).toThrow('currency: expected a text that is valid Unicode');
  });

  it('cannot be asked for its secret, and says nothing of a wrong one', () => {
    const seen = [inspect(signer, { depth: 9, showHidden: true }), JSON.stringify(signer), String(signer)].join();
    expect(seen).not.toContain(CREDENTIALS.secretKey);
    expect(seen).not.toContain(CREDENTIALS.apiKey);
    expect(codeThrownBy(() => createSigner({ apiKey: 'k', secretKey: '' }))).toBe('validation');
    expect(() => createSigner({ apiKey: 'k', secretKey: 424_242 as never })).not.toThrow('424242');
  });
});
