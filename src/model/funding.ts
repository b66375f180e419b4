import type { Side } from './side.js';
import type { MarketSymbol } from './symbol.js';

/** The rate of the next payment between longs and shorts. */
export interface FundingRate {
  readonly symbol: MarketSymbol;
  /** Fraction of the position's value, to be applied at {@link nextFundingAt}; positive: longs pay shorts. */
  readonly rate: number;
  /** Epoch ms; absent where the venue does not say. */
  readonly nextFundingAt?: number;
  /** Time between payments, ms; absent where the venue does not say. */
  readonly intervalMs?: number;
  /** Epoch ms by the venue's clock. */
  readonly updatedAt?: number;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}

/** A rate that was applied. */
export interface FundingRateRecord {
  readonly symbol: MarketSymbol;
  /** Fraction; positive: longs paid shorts. */
  readonly rate: number;
  /** Epoch ms by the venue's clock. */
  readonly fundedAt: number;
}

/** The price by which profit, margin and liquidation are reckoned; venues also say fair price. */
export interface MarkPrice {
  readonly symbol: MarketSymbol;
  /** Quote per base. */
  readonly markPrice: number;
  /** Epoch ms by the venue's clock. */
  readonly updatedAt?: number;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}

/** The price of the underlying, from a basket of spot markets. */
export interface IndexPrice {
  readonly symbol: MarketSymbol;
  /** Quote per base. */
  readonly indexPrice: number;
  readonly updatedAt?: number;
  readonly receivedAt: number;
}

/** Positions that are open in a market, longs only: each has a short on the other side. */
export interface OpenInterest {
  readonly symbol: MarketSymbol;
  /** Base asset; inverse: at the mark price. */
  readonly quantity: number;
  /** The venue's contracts. */
  readonly contracts: number;
  readonly updatedAt?: number;
  readonly receivedAt: number;
}

/** A position that the venue closed by force. */
export interface Liquidation {
  readonly symbol: MarketSymbol;
  /** Of the order that closed it: `sell` = a long was liquidated. */
  readonly side: Side;
  /** Quote per base. */
  readonly price: number;
  /** Base asset. */
  readonly quantity: number;
  /** Epoch ms by the venue's clock. */
  readonly liquidatedAt: number;
}
