import type { Hashes, Hmac } from './hmac.js';
import { readSecret } from './secret.js';

type HmacModule = typeof import('@noble/hashes/hmac.js');
type Sha2Module = typeof import('@noble/hashes/sha2.js');

/**
 * The same digests in plain JavaScript, for runtimes without Node's crypto and as a second opinion in tests. Some five
 * times slower. Loads its package on the first call.
 */
export async function loadPortableHmac(): Promise<Hashes> {
  const [{ hmac }, { sha256, sha512 }] = await Promise.all([
    import('@noble/hashes/hmac.js'),
    import('@noble/hashes/sha2.js'),
  ]);
  return {
    createHmacSha256: (secret) => createHmac(hmac, sha256, secret),
    createHmacSha512: (secret) => createHmac(hmac, sha512, secret),
    sha512Hex: (text) => toHex(sha512(new TextEncoder().encode(text))),
  };
}

function createHmac(
  hmac: HmacModule['hmac'],
  hash: Sha2Module['sha256'] | Sha2Module['sha512'],
  secret: string | Uint8Array,
): Hmac {
  const keyed = hmac.create(hash, readSecret(secret));
  return (text) => toHex(keyed.clone().update(new TextEncoder().encode(text)).digest());
}

function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}
