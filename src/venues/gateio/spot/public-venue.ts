import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { createGateioClassifier } from '../classify.js';
import { GATEIO_RECONNECT_POLICY, GATEIO_RETRY_POLICY } from '../policies.js';
import { GATEIO_SPOT_ERRORS } from './errors.js';
import { GATEIO_SPOT_LIMITS } from './limits.js';
import { gateioSpotMarket } from './rest-market.js';
import { gateioSpotStreams } from './stream-market.js';

/** Gate.io spot as data and pure functions. Source of hosts and headers: Gate API v4 docs; Gate spot WebSocket v4 docs. */
export const gateioSpotPublic: Venue = defineVenue({
  id: 'gateio_spot',
  name: 'Gate.io spot',
  kind: 'spot',
  hosts: { rest: 'https://api.gateio.ws/api/v4', ws: 'wss://api.gateio.ws/ws/v4/' },
  headers: { accept: 'application/json', 'content-type': 'application/json' },
  policies: { reconnect: GATEIO_RECONNECT_POLICY, retry: GATEIO_RETRY_POLICY },
  limits: GATEIO_SPOT_LIMITS,
  errors: GATEIO_SPOT_ERRORS,
  classify: createGateioClassifier(GATEIO_SPOT_ERRORS),
  market: gateioSpotMarket,
  streams: gateioSpotStreams,
});
