import { malformed, readNumber, readOptional } from '../../adapter/read.js';

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

/** Whole seconds of a time in ms, the rest is cut: what requests carry. */
export function toWholeSeconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** Epoch ms from the field of milliseconds, else from that of seconds; `undefined` where the venue sends neither. */
export function readTime(ms: unknown, seconds: unknown, where: string): number | undefined {
  return readOptional(ms, `${where}_ms`, readMilliseconds) ?? readOptional(seconds, where, readSeconds);
}

/** A span of ms, both ends inclusive, as the whole seconds that cover it; whether the venue's `to` is inclusive is open. */
export function spanInSeconds(
  from: number | undefined,
  to: number | undefined,
): { readonly from?: number; readonly to?: number } {
  return {
    ...(from === undefined ? {} : { from: toWholeSeconds(from) }),
    ...(to === undefined ? {} : { to: toWholeSeconds(to) + 1 }),
  };
}
