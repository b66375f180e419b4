import { malformed, readInteger } from '../../adapter/read.js';

/** A book number: a safe integer, not negative. @throws {MalformedResponseError} */
export function readSequence(value: unknown, where: string): number {
  const sequence = readInteger(value, where);
  if (sequence >= 0) return sequence;
  throw malformed(where, 'a whole number that is not negative', value);
}
