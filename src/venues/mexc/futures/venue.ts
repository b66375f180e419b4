import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { mexcFuturesPrivate } from './private.js';
import { mexcFuturesPublic } from './public-venue.js';

/** MEXC's perpetual futures, whatever they are settled in, market data and accounts. */
export const mexcFutures: Venue = defineVenue({ ...mexcFuturesPublic, private: mexcFuturesPrivate });
