import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { MEXC_HEADERS, MEXC_RECONNECT_POLICY, MEXC_RETRY_POLICY } from '../policies.js';
import { MEXC_SPOT_ERRORS } from './error-table.js';
import { classifyMexcSpot } from './errors.js';
import { MEXC_SPOT_LIMITS } from './limits.js';
import { mexcSpotMarket } from './rest-market.js';
import { mexcSpotStreams } from './stream-market.js';

/** MEXC's spot market. Source: MEXC spot v3 docs, base endpoints. */
export const mexcSpotPublic: Venue = defineVenue({
  id: 'mexc_spot',
  name: 'MEXC spot',
  kind: 'spot',
  hosts: { rest: 'https://api.mexc.com', ws: 'wss://wbs-api.mexc.com/ws' },
  headers: MEXC_HEADERS,
  policies: { reconnect: MEXC_RECONNECT_POLICY, retry: MEXC_RETRY_POLICY },
  limits: MEXC_SPOT_LIMITS,
  errors: MEXC_SPOT_ERRORS,
  classify: classifyMexcSpot,
  market: mexcSpotMarket,
  streams: mexcSpotStreams,
});
