import type { PublicExchange } from '../../exchange/public-exchange.js';
import type { FundingRate } from '../../model/funding.js';
import type { VenueId } from '../../model/venue-id.js';
import type { FundingTerms } from '../detector/expect-funding.js';
import { refuse } from '../read-options.js';
import type { MarketFeed } from './task-markets.js';

const DEPTH = 50;
/** Time between payments of a venue that does not say, ms. */
const USUAL_INTERVAL_MS = 8 * 3_600_000;

/**
 * Live books and funding rates of public exchanges.
 * @param report hears of rates that cannot be had; without them no funding is expected.
 */
export function createMarketFeed(
  venues: ReadonlyMap<VenueId, { readonly public: PublicExchange }>,
  report: (error: unknown) => void,
): MarketFeed {
  const exchangeOf = (venue: VenueId): PublicExchange =>
    venues.get(venue)?.public ?? refuse('venue', `one of ${[...venues.keys()].join(', ')}`, venue);
  return {
    book: (venue, symbol) => exchangeOf(venue).watchOrderBook(symbol, { depth: DEPTH }),
    funding(venue, symbol, handler) {
      const { funding } = exchangeOf(venue);
      if (funding === undefined) return () => undefined;
      let known: FundingTerms | undefined;
      const tell = (rate: FundingRate): void => {
        known = termsOf(rate, known);
        handler(known);
      };
      const watch = funding.watchFundingRate(symbol, tell);
      watch.ready.catch(report);
      // The stream may say less than the read: when the next payment is.
      funding.getFundingRate(symbol).then(tell, report);
      return () => void watch.close().catch(report);
    },
  };
}

function termsOf(
  { rate, nextFundingAt, intervalMs }: FundingRate,
  known: FundingTerms | undefined,
): FundingTerms | undefined {
  const nextAt = nextFundingAt ?? known?.nextAt;
  if (nextAt === undefined) return undefined;
  return { rate, nextAt, intervalMs: intervalMs ?? known?.intervalMs ?? USUAL_INTERVAL_MS };
}
