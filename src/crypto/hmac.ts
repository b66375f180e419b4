import type { KeyObject } from 'node:crypto';
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

/** HMAC-SHA256 by Node's own crypto: the fast door. @throws {ValidationError} for an empty secret. */
export function createHmacSha256(secret: string | Uint8Array): Hmac {
  const { createHmac } = loadCrypto();
  const key = importKey(secret);
  return (text) => createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/** HMAC-SHA512 by Node's own crypto: the fast door. @throws {ValidationError} for an empty secret. */
export function createHmacSha512(secret: string | Uint8Array): Hmac {
  const { createHmac } = loadCrypto();
  const key = importKey(secret);
  return (text) => createHmac('sha512', key).update(text, 'utf8').digest('hex');
}

/** SHA-512 of the text's UTF-8 bytes, as lower-case hex. */
export function sha512Hex(text: string): string {
  return loadCrypto().hash('sha512', text, 'hex');
}

/** A key object: the secret does not lie in the heap of JavaScript. */
function importKey(secret: string | Uint8Array): KeyObject {
  return loadCrypto().createSecretKey(readSecret(secret));
}

/** Sixty modules of Node that who only reads market data never needs. */
function loadCrypto(): typeof import('node:crypto') {
  return process.getBuiltinModule('node:crypto');
}
