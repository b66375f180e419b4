import type { Venue } from '../../../adapter/venue.js';
import { ConfigurationError } from '../../../errors/kinds.js';
import type { FuturesSettle } from './settle.js';

/**
 * The venue of a settle currency, and the options without it.
 * @throws {ConfigurationError} naming `settle`.
 */
export function pickFutures<O extends object>(
  venues: Readonly<Record<FuturesSettle, Venue>>,
  options: O & { readonly settle?: FuturesSettle },
): { readonly venue: Venue; readonly options: Omit<O, 'settle'> } {
  const { settle = 'usdt', ...rest } = options;
  if (Object.hasOwn(venues, settle)) return { venue: venues[settle], options: rest };
  throw new ConfigurationError({ field: 'settle', expected: "'usdt' or 'btc'", received: settle });
}
