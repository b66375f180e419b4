import type { Decimal } from '../model/decimal.js';
import type { OrderType, TimeInForce } from '../model/order.js';
import type { Side } from '../model/side.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { TriggerDirection, TriggerOrder, TriggerPriceType } from '../model/trigger-order.js';
import type { Endpoint } from './endpoint.js';
import type { ListRules } from './order-endpoints.js';
import type { OrderPosition } from './position-endpoints.js';

/** A trigger to set, checked against the market's rules. */
export interface TriggerRequest {
  readonly symbol: MarketSymbol;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: TimeInForce;
  readonly price?: Decimal;
  /** Base asset of linear contracts; absent with `closesPosition`. */
  readonly quantity?: Decimal;
  /** Quote asset of inverse contracts. */
  readonly quoteQuantity?: Decimal;
  readonly closesPosition: boolean;
  readonly reduceOnly: boolean;
  readonly triggerPrice: Decimal;
  readonly triggerBy: TriggerPriceType;
  readonly direction: TriggerDirection;
  /** Ms until it ends by itself; one of the venue's `lifetimesMs` where that is given. */
  readonly lifeMs?: number;
  readonly position: OrderPosition;
}

export interface TriggerRef {
  readonly symbol: MarketSymbol;
  readonly id: string;
}

export interface TriggerListParams {
  readonly symbol?: MarketSymbol;
  /** Rows of other states may be in the answer: whoever asked leaves them out. */
  readonly state: 'waiting' | 'ended';
  readonly page: number;
  readonly limit: number;
}

/** Orders that wait for a price. The venue knows no id of ours for them: a lost answer stays unknown until it is listed. */
export interface TriggerEndpoints {
  /** @returns the venue's id of the trigger. */
  readonly place: Endpoint<TriggerRequest, string>;
  readonly cancel: Endpoint<TriggerRef, void>;
  /** Whether canceling one that has ended is answered as if it had been canceled: then it is looked at. Default `false`. */
  readonly cancelTellsNothing?: boolean;
  readonly cancelAll: Endpoint<{ readonly symbol?: MarketSymbol }, void>;
  readonly list: Endpoint<TriggerListParams, readonly TriggerOrder[]>;
  readonly listRules: ListRules;
  /** The only lifetimes that can be asked for, ms; absent: any. */
  readonly lifetimesMs?: readonly number[];
  /** Whether it can close a position of whatever size. */
  readonly closesPosition: boolean;
}
