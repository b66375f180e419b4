import type { PerpetualTerms } from '../contract.js';
import type { MarginMode, PositionMode } from './position.js';

/** What a futures venue does differently from others. */
export interface FuturesRules {
  /** The venue's id of the n-th order, from 1. */
  orderId(n: number): string;
  /** What becomes of a post-only order that would take, and of a fill-or-kill that cannot be filled: refused, or accepted and canceled at once. */
  readonly impossibleOrders: 'refused' | 'canceled';
  /** The same for a market order while nobody is on the other side. */
  readonly emptyBook: 'refused' | 'canceled';
  /** What becomes of an order that may only reduce, and is larger than what it can reduce: made smaller or refused. */
  readonly excessReduce: 'shrunk' | 'refused';
  /** Where limit prices are too far from the mark price: on both sides of it, or only where they would buy above it or sell below. */
  readonly priceBand: 'both' | 'crossing';
  /** Orders of one account and market that are open. */
  readonly maxOpenOrders: number;
  /** What an account begins with. */
  readonly positionMode: PositionMode;
  readonly marginMode: MarginMode;
  readonly leverage: number;
  /** Decimals of contracts of this base asset. Absent = whole contracts. */
  contractDecimals?(base: string): number;
  /** The terms of a contract as the venue would list it; a market option may change some. */
  terms(contract: {
    readonly settle: string;
    readonly isInverse: boolean;
    /** Dollars per base asset, about: contract sizes follow from it. */
    readonly price: number;
    /** Decimals of the book's prices. */
    readonly priceDecimals: number;
  }): PerpetualTerms;
}
