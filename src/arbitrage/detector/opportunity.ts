import type { MarketKind, MarketSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';

/**
 * `spot_spot`: earned at once, from inventory on both venues. `basis`: earned when the prices meet again, so it pays the
 * fees of four legs. `funding`: worth it only with the funding payments that are expected within the horizon.
 */
export type OpportunityKind = 'spot_spot' | 'basis' | 'funding';

/** One leg, with what it takes to check it against the venue's book. */
export interface OpportunityLeg {
  readonly venue: VenueId;
  readonly symbol: MarketSymbol;
  readonly kind: MarketKind;
  /** Quote per base: quantity-weighted mean of the levels taken, before fees. */
  readonly averagePrice: number;
  /** Quote per base: the last level taken. */
  readonly limitPrice: number;
  /** Quote per base: the first level. */
  readonly bestPrice: number;
  /** Levels taken, the last perhaps in part. */
  readonly levels: number;
  /** Averages times quantity, quote asset. */
  readonly notional: number;
  /** Fraction of the notional, per execution. */
  readonly takerFee: number;
  /** Quote asset; of entry and exit where the kind has an exit. */
  readonly fees: number;
  /** The book that it was read from. */
  readonly sequence: number;
  /** Epoch ms by the venue's clock. */
  readonly updatedAt: number;
  /** Ms since that book was last proven. */
  readonly ageMs: number;
}

/** Expected payments to the holder within the horizon: positive is received. */
export interface ExpectedFunding {
  /** Sum over the legs, bps of the notional. */
  readonly bps: number;
  /** Ms over which it was counted. */
  readonly horizonMs: number;
  /** Payments counted, all legs together. */
  readonly payments: number;
}

/** Buy here, sell there. Every number is of this one moment and can be checked by hand. */
export interface Opportunity {
  readonly id: string;
  readonly kind: OpportunityKind;
  readonly buy: OpportunityLeg;
  readonly sell: OpportunityLeg;
  /** Base asset, both legs. */
  readonly quantity: number;
  /** Sell notional minus buy notional, quote asset. */
  readonly grossProfit: number;
  /** Of all executions, quote asset. */
  readonly fees: number;
  /** Gross profit minus fees, plus the expected funding where one is known; quote asset. */
  readonly netProfit: number;
  /** Net profit over buy notional. */
  readonly netBps: number;
  readonly funding?: ExpectedFunding;
  /** Epoch ms by our clock at which the pair first was worth it. */
  readonly openedAt: number;
  /** Epoch ms by our clock of these numbers. */
  readonly seenAt: number;
}

/** `price`: no longer worth it. `size`: too small. `stale`: a book could not be proven. `withdrawn`: the detector was closed. */
export type OpportunityEndReason = 'price' | 'size' | 'stale' | 'withdrawn';

export interface OpportunityEnd {
  readonly id: string;
  readonly reason: OpportunityEndReason;
  /** Epoch ms by our clock. */
  readonly endedAt: number;
  readonly durationMs: number;
  /** As it was at its best. */
  readonly best: Opportunity;
  /** As it was last seen. */
  readonly last: Opportunity;
}
