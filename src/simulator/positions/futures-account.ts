import type { MarketSymbol } from '../../model/symbol.js';
import type { AccountSettings } from '../accounts/account-options.js';
import type { Amount } from '../accounts/amount.js';
import type { Ring } from '../ring.js';
import type { FuturesFill, FuturesOrder } from './futures-order.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { ClosedPosition, FundingPayment, Liquidation, Position, PositionMode, PositionSide } from './position.js';
import type { TriggerOrder } from './trigger-order.js';

/** Why a balance changed. */
export type FuturesBalanceCause = 'deposit' | 'transfer' | 'pnl' | 'fee' | 'funding' | 'insurance';

/** One change of the balance of one asset. */
export interface FuturesBalanceChange {
  /** Consecutive per account, from 1. */
  readonly number: number;
  readonly asset: string;
  readonly change: Amount;
  /** Afterwards. */
  readonly balance: Amount;
  readonly cause: FuturesBalanceCause;
  /** What it is about, where that is known. */
  readonly market: PerpetualMarket | undefined;
  readonly orderId: string | undefined;
  /** 0 = none. */
  readonly tradeId: number;
  /** Epoch ms by the venue's clock. */
  readonly at: number;
}

/** The money of one account in one settle asset, at the mark prices of now. */
export interface MarginSummary {
  readonly asset: string;
  /** What there is, without unrealised profit. */
  readonly balance: Amount;
  /** Set aside for open orders. */
  readonly orderMargin: Amount;
  /** Set aside in isolated positions. */
  readonly isolatedMargin: Amount;
  /** Initial margin of cross positions. */
  readonly crossMargin: Amount;
  readonly isolatedUnrealised: Amount;
  readonly crossUnrealised: Amount;
  readonly isolatedMaintenance: Amount;
  readonly crossMaintenance: Amount;
  /** What orders may use and transfers may take; never below zero. */
  readonly available: Amount;
}

/**
 * Hears everything that happens to an account, in order, in the middle of a match: it must not throw or place orders.
 * A private stream is fed by it.
 */
export interface FuturesListener {
  /** `placed` comes before its first fill, `ended` once and last. */
  order?(order: FuturesOrder, event: 'placed' | 'filled' | 'amended' | 'ended'): void;
  fill?(fill: FuturesFill): void;
  /** Something about it has changed, other than the mark price. */
  position?(position: Position): void;
  closed?(closed: ClosedPosition): void;
  balance?(change: FuturesBalanceChange): void;
  trigger?(trigger: TriggerOrder): void;
  liquidation?(liquidation: Liquidation): void;
}

/** One user's futures account at one venue. Its history is never forgotten. */
export interface FuturesAccount {
  readonly settings: AccountSettings;
  readonly positionMode: PositionMode;
  /** Every order ever, oldest first. */
  readonly orders: readonly FuturesOrder[];
  readonly ordersById: ReadonlyMap<string, FuturesOrder>;
  /** Oldest first. */
  readonly openOrders: ReadonlySet<FuturesOrder>;
  /** Every fill ever, oldest first. */
  readonly fills: readonly FuturesFill[];
  readonly closedPositions: readonly ClosedPosition[];
  readonly liquidations: readonly Liquidation[];
  readonly fundingPayments: readonly FundingPayment[];
  readonly changes: Ring<FuturesBalanceChange>;
  /** Settle assets that it ever held; none = the futures account was never opened. */
  assets(): string[];
  balance(asset: string): Amount;
  /** The sum of all balance changes of this cause. */
  total(asset: string, cause: FuturesBalanceCause): Amount;
  /** How often the balance of this asset has changed. */
  version(asset: string): number;
  /** Made on first use: a position with 0 lots is the place for one. `net` in one-way mode, else `long` or `short`. */
  position(market: PerpetualMarket, side: PositionSide): Position;
  /** All places that were ever used, those of this market or all. */
  positions(symbol?: MarketSymbol): readonly Position[];
  /** Returns what ends it. */
  listen(listener: FuturesListener): () => void;
}
