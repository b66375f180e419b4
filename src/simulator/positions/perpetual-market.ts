import type { MarketSpec, PerpetualTerms, TapeCandle } from '../contract.js';
import type { SimulatedMarket } from '../market.js';

/** What was paid at the end of one funding interval. */
export interface FundingSettlement {
  /** Epoch ms, a whole multiple of the interval. */
  readonly at: number;
  /** Millionths: `100` = 0.01 %. Positive = longs pay shorts. */
  readonly rateMillionths: number;
  /** In units of `10^-markDecimals`; the price that positions were valued at. */
  readonly markTicks: number;
}

/** A position that the venue closed, as everybody is told. */
export interface PublicLiquidation {
  /** Consecutive per market, from 1. */
  readonly id: number;
  /** Signed lots of contracts: above zero = a long was closed. */
  readonly lots: number;
  /** Price of the venue's order, and what it was filled at on average, in ticks of the book. */
  readonly orderTicks: number;
  readonly fillTicks: number;
  readonly at: number;
}

/** Index, mark price and funding of one perpetual. Prices are whole units of `10^-markDecimals`. */
export interface PerpetualPrices {
  /** What the base is worth on the spot venues. */
  readonly indexTicks: number;
  /** Index and smoothed basis: what positions are valued at. */
  readonly markTicks: number;
  /** The rate that would be paid if the interval ended now, millionths; positive = longs pay shorts. */
  readonly fundingRateMillionths: number;
  /** Epoch ms. */
  readonly nextFundingAt: number;
  /** Past settlements, oldest first, a seeded past before the simulator's start included. */
  readonly fundingHistory: readonly FundingSettlement[];
  /** Like {@link MarketView.candles}, in units of `10^-markDecimals`, without volume. */
  candles(kind: 'mark' | 'index', intervalMs: number, from: number, to: number): readonly TapeCandle[];
  /** Called after every new mark price, once a second, never in the middle of a match. Returns what ends it. */
  onTick(callback: () => void): () => void;
}

/** One perpetual of a venue. */
export interface PerpetualMarket {
  readonly spec: MarketSpec;
  readonly terms: PerpetualTerms;
  /** The book, the tape and their past; lots are contracts (or fractions of one). */
  readonly market: SimulatedMarket;
  readonly prices: PerpetualPrices;
  /** Lots held long, the synthetic traders' included; as many are held short. */
  readonly openInterestLots: number;
  /** The newest 1,000, oldest first. */
  readonly liquidations: readonly PublicLiquidation[];
}
