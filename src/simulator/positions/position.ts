import type { Amount } from '../accounts/amount.js';
import type { FuturesAccount } from './futures-account.js';
import type { PerpetualMarket } from './perpetual-market.js';

/** One-way accounts have one position per market (`net`), hedging ones have two. */
export type PositionSide = 'net' | 'long' | 'short';
export type MarginMode = 'isolated' | 'cross';
export type PositionMode = 'one_way' | 'hedge';

/**
 * One position, or the place for one: it stays when it is closed, with its leverage and margin mode. Money is in the
 * settle asset. What follows from the mark price (unrealised profit, liquidation price …) is in `valuation.ts`.
 */
export interface Position {
  readonly account: FuturesAccount;
  readonly market: PerpetualMarket;
  readonly side: PositionSide;
  /** Consecutive per venue, from 1; another one each time it is opened from nothing; 0 = never opened. */
  number: number;
  /** Signed: above zero = long. A `short` is below zero. */
  lots: number;
  /** Value of the lots at their entry, never below zero. */
  entryValue: Amount;
  /** Isolated: what is set aside and can be lost. Cross: the initial margin. 0 while it is empty. */
  margin: Amount;
  leverage: number;
  marginMode: MarginMode;
  /** Largest value that was asked for, settle asset; `undefined` = that of the tier which the leverage allows. */
  riskLimit: Amount | undefined;
  /** Since it was opened from nothing. Profit without fees and funding; fees and funding as they changed the balance. */
  pnl: Amount;
  fees: Amount;
  funding: Amount;
  /** Lots at most, and lots closed so far, both without sign. */
  mostLots: number;
  closedLots: number;
  /** Value of what was opened and closed so far. */
  openedLots: number;
  openedValue: Amount;
  closedValue: Amount;
  /** Profit, fees and funding of all earlier lives, and of the last one. */
  historyPnl: Amount;
  lastPnl: Amount;
  /** The venue is closing it. */
  isLiquidating: boolean;
  /** Changes so far. */
  version: number;
  /** Epoch ms by the venue's clock. */
  openedAt: number;
  updatedAt: number;
}

/** A position that is over. */
export interface ClosedPosition {
  readonly number: number;
  readonly market: PerpetualMarket;
  readonly side: 'long' | 'short';
  readonly positionSide: PositionSide;
  readonly marginMode: MarginMode;
  readonly leverage: number;
  readonly mostLots: number;
  readonly openedLots: number;
  readonly openedValue: Amount;
  readonly closedLots: number;
  readonly closedValue: Amount;
  readonly pnl: Amount;
  readonly fees: Amount;
  readonly funding: Amount;
  readonly openedAt: number;
  readonly closedAt: number;
  /** Id of the order that closed it; its `source` and `isLiquidation` say why. */
  readonly orderId: string;
}

/** A position that the venue closed. */
export interface Liquidation {
  readonly number: number;
  readonly market: PerpetualMarket;
  readonly positionNumber: number;
  readonly positionSide: PositionSide;
  /** Signed lots that were closed. */
  readonly lots: number;
  readonly leverage: number;
  readonly marginMode: MarginMode;
  readonly margin: Amount;
  readonly entryPrice: Amount;
  readonly liquidationPrice: Amount;
  readonly markPrice: Amount;
  readonly orderId: string;
  readonly orderPrice: Amount;
  readonly fillPrice: Amount;
  readonly at: number;
}

/** One funding payment of one position. */
export interface FundingPayment {
  /** Consecutive per account, from 1. */
  readonly number: number;
  readonly market: PerpetualMarket;
  readonly positionNumber: number;
  readonly positionSide: PositionSide;
  /** Signed. */
  readonly lots: number;
  /** Value at the mark price. */
  readonly value: Amount;
  readonly rateMillionths: number;
  /** Positive = received. */
  readonly amount: Amount;
  readonly at: number;
}
