import type { Decimal } from '../../model/decimal.js';
import type { MarketKind, MarketSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';

/** A market that a task trades, with the rules that its orders keep. */
export interface MarketTerms {
  readonly venue: VenueId;
  readonly symbol: MarketSymbol;
  readonly kind: MarketKind;
  /** Quote per base. */
  readonly tickSize: Decimal;
  /** Base asset. */
  readonly lotSize: Decimal;
  /** Base asset. */
  readonly minQuantity: Decimal;
  /** Quote asset. */
  readonly minNotional: Decimal;
  /** Fraction of the traded value, the account's own. */
  readonly takerFee: number;
}

/** What a task may do, and when it gives up. */
export interface StrategyLimits {
  /** Least net profit of an entry, bps, after fees and expected funding. */
  readonly minProfitBps: number;
  /** A held position is closed when closing it now leaves at least so much of the entry, bps of its worth. */
  readonly exitProfitBps: number;
  /** Largest worth of one leg, quote asset. */
  readonly maxNotional: number;
  /** Quantity without a counterpart that is tolerated, base asset. */
  readonly maxDelta: number;
  /** An alarm is raised when more than that stands open for longer, ms. */
  readonly maxUnhedgedMs: number;
  /** How far beyond the best price an entry, a hedge or an exit may go, bps. */
  readonly slippageBps: number;
  /** The same for getting rid of what could not be hedged, bps. */
  readonly unwindSlippageBps: number;
  /** Tries of a hedge in its own market, before others are tried. */
  readonly hedgeAttempts: number;
  /** Ms in which a hedge has to succeed; afterwards it is unwound. */
  readonly hedgeWithinMs: number;
  /** Tries of getting rid of it, before a person is asked. */
  readonly unwindAttempts: number;
  /** An order that still rests after so many ms is canceled. */
  readonly orderTimeoutMs: number;
  /** Ms between two cycles. */
  readonly cooldownMs: number;
  /** A held position is closed after so many ms, whatever it earns. */
  readonly maxHoldMs: number;
  /** Failures in a row of reading an account, before a person is asked. */
  readonly readAttempts: number;
  /** Ms after which an account that was compared is compared again before trading. */
  readonly syncEveryMs: number;
}

/** What does not change in the life of a task. */
export interface StrategyTerms {
  readonly id: string;
  /** Eight of `[0-9a-z]`: in every client order id of the task, and in those of no other. */
  readonly tag: string;
  /** Two or more markets of one base and quote. */
  readonly markets: readonly MarketTerms[];
  readonly limits: StrategyLimits;
  /** `sequential`: the second leg follows what the first has filled. `parallel`: both at once, faster and less safe. */
  readonly legs: 'sequential' | 'parallel';
}
