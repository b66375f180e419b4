import type { Side } from '../../model/side.js';
import type { SelfTradeRule } from '../accounts/account-order.js';
import type { MarginMode, PositionSide } from './position.js';

/** An order as a wire has read it; numbers are still the client's text. */
export interface FuturesOrderRequest {
  readonly side: Side;
  /** `net` for a one-way account, `long` or `short` for a hedging one. */
  readonly positionSide: PositionSide;
  readonly type: 'limit' | 'market';
  readonly timeInForce: 'gtc' | 'ioc' | 'fok';
  readonly postOnly: boolean;
  readonly reduceOnly: boolean;
  /** The whole position, whatever `contracts` says. */
  readonly closesAll?: boolean;
  /** Limit orders only. */
  readonly price?: string | undefined;
  /** Contracts, without sign. */
  readonly contracts?: string | undefined;
  /** What the position shall have from now on; refused when an open position or order has another one. Absent = as it is. */
  readonly leverage?: number | undefined;
  readonly marginMode?: MarginMode | undefined;
  readonly clientOrderId?: string | undefined;
  readonly source?: string | undefined;
  readonly selfTradeRule?: SelfTradeRule | undefined;
  /** A market order goes no further from the mark price than this fraction. */
  readonly maxSlippage?: string | undefined;
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** What shall be different; at least one of price and contracts. */
export interface FuturesAmendRequest {
  readonly price: string | undefined;
  /** The new total, what is filled already included; without sign. */
  readonly contracts: string | undefined;
  readonly note: string | undefined;
}

/** Why the venue refuses; each wire has its own words for them. */
export type FuturesRefusalReason =
  | 'bad_price'
  | 'bad_contracts'
  | 'price_precision'
  | 'contracts_precision'
  | 'below_min_contracts'
  | 'above_max_contracts'
  | 'price_too_far'
  | 'insufficient_available'
  | 'risk_limit_exceeded'
  | 'too_many_orders'
  | 'post_only_takes'
  | 'fok_not_filled'
  | 'no_liquidity'
  | 'trading_disabled'
  | 'not_open'
  | 'no_change'
  | 'wrong_position_mode'
  | 'position_empty'
  | 'would_increase'
  | 'reduce_exceeded'
  | 'leverage_too_low'
  | 'leverage_too_high'
  | 'leverage_differs'
  | 'margin_mode_differs'
  | 'position_held'
  | 'orders_open'
  | 'not_isolated'
  | 'remove_too_much'
  | 'would_liquidate'
  | 'in_liquidation'
  | 'trigger_below_last'
  | 'trigger_above_last'
  | 'bad_risk_limit';

/** Something that is refused before anything happens. */
export class FuturesRefusal extends Error {
  readonly reason: FuturesRefusalReason;
  /** More about it, for those that print it: a price, a bound. */
  readonly detail: string;

  constructor(reason: FuturesRefusalReason, detail = '') {
    super(reason);
    this.reason = reason;
    this.detail = detail;
  }
}
