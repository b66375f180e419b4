import type { DecimalInput } from '../../model/decimal.js';
import type { OrderType, TimeInForce } from '../../model/order.js';
import type { PositionSide } from '../../model/position.js';
import type { Side } from '../../model/side.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { TriggerDirection, TriggerOrder, TriggerPriceType } from '../../model/trigger-order.js';

/** A trigger as you ask for it: a stop-loss, a take-profit, or an entry at a price. */
export interface PlaceTrigger {
  readonly symbol: MarketSymbol;
  /** Of the order that it will place. */
  readonly side: Side;
  readonly type: OrderType;
  /** Base asset; inverse contracts take `quoteQuantity`. */
  readonly quantity?: DecimalInput;
  /** Inverse contracts: quote asset. */
  readonly quoteQuantity?: DecimalInput;
  /** Closes the whole position, however large it is then; instead of an amount, where the venue can. */
  readonly closesPosition?: boolean;
  /** Quote per base; limit orders only. */
  readonly price?: DecimalInput;
  readonly timeInForce?: TimeInForce;
  readonly triggerPrice: DecimalInput;
  /** Default `last`. */
  readonly triggerBy?: TriggerPriceType;
  readonly direction: TriggerDirection;
  readonly reduceOnly?: boolean;
  /** Hedge mode only, and needed there. */
  readonly positionSide?: PositionSide;
  /**
   * Ms until it ends by itself; default the longest there is, which may be no more than 7 days (MEXC): a stop-loss that is to
   * stay longer must be placed anew.
   */
  readonly lifeMs?: number;
}

/**
 * Orders that wait at the venue for a price. The venue takes no id of ours for them, so a placing whose answer got lost
 * stays `unknown`: look into {@link getTriggerOrders} before you place it again.
 */
export interface TriggersFacet {
  /** @returns as the venue lists it, or as it was asked for where the venue does not list it yet. */
  placeTriggerOrder(trigger: PlaceTrigger): Promise<TriggerOrder>;
  /**
   * Resolves when it is canceled. One that has ended otherwise is an `OrderNotFoundError`. MEXC answers both alike, so there it is
   * looked at afterwards; an error `unknown`, when that cannot be done: cancel it again.
   */
  cancelTriggerOrder(ref: { readonly symbol: MarketSymbol; readonly id: string }): Promise<void>;
  cancelAllTriggerOrders(symbol?: MarketSymbol): Promise<void>;
  /** Waiting ones by default, oldest first. */
  getTriggerOrders(request?: {
    readonly symbol?: MarketSymbol;
    readonly state?: 'waiting' | 'ended';
    readonly limit?: number;
  }): Promise<TriggerOrder[]>;
}
