import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { createFuturesPrivate } from './private.js';
import { GATEIO_FUTURES_PUBLIC } from './public-venue.js';
import type { FuturesSettle } from './settle.js';

/** Gate.io perpetual futures that settle in USDT: linear contracts, `BTC/USDT:USDT`. */
export const gateioFutures: Venue = withAccounts('usdt');

/** Gate.io perpetual futures that settle in BTC: inverse contracts, `BTC/USD:BTC`. */
export const gateioFuturesBtc: Venue = withAccounts('btc');

/** Market data and accounts, by what they settle in. */
export const GATEIO_FUTURES: Readonly<Record<FuturesSettle, Venue>> = { usdt: gateioFutures, btc: gateioFuturesBtc };

function withAccounts(settle: FuturesSettle): Venue {
  return defineVenue({ ...GATEIO_FUTURES_PUBLIC[settle], private: createFuturesPrivate(settle) });
}
