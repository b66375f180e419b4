import { readSecret } from './secret.js';

/** Signs a text (as UTF-8) and returns lower-case hex. Holds its secret in a closure: nothing can read it back. */
export type Hmac = (text: string) => string;

/** The digests that venues ask for; Node's and the portable implementation look alike. */
export interface Hashes {
  /** @throws {ValidationError} for an empty secret; the error does not show it. */
  createHmacSha256(secret: string | Uint8Array): Hmac;
  /** @throws {ValidationError} for an empty secret; the error does not show it. */
  createHmacSha512(secret: string | Uint8Array): Hmac;
  /** SHA-512 of the text's UTF-8 bytes, as lower-case hex. */
  sha512Hex(text: string): string;
}

type Crypto = typeof import('node:crypto');
type Algorithm = 'sha256' | 'sha512';

/** Bytes. */
const BLOCK: Readonly<Record<Algorithm, number>> = { sha256: 64, sha512: 128 };
const DIGEST: Readonly<Record<Algorithm, number>> = { sha256: 32, sha512: 64 };
/** Room for a text; a longer one gets room of its own. */
const TEXT_BYTES = 4_096;
const MAX_BYTES_PER_CHARACTER = 3;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

let loaded: Crypto | undefined;

/** HMAC-SHA256 by Node's own crypto: the fast door. @throws {ValidationError} for an empty secret. */
export function createHmacSha256(secret: string | Uint8Array): Hmac {
  return createHmac('sha256', secret);
}

/** HMAC-SHA512 by Node's own crypto: the fast door. @throws {ValidationError} for an empty secret. */
export function createHmacSha512(secret: string | Uint8Array): Hmac {
  return createHmac('sha512', secret);
}

/** SHA-512 of the text's UTF-8 bytes, as lower-case hex. */
export function sha512Hex(text: string): string {
  return loadCrypto().hash('sha512', text, 'hex');
}

/**
 * Two digests in one go each, with the padded key in front: half of what Node's `createHmac` costs, which makes a stream,
 * and a third where it is called once in a while. Source: RFC 2104, definition of HMAC.
 */
function createHmac(algorithm: Algorithm, secret: string | Uint8Array): Hmac {
  const { hash } = loadCrypto();
  const block = BLOCK[algorithm];
  const given = readSecret(secret);
  const key = given.length > block ? hash(algorithm, given, 'buffer') : given;
  const inner = pad(key, block, INNER_PAD, TEXT_BYTES);
  const outer = pad(key, block, OUTER_PAD, DIGEST[algorithm]);
  return (text) => {
    const mostBytes = text.length * MAX_BYTES_PER_CHARACTER;
    const room = mostBytes <= TEXT_BYTES ? inner : pad(key, block, INNER_PAD, mostBytes);
    const size = room.write(text, block, 'utf8');
    outer.write(hash(algorithm, room.subarray(0, block + size), 'binary'), block, 'binary');
    return hash(algorithm, outer, 'hex');
  };
}

/** The key as RFC 2104 wants it in front, and room behind. */
function pad(key: Uint8Array, block: number, by: number, room: number): Buffer {
  const bytes = Buffer.alloc(block + room);
  bytes.set(key);
  for (let at = 0; at < block; at++) bytes[at] = (bytes[at] as number) ^ by;
  return bytes;
}

/** Sixty modules of Node that who only reads market data never needs. */
function loadCrypto(): Crypto {
  loaded ??= process.getBuiltinModule('node:crypto');
  return loaded;
}
