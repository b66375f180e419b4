import type { Side } from '../../model/side.js';
import type { EndReason, SelfTradeRule } from '../accounts/account-order.js';
import type { Amount } from '../accounts/amount.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { MarginMode, PositionSide } from './position.js';

/** Why a futures order is over. `reduce_only`: it could only have opened. */
export type FuturesEndReason =
  | EndReason
  | 'reduce_only'
  | 'position_closed'
  | 'liquidated'
  | 'liquidation_canceled'
  | 'slippage';

/** One order of a futures account, from its acceptance on; it changes as it trades. Quantities are lots of contracts. */
export interface FuturesOrder {
  /** The venue's id. */
  readonly id: string;
  /** Consecutive per venue, from 1. */
  readonly number: number;
  readonly market: PerpetualMarket;
  readonly clientOrderId: string | undefined;
  /** Which door of the venue it came through, where the venue tells. */
  readonly source: string | undefined;
  readonly side: Side;
  /** The position that it trades for. */
  readonly positionSide: PositionSide;
  readonly type: 'limit' | 'market';
  readonly timeInForce: 'gtc' | 'ioc' | 'fok';
  readonly postOnly: boolean;
  /** It never opens: in hedge mode it closes its side, in one-way mode the flag was set. */
  readonly reduceOnly: boolean;
  /** It was asked to close the whole position. */
  readonly closesAll: boolean;
  /** It is the venue's. */
  readonly isLiquidation: boolean;
  readonly selfTradeRule: SelfTradeRule | undefined;
  /** When it was placed. */
  readonly leverage: number;
  readonly marginMode: MarginMode;
  /** Epoch ms by the venue's clock. */
  readonly createdAt: number;
  /** Monotonic ms before which no read shows it. */
  readonly visibleFrom: number;
  /** No read finds it by its client id. */
  readonly isForgotten: boolean;
  /** What the wire wants to see again of the request. */
  readonly extra: Readonly<Record<string, unknown>> | undefined;
  /** 0 for a market order. */
  priceTicks: number;
  lots: number;
  filledLots: number;
  /** Value of the fills, settle asset. */
  filledValue: Amount;
  /** Sum of price × lots of the fills, in units of `10^-(priceDecimals + quantityDecimals)`; the average price follows. */
  filledTickLots: bigint;
  /** Settle asset; below zero = the venue paid. */
  takerFee: Amount;
  makerFee: Amount;
  /** Profit that its fills realised. */
  pnl: Amount;
  /** Set aside for what would open. */
  margin: Amount;
  status: 'open' | 'filled' | 'canceled';
  endReason: FuturesEndReason | undefined;
  amendText: string | undefined;
  /** Changes so far. */
  version: number;
  updatedAt: number;
  /** Monotonic ms. */
  endedAt: number | undefined;
  /** While it rests in the book. */
  engineId: number | undefined;
}

/** One execution of an order of a futures account. */
export interface FuturesFill {
  /** The number of the trade on the market's tape; 0 where the insurance fund was on the other side. */
  readonly tradeId: number;
  /** Consecutive per account, from 1. */
  readonly number: number;
  readonly order: FuturesOrder;
  readonly priceTicks: number;
  readonly lots: number;
  /** Lots that closed a position; the others opened one. */
  readonly closedLots: number;
  /** Settle asset. */
  readonly value: Amount;
  readonly liquidity: 'maker' | 'taker';
  readonly fee: Amount;
  readonly pnl: Amount;
  readonly positionNumber: number;
  /** Both sides are orders of this account. */
  readonly isSelfTrade: boolean;
  /** Epoch ms by the venue's clock. */
  readonly at: number;
}

export function leftLotsOf(order: FuturesOrder): number {
  return order.lots - order.filledLots;
}
