import type { Decimal } from './decimal.js';
import type { MarketSymbol } from './symbol.js';

export type PositionSide = 'long' | 'short';

/** `cross`: all free money of the account backs it. `isolated`: only the margin set aside for it. */
export type MarginMode = 'cross' | 'isolated';

/** `one_way`: one position per market. `hedge`: a long and a short one beside each other. */
export type PositionMode = 'one_way' | 'hedge';

/** What the account holds in one perpetual market. Amounts of money are in the settle asset. */
export interface Position {
  readonly symbol: MarketSymbol;
  /** The venue's id; absent where it has none. */
  readonly id?: string;
  /** Of a flat one-way position without meaning: `long`. */
  readonly side: PositionSide;
  readonly mode: PositionMode;
  /** Base asset, never negative; zero = closed. Inverse: at the entry price. */
  readonly quantity: Decimal;
  /** The venue's contracts, never negative. */
  readonly contracts: Decimal;
  /** Average, quote per base; absent on a flat position. */
  readonly entryPrice?: Decimal;
  readonly markPrice?: Decimal;
  /** Absent where there is none, or the venue does not say. */
  readonly liquidationPrice?: Decimal;
  readonly marginMode: MarginMode;
  /** Effective leverage; absent where the venue does not say. */
  readonly leverage?: Decimal;
  /** Set aside for it; absent where the venue does not say. */
  readonly margin?: Decimal;
  /** At the mark price; absent where it is not known. */
  readonly unrealizedPnl?: Decimal;
  /** Since it was opened; absent where the venue does not say. */
  readonly realizedPnl?: Decimal;
  /** Asset of margin and profit. */
  readonly settle: string;
  /** Rises with each change, where the venue counts them. */
  readonly version?: number;
  /** Epoch ms by the venue's clock. */
  readonly updatedAt?: number;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}

/** One step of a market's risk limits: the larger the position, the less leverage. */
export interface RiskLimitTier {
  readonly symbol: MarketSymbol;
  /** From 1. */
  readonly tier: number;
  /** Largest position of this tier, in the unit of {@link unit}. */
  readonly limit: Decimal;
  /** `settle`: value in the settle asset. `contracts`: number of contracts. */
  readonly unit: 'settle' | 'contracts';
  readonly maxLeverage: Decimal;
  /** Fraction of the position's value. */
  readonly initialMarginRate?: Decimal;
  /** Fraction of the position's value. */
  readonly maintenanceMarginRate: Decimal;
}

/** One payment between longs and shorts. */
export interface FundingPayment {
  readonly symbol: MarketSymbol;
  /** Absent where the venue sends none. */
  readonly id?: string;
  /** Settle asset; positive = received, negative = paid. */
  readonly amount: Decimal;
  readonly asset: string;
  /** Fraction; absent where the venue does not say. */
  readonly rate?: Decimal;
  /** Absent where the venue does not say. */
  readonly side?: PositionSide;
  /** Epoch ms by the venue's clock. */
  readonly paidAt: number;
}
