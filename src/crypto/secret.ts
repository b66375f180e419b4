import { ValidationError } from '../errors/kinds.js';

/** The secret's bytes. @throws {ValidationError} for anything but a text or bytes that are not empty. */
export function readSecret(secret: string | Uint8Array): Uint8Array {
  const isUsable = (typeof secret === 'string' || secret instanceof Uint8Array) && secret.length > 0;
  if (isUsable) return typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  // Its type only: a secret of a wrong type is still a secret.
  throw new ValidationError({ field: 'secretKey', expected: 'a secret that is not empty', received: typeof secret });
}
