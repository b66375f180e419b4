const MIN_MS = 500;
const MAX_MS = 3 * 24 * 60 * 60 * 1000;

const SECONDS = /^-?\d+(?:\.\d+)?(?:e\+?\d+)?$/i;
/** `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that servers may send today (RFC 9110, 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * The wait that a `Retry-After` header asks for, ms, clamped to [500 ms, 3 days]: seconds or an HTTP date.
 * `undefined` where the header is absent or says nothing readable.
 * @param now wall time, epoch ms.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (SECONDS.test(text)) return clamp(Number(text) * 1000);
  if (!HTTP_DATE.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : clamp(at - now);
}

function clamp(ms: number): number {
  return Math.min(Math.max(Math.ceil(ms), MIN_MS), MAX_MS);
}
