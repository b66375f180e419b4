import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { mexcSpotPrivate } from './private.js';
import { mexcSpotPublic } from './public-venue.js';

/** MEXC's spot market, market data and accounts. */
export const mexcSpot: Venue = defineVenue({ ...mexcSpotPublic, private: mexcSpotPrivate });
