import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { MEXC_HEADERS, MEXC_RECONNECT_POLICY, MEXC_RETRY_POLICY } from '../policies.js';
import { classifyMexcFutures } from './classify.js';
import { MEXC_FUTURES_ERRORS } from './error-table.js';
import { MEXC_FUTURES_LIMITS } from './limits.js';
import { mexcFuturesFunding } from './rest-funding.js';
import { mexcFuturesMarket } from './rest-market.js';
import { mexcFuturesStreams } from './stream-market.js';

/** MEXC's perpetual futures, whatever they are settled in. Source: MEXC contract API docs, hosts. */
export const mexcFuturesPublic: Venue = defineVenue({
  id: 'mexc_futures',
  name: 'MEXC futures',
  kind: 'perpetual',
  hosts: { rest: 'https://api.mexc.com', ws: 'wss://contract.mexc.com/edge' },
  headers: MEXC_HEADERS,
  policies: { reconnect: MEXC_RECONNECT_POLICY, retry: MEXC_RETRY_POLICY },
  limits: MEXC_FUTURES_LIMITS,
  errors: MEXC_FUTURES_ERRORS,
  classify: classifyMexcFutures,
  market: mexcFuturesMarket,
  streams: mexcFuturesStreams,
  funding: mexcFuturesFunding,
});
