import type { Venue } from '../../../adapter/venue.js';
import { ConfigurationError } from '../../../errors/kinds.js';
import type { FuturesSettle } from './settle.js';
import { gateioFutures, gateioFuturesBtc } from './venue.js';

const VENUES: Readonly<Record<FuturesSettle, Venue>> = { usdt: gateioFutures, btc: gateioFuturesBtc };

/**
 * The venue of a settle currency, and the options without it.
 * @throws {ConfigurationError} naming `settle`.
 */
export function pickFutures<O extends object>(
  options: O & { readonly settle?: FuturesSettle },
): { readonly venue: Venue; readonly options: Omit<O, 'settle'> } {
  const { settle = 'usdt', ...rest } = options;
  if (Object.hasOwn(VENUES, settle)) return { venue: VENUES[settle], options: rest };
  throw new ConfigurationError({ field: 'settle', expected: "'usdt' or 'btc'", received: settle });
}
