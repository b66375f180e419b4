import type { MarketKind, MarketSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import type { BookSource } from './book-source.js';
import { expectFunding, type FundingTerms } from './expect-funding.js';
import type { ExpectedFunding, Opportunity } from './opportunity.js';

/** A market that the detector compares with others. */
export interface WatchedMarket {
  readonly venue: VenueId;
  readonly symbol: MarketSymbol;
  readonly kind: MarketKind;
  /** Fraction of the traded value. */
  readonly takerFee: number;
  book: BookSource | undefined;
  funding: FundingTerms | undefined;
}

/** Buy in one market, sell in the other. */
export interface MarketPair {
  readonly buy: WatchedMarket;
  readonly sell: WatchedMarket;
  /** Executions per leg: 1 where it is earned at once, 2 where it has an exit. */
  readonly executions: 1 | 2;
  readonly gainFactor: number;
  /** What one unit of ask has to be beaten by. */
  costFactor: number;
  /** As it stands and as it was at its best, while it is worth it. */
  open: { best: Opportunity; last: Opportunity } | undefined;
}

export function createPair(buy: WatchedMarket, sell: WatchedMarket): MarketPair {
  const executions = buy.kind === 'spot' && sell.kind === 'spot' ? 1 : 2;
  return { buy, sell, executions, costFactor: 0, gainFactor: 1 - executions * sell.takerFee, open: undefined };
}

/** Funding that the holder of both legs can expect; `undefined` for a pair that is not held, or not known. */
export function fundingOf(pair: MarketPair, now: number, horizonMs: number): ExpectedFunding | undefined {
  if (pair.executions === 1) return undefined;
  return expectFunding(pair.buy.funding, pair.sell.funding, now, horizonMs);
}

/** What one unit of ask has to be beaten by: fees, the profit that is asked for, less the funding that comes with it. */
export function costFactorOf(pair: MarketPair, minProfitBps: number, funding: ExpectedFunding | undefined): number {
  return 1 + pair.executions * pair.buy.takerFee + (minProfitBps - (funding?.bps ?? 0)) / 10_000;
}
