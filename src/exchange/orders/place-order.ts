import type { DecimalInput } from '../../model/decimal.js';
import type { OrderType, TimeInForce } from '../../model/order.js';
import type { PositionSide } from '../../model/position.js';
import type { Side } from '../../model/side.js';
import type { MarketSymbol } from '../../model/symbol.js';

/**
 * What happens to a price or quantity that is no whole number of the market's steps. `reject` (default): refused.
 * `down`: never worse for you and never more than you asked: quantities shrink, the price of a buy falls, the price of a
 * sell rises. `nearest`: to the nearest step, halves away from zero; may cost up to half a step. Nothing is ever rounded
 * to zero or below the market's minimum: that is refused.
 */
export type Rounding = 'reject' | 'down' | 'nearest';

interface OrderOptions {
  readonly symbol: MarketSymbol;
  readonly side: Side;
  /** Perpetuals only: never opens or turns a position. */
  readonly reduceOnly?: boolean;
  /** Perpetuals in hedge mode, and needed there: whose position it opens or, with `reduceOnly`, closes. */
  readonly positionSide?: PositionSide;
  /** Yours, in the venue's form and never used before; one is made when absent. */
  readonly clientOrderId?: string;
  /** Default `reject`. */
  readonly rounding?: Rounding;
  /** Which way it goes out. Default `rest`. */
  readonly via?: 'rest' | 'ws';
}

/** An order whose type may be told beside it. */
export type UntypedOrder = Omit<PlaceOrderInput, 'type'> & Partial<Pick<PlaceOrderInput, 'type'>>;

export interface PlaceLimitOrder extends OrderOptions {
  /** Base asset; needed but on inverse contracts, where {@link quoteQuantity} may be given instead. */
  readonly quantity?: DecimalInput;
  /** Inverse contracts only: quote asset, in whole contracts. */
  readonly quoteQuantity?: DecimalInput;
  /** Quote per base; the worst that you accept. */
  readonly price: DecimalInput;
  /** Default `GTC`. */
  readonly timeInForce?: TimeInForce;
  /** Refused by the venue instead of taking liquidity; `GTC` only. */
  readonly postOnly?: boolean;
}

/** Exactly one of `quantity` and `quoteQuantity`; perpetuals: the one that their contracts are counted in. */
export interface PlaceMarketOrder extends OrderOptions {
  /** Base asset. Not on inverse contracts. */
  readonly quantity?: DecimalInput;
  /** Quote asset to spend (buy) or to receive (sell). Of perpetuals only on inverse contracts: in whole contracts. */
  readonly quoteQuantity?: DecimalInput;
}

/**
 * An order as you ask for it. Limit: `quantity` and `price`. Market: exactly one of `quantity` and `quoteQuantity`.
 * Inverse contracts are amounts of quote asset: `quoteQuantity`, or on limit orders a `quantity` that is, times the price,
 * whole contracts (else it is refused, unless `rounding` says how to get there).
 */
export interface PlaceOrderInput extends OrderOptions {
  readonly type: OrderType;
  /** Base asset. */
  readonly quantity?: DecimalInput;
  /** Quote asset; market orders, and any order of inverse contracts. */
  readonly quoteQuantity?: DecimalInput;
  /** Quote per base; limit orders only. */
  readonly price?: DecimalInput;
  /** Limit orders: default `GTC`. Market orders are `IOC`. */
  readonly timeInForce?: TimeInForce;
  /** Limit orders that are `GTC` only. */
  readonly postOnly?: boolean;
}
