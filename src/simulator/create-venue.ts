import { createFuturesVenue } from './futures-venue.js';
import type { MarketObserver } from './market.js';
import type { MarketOption } from './market-spec.js';
import { createSpotVenue } from './spot-venue.js';
import type { SimulatedVenue } from './venue.js';
import { venueMarkets } from './venue-markets.js';
import type { VenueProfile } from './venue-profile.js';
import type { World } from './world.js';

/** @param options absent = the default markets. @throws {ConfigurationError} for a wrong market. */
export function createVenue(
  id: string,
  profile: VenueProfile,
  options: readonly MarketOption[] | undefined,
  world: World,
  observer: MarketObserver,
): SimulatedVenue {
  const listed = venueMarkets(profile, options);
  return profile.kind === 'spot'
    ? createSpotVenue(id, profile, listed, world, observer)
    : createFuturesVenue(id, profile, listed, world, observer);
}
