import type { Decimal } from './decimal.js';
import type { PositionSide } from './position.js';
import type { Side } from './side.js';
import type { MarketSymbol } from './symbol.js';

/** One execution of an order of yours. Public executions are trades. */
export interface Fill {
  readonly symbol: MarketSymbol;
  /** The venue's trade id; each fill counts once by it. */
  readonly id: string;
  readonly orderId: string;
  /** Absent where the venue does not say. */
  readonly clientOrderId?: string;
  /** Your side. */
  readonly side: Side;
  /** Quote per base. */
  readonly price: Decimal;
  /** Base asset; inverse contracts: rounded to 20 decimals. */
  readonly quantity: Decimal;
  /** Inverse contracts only: quote asset, exact. */
  readonly quoteQuantity?: Decimal;
  /** Perpetuals in hedge mode. */
  readonly positionSide?: PositionSide;
  /** Perpetuals: profit of what it closed, settle asset, before fees; absent where the venue does not say. */
  readonly realizedPnl?: Decimal;
  /** Positive: paid; negative: a rebate. Absent where the venue does not say. */
  readonly fee?: Decimal;
  readonly feeAsset?: string;
  /** Absent where the venue does not say. */
  readonly liquidity?: 'maker' | 'taker';
  /** Epoch ms by the venue's clock. */
  readonly filledAt: number;
}
