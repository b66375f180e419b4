import type { Side } from '../../model/side.js';
import type { SimulatedMarket } from '../market.js';
import { type Amount, amountOf } from './amount.js';

/** Who is cancelled when two orders of one self-trade group meet. */
export type SelfTradeRule = 'cancel_newest' | 'cancel_oldest' | 'cancel_both';

/** Why an order is over. `depth`: a market order that the book could not fill. */
export type EndReason =
  | 'filled'
  | 'user'
  | 'ioc'
  | 'fok'
  | 'post_only'
  | 'self_trade'
  | 'depth'
  | 'countdown'
  | 'venue';

/** One order of an account, from its acceptance on; it changes as it trades. */
export interface AccountOrder {
  /** The venue's id. */
  readonly id: string;
  /** Consecutive per venue, from 1. */
  readonly number: number;
  readonly market: SimulatedMarket;
  readonly clientOrderId: string | undefined;
  /** Which door of the venue it came through, where the venue tells. */
  readonly source: string | undefined;
  readonly side: Side;
  readonly type: 'limit' | 'market';
  readonly timeInForce: 'gtc' | 'ioc' | 'fok';
  readonly postOnly: boolean;
  readonly selfTradeRule: SelfTradeRule | undefined;
  /** What a market buy may spend; its `lots` are what the book gave for that. */
  readonly quoteBudget: Amount | undefined;
  /** Epoch ms by the venue's clock. */
  readonly createdAt: number;
  /** Monotonic ms before which no read shows it. */
  readonly visibleFrom: number;
  /** No read finds it by its client id. */
  readonly isForgotten: boolean;
  /** 0 for a market order. */
  priceTicks: number;
  lots: number;
  filledLots: number;
  filledQuote: Amount;
  /** In {@link feeAsset}. */
  fee: Amount;
  /** What is set aside for the rest, in the asset that it pays with. */
  locked: Amount;
  status: 'open' | 'filled' | 'canceled';
  endReason: EndReason | undefined;
  amendText: string | undefined;
  updatedAt: number;
  /** Monotonic ms. */
  endedAt: number | undefined;
  /** While it rests in the book. */
  engineId: number | undefined;
}

/** One execution of an order of an account. */
export interface AccountFill {
  /** The number of the trade on the market's tape. */
  readonly tradeId: number;
  readonly order: AccountOrder;
  readonly priceTicks: number;
  readonly lots: number;
  readonly liquidity: 'maker' | 'taker';
  readonly fee: Amount;
  readonly feeAsset: string;
  /** Both sides are orders of this account. */
  readonly isSelfTrade: boolean;
  /** Epoch ms by the venue's clock. */
  readonly at: number;
}

/** The asset that the order pays with. */
export function paidAsset({ side, market: { spec } }: AccountOrder): string {
  return side === 'buy' ? spec.quote : spec.base;
}

/** Fees are taken from what is received. Source: Gate.io API v4 docs, order object, fee currency. */
export function feeAsset({ side, market: { spec } }: AccountOrder): string {
  return side === 'buy' ? spec.base : spec.quote;
}

/** Base asset. */
export function baseAmount({ market: { spec } }: AccountOrder, lots: number): Amount {
  return amountOf(lots, spec.quantityDecimals);
}

/** Quote asset. */
export function quoteAmount({ market: { spec } }: AccountOrder, priceTicks: number, lots: number): Amount {
  return amountOf(BigInt(priceTicks) * BigInt(lots), spec.priceDecimals + spec.quantityDecimals);
}

/** What has to be set aside for so many lots of a limit order. */
export function lockOf(order: AccountOrder, priceTicks: number, lots: number): Amount {
  return order.side === 'buy' ? quoteAmount(order, priceTicks, lots) : baseAmount(order, lots);
}

export function leftLots(order: AccountOrder): number {
  return order.lots - order.filledLots;
}
