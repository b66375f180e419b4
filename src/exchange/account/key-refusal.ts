import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';

/** Connecting or reading again with the same keys changes nothing. */
const CODES: ReadonlySet<string> = new Set(['authentication', 'permission_denied', 'configuration']);

/** Whether the venue, or whoever gives the keys, has refused them for certain. */
export function isKeyRefusal(error: unknown): error is ExchangeError {
  return isExchangeError(error) && CODES.has(error.code) && error.outcome !== 'unknown';
}
