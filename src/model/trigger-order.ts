import type { Decimal } from './decimal.js';
import type { OrderType, TimeInForce } from './order.js';
import type { PositionSide } from './position.js';
import type { Side } from './side.js';
import type { MarketSymbol } from './symbol.js';

/** The price that a trigger looks at. */
export type TriggerPriceType = 'last' | 'mark' | 'index';

/** `rises_to`: fires at or above the price. `falls_to`: at or below. */
export type TriggerDirection = 'rises_to' | 'falls_to';

/** `waiting`: not fired. `triggered`: its order was placed. `unknown`: a state that this version does not know. */
export type TriggerState = 'waiting' | 'triggered' | 'canceled' | 'failed' | 'expired' | 'unknown';

/** An order that the venue places when a price is reached: stop-loss, take-profit, entry. Not an order before that. */
export interface TriggerOrder {
  /** The venue's id of the trigger; never the id of an order. */
  readonly id: string;
  readonly symbol: MarketSymbol;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce?: TimeInForce;
  /** Quote per base; absent on market orders. */
  readonly price?: Decimal;
  /** Base asset; absent where it closes the whole position, and on inverse contracts without a price. */
  readonly quantity?: Decimal;
  /** Inverse contracts: quote asset, exact. */
  readonly quoteQuantity?: Decimal;
  /** Whether it closes the whole position, however large that is then. */
  readonly closesPosition: boolean;
  readonly reduceOnly: boolean;
  readonly positionSide?: PositionSide;
  readonly triggerPrice: Decimal;
  readonly triggerBy: TriggerPriceType;
  /** Absent where the venue does not say. */
  readonly direction?: TriggerDirection;
  readonly state: TriggerState;
  /** Of the order that it placed. */
  readonly orderId?: string;
  /** Why it failed, in the venue's word. */
  readonly reason?: string;
  readonly createdAt?: number;
  readonly updatedAt?: number;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}
