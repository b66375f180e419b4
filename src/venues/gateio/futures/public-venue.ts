import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { createGateioClassifier } from '../classify.js';
import { GATEIO_RECONNECT_POLICY, GATEIO_RETRY_POLICY } from '../policies.js';
import { GATEIO_FUTURES_ERRORS } from './errors.js';
import { GATEIO_FUTURES_LIMITS } from './limits.js';
import { createFuturesFunding } from './rest-funding.js';
import { createFuturesMarket } from './rest-market.js';
import { assetOf, type FuturesSettle, venueIdOf } from './settle.js';
import { gateioFuturesStreams, SIZE_HEADER } from './stream-market.js';

/** Market data of Gate.io's perpetual futures, by what they settle in. */
export const GATEIO_FUTURES_PUBLIC: Readonly<Record<FuturesSettle, Venue>> = {
  usdt: createPublicVenue('usdt'),
  btc: createPublicVenue('btc'),
};

/** Source of hosts and headers: Gate API v4 docs, futures; Gate futures WebSocket v4 docs. */
function createPublicVenue(settle: FuturesSettle): Venue {
  return defineVenue({
    id: venueIdOf(settle),
    name: `Gate.io futures settled in ${assetOf(settle)}`,
    kind: 'perpetual',
    hosts: { rest: 'https://api.gateio.ws/api/v4', ws: `wss://fx-ws.gateio.ws/v4/ws/${settle}` },
    headers: { accept: 'application/json', 'content-type': 'application/json', ...SIZE_HEADER },
    policies: { reconnect: GATEIO_RECONNECT_POLICY, retry: GATEIO_RETRY_POLICY },
    limits: GATEIO_FUTURES_LIMITS,
    errors: GATEIO_FUTURES_ERRORS,
    classify: createGateioClassifier(GATEIO_FUTURES_ERRORS),
    market: createFuturesMarket(settle),
    streams: gateioFuturesStreams,
    funding: createFuturesFunding(settle),
  });
}
