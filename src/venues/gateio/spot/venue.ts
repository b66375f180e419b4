import { defineVenue, type Venue } from '../../../adapter/venue.js';
import { gateioSpotPrivate } from './private.js';
import { gateioSpotPublic } from './public-venue.js';

/** Gate.io spot as data and pure functions, market data and accounts. */
export const gateioSpot: Venue = defineVenue({ ...gateioSpotPublic, private: gateioSpotPrivate });
