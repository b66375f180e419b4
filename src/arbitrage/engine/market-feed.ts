import type { PublicExchange } from '../../exchange/public-exchange.js';
import type { VenueId } from '../../model/venue-id.js';
import { refuse } from '../read-options.js';
import type { MarketFeed } from './task-markets.js';

const DEPTH = 50;

/** Live books of public exchanges. */
export function createMarketFeed(venues: ReadonlyMap<VenueId, { readonly public: PublicExchange }>): MarketFeed {
  const exchangeOf = (venue: VenueId): PublicExchange =>
    venues.get(venue)?.public ?? refuse('venue', `one of ${[...venues.keys()].join(', ')}`, venue);
  return {
    book: (venue, symbol) => exchangeOf(venue).watchOrderBook(symbol, { depth: DEPTH }),
  };
}
