import { createHash, createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHmacSha256, createHmacSha512, type Hashes, sha512Hex } from '../../../src/crypto/hmac.js';
import { loadPortableHmac } from '../../../src/crypto/portable-hmac.js';
import { ValidationError } from '../../../src/errors/kinds.js';

const node: Hashes = { createHmacSha256, createHmacSha512, sha512Hex };
const portable = await loadPortableHmac();

/** Published in RFC 4231, test cases 1, 2 and 6. */
const vectors = [
  {
    key: new Uint8Array(20).fill(0x0b),
    text: 'Hi There',
    sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    sha512:
      '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
  },
  {
    key: 'Jefe',
    text: 'what do ya want for nothing?',
    sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    sha512:
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  },
  {
    key: new Uint8Array(131).fill(0xaa),
    text: 'Test Using Larger Than Block-Size Key - Hash Key First',
    sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    sha512:
      '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
  },
];

describe.each([
  { door: 'node', hashes: node },
  { door: 'portable', hashes: portable },
])('the $door door', ({ hashes }) => {
  it('gives the published digests', () => {
    expect(
      vectors.map(({ key, text }) => ({
        sha256: hashes.createHmacSha256(key)(text),
        sha512: hashes.createHmacSha512(key)(text),
      })),
    ).toEqual(vectors.map(({ sha256, sha512 }) => ({ sha256, sha512 })));
  });

  it('gives the published SHA-512 of the empty text and of "abc"', () => {
    expect([hashes.sha512Hex(''), hashes.sha512Hex('abc')]).toEqual([
      'cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ]);
  });

  it('signs many texts with one signer, each on its own', () => {
    const sign = hashes.createHmacSha256('Jefe');
    expect([sign('a'), sign('b'), sign('a')]).toEqual(
      ['a', 'b', 'a'].map((text) => createHmac('sha256', 'Jefe').update(text).digest('hex')),
    );
  });

  it('signs texts of any length, a short one after a long one', () => {
    const texts = ['a', 'b'.repeat(4_095), 'c'.repeat(4_097), 'ü'.repeat(2_000), '币'.repeat(1_366), 'd'];
    const [sign256, sign512] = [hashes.createHmacSha256('Jefe'), hashes.createHmacSha512('Jefe')];
    const signed = (algorithm: string) => (text: string) => createHmac(algorithm, 'Jefe').update(text).digest('hex');
    expect(texts.map(sign256)).toEqual(texts.map(signed('sha256')));
    expect(texts.map(sign512)).toEqual(texts.map(signed('sha512')));
  });

  it.each([
    { secret: '' },
    { secret: new Uint8Array(0) },
    { secret: 123456789 },
    { secret: null },
    { secret: undefined },
  ])('refuses $secret as a secret without showing it', ({ secret }) => {
    const refused = () => hashes.createHmacSha512(secret as string);
    expect(refused).toThrow(ValidationError);
    expect(refused).toThrow(
      /^secretKey: expected a secret that is not empty, received "(string|object|number|undefined)"$/,
    );
  });

  it('keeps the secret unreadable', () => {
    const secret = 'canary-4f1b-never-shown';
    const sign = hashes.createHmacSha256(secret);
    const shown = [
      String(sign),
      inspect(sign, { showHidden: true, depth: 9, getters: true }),
      JSON.stringify({ sign }),
      ...Reflect.ownKeys(sign).map((key) => String(Reflect.get(sign, key))),
    ].join('\n');
    expect(shown).not.toContain('canary');
    expect(shown).not.toContain(Buffer.from(secret).toString('hex'));
    expect(() => structuredClone(sign)).toThrow();
  });
});

describe('both doors', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  );

  it('give the same bytes for every secret and text, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), anyText, (secret, text) => {
        expect(portable.createHmacSha256(secret)(text)).toBe(node.createHmacSha256(secret)(text));
        expect(portable.createHmacSha512(secret)(text)).toBe(node.createHmacSha512(secret)(text));
        expect(portable.sha512Hex(text)).toBe(createHash('sha512').update(text, 'utf8').digest('hex'));
        expect(node.sha512Hex(text)).toBe(portable.sha512Hex(text));
      }),
      { numRuns: 300 },
    );
  });

  it('read a secret given as text as its UTF-8 bytes', () => {
    const secret = 'ключ-鍵';
    const bytes = new TextEncoder().encode(secret);
    expect([node, portable].map(({ createHmacSha512: create }) => create(secret)('x') === create(bytes)('x'))).toEqual([
      true,
      true,
    ]);
  });
});
