import type { Side } from '../../model/side.js';
import type { TapeTrade } from '../contract.js';
import type { PriceLevel } from './price-level.js';

/** Who goes when two orders that should not trade with each other meet: the taker, the maker, or both. */
export type MeetingRule = 'cancel_taker' | 'cancel_maker' | 'cancel_both';

/** The owner's side of an order: hears of its life inside the engine. It must not throw or submit orders. */
export interface OrderHandler {
  fill(trade: TapeTrade, liquidity: 'maker' | 'taker', other: OrderHandler | undefined): void;
  /** Taken out of the book because it met {@link meets}. */
  prevented(): void;
  /** Asked of a taker before each maker that has a handler; `undefined` = they trade. */
  meets(maker: OrderHandler): MeetingRule | undefined;
  /** Asked of a maker before each fill: what it may still trade; at 0 it is taken out and {@link prevented}. Absent = all of it. */
  most?(): number;
}

/** What somebody wants. Prices are whole ticks, quantities whole lots, both above zero. */
export interface NewOrder {
  /** Whose it is; the engine only carries it. */
  readonly owner: string;
  readonly side: Side;
  readonly lots: number;
  /** Worst price; absent = market order, which never rests. */
  readonly priceTicks?: number;
  /** `gtc` rests what is left, `ioc` drops it, `fok` takes all or nothing. Default `gtc`. */
  readonly timeInForce?: 'gtc' | 'ioc' | 'fok';
  /** Refused when it would take. */
  readonly postOnly?: boolean;
  readonly handler?: OrderHandler;
}

/** An order in the book; also a link in the queue of its level. */
export interface RestingOrder {
  readonly id: number;
  readonly owner: string;
  readonly side: Side;
  /** What is left; 0 once it is gone. */
  lots: number;
  /** `undefined` once it is gone. */
  level: PriceLevel | undefined;
  previous: RestingOrder | undefined;
  next: RestingOrder | undefined;
  readonly handler: OrderHandler | undefined;
}

/** What became of a submitted order. `filledLots + restingLots` is below its lots when the rest was dropped. */
export interface Execution {
  /** Consecutive per engine, from 1, also for orders that never rest. */
  readonly orderId: number;
  /** `rejected`: post-only that would take. `canceled`: nothing rests and it is not filled whole. */
  readonly status: 'open' | 'partially_filled' | 'filled' | 'canceled' | 'rejected';
  readonly filledLots: number;
  readonly restingLots: number;
  /** Sum of price × quantity of the fills, ticks × lots. */
  readonly quoteTickLots: number;
}
