import { malformed, readNumber } from '../../../adapter/read.js';

/** Epoch ms from a number or text of milliseconds, a fraction is cut: `'1767225640213.4578'` → 1767225640213. */
export function readMilliseconds(value: unknown, where: string): number {
  return requireTime(Math.floor(readNumber(value, where)), value, where);
}

/** Epoch ms from a number or text of seconds, with or without a fraction. */
export function readSeconds(value: unknown, where: string): number {
  return requireTime(Math.round(readNumber(value, where) * 1_000), value, where);
}

function requireTime(ms: number, value: unknown, where: string): number {
  if (Number.isSafeInteger(ms)) return ms;
  throw malformed(where, 'an epoch time', value);
}
