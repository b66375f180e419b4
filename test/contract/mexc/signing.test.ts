import { describe, expect, it } from 'vitest';
import type { UnsignedRequest } from '../../../src/adapter/signer.js';
import { createHmacSha256 } from '../../../src/crypto/hmac.js';
import { loadPortableHmac } from '../../../src/crypto/portable-hmac.js';
import { createMexcSpotSigner } from '../../../src/venues/mexc/spot/signer.js';
import { readFixture } from '../../support/mexc-frames.js';

interface SignedFixture {
  readonly name: string;
  readonly key: string;
  readonly secret: string;
  readonly method: UnsignedRequest['method'];
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly signature: string;
}

const { requests } = readFixture<{ requests: SignedFixture[] }>('signed-requests');
const portable = await loadPortableHmac();

/** The parameters before their escapes, and what the signer adds by itself. */
function takeApart(query: string) {
  const pairs = query.split('&').map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]);
  const added = new Map(pairs.filter(([name]) => name === 'recvWindow' || name === 'timestamp'));
  return {
    own: pairs.filter(([name]) => !added.has(name)),
    timestamp: Number(added.get('timestamp')),
    recvWindow: Number(added.get('recvWindow')),
  };
}

describe('the published signatures', () => {
  it.each(requests)('are digests of query and body: $name', ({ secret, query, body, signature }) => {
    expect(createHmacSha256(secret)(query + body)).toBe(signature);
    expect(portable.createHmacSha256(secret)(query + body)).toBe(signature);
  });

  it.each(requests.filter(({ body }) => body === ''))('come out of the signer byte for byte: $name', (request) => {
    const { key, secret, method, path, query, signature } = request;
    const { own, timestamp, recvWindow } = takeApart(query);
    const signer = createMexcSpotSigner({ apiKey: key, secretKey: secret });
    expect(signer.sign({ method, path, query: own, body: '', expiresAt: timestamp + recvWindow }, timestamp)).toEqual({
      query: `${query}&signature=${signature}`,
      headers: { 'X-MEXC-APIKEY': key, 'Content-Type': 'application/json' },
    });
  });

  it('of a request with query and body has nothing between the two', () => {
    const signer = createMexcSpotSigner({ apiKey: 'mx0key', secretKey: 'a secret' });
    const body = 'quantity=1&price=11';
    const signed = signer.sign({ method: 'POST', path: '/api/v3/order', query: [['symbol', 'BTCUSDT']], body }, 7);
    const digest = portable.createHmacSha256('a secret')('symbol=BTCUSDT&timestamp=7quantity=1&price=11');
    expect(signed.query).toBe(`symbol=BTCUSDT&timestamp=7&signature=${digest}`);
  });
});
