import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import type { Amount } from '../accounts/amount.js';
import type { Transfer } from '../accounts/wallet.js';
import type { VenueBase, VenueWire } from '../contract.js';
import type { FuturesAccount, MarginSummary } from './futures-account.js';
import type { FuturesEndReason, FuturesOrder } from './futures-order.js';
import type { FuturesAmendRequest, FuturesOrderRequest } from './futures-request.js';
import type { PerpetualMarket } from './perpetual-market.js';
import type { MarginMode, Position, PositionMode, PositionSide } from './position.js';
import type { TriggerDesk } from './trigger-order.js';

/** Where the futures accounts of one venue trade. Whatever it refuses, it refuses before anything has changed. */
export interface FuturesDesk {
  readonly clock: Clock;
  /** By API key. */
  readonly accounts: ReadonlyMap<string, FuturesAccount>;
  readonly markets: ReadonlyMap<MarketSymbol, PerpetualMarket>;
  readonly triggers: TriggerDesk;
  /** @throws {FuturesRefusal} */
  place(account: FuturesAccount, market: PerpetualMarket, request: FuturesOrderRequest): FuturesOrder;
  /** Takes an open order out of the book. Returns whether it was open. */
  cancel(account: FuturesAccount, order: FuturesOrder, reason?: FuturesEndReason): boolean;
  /** @throws {FuturesRefusal} */
  amend(account: FuturesAccount, order: FuturesOrder, request: FuturesAmendRequest): void;
  /**
   * Leverage of the positions of one market, margin mode too where it is given. An open position is given more or less
   * margin for it. @param sides which of them. @throws {FuturesRefusal}
   */
  setLeverage(
    account: FuturesAccount,
    market: PerpetualMarket,
    sides: readonly PositionSide[],
    leverage: number,
    marginMode?: MarginMode,
  ): void;
  /** @throws {FuturesRefusal} while anything is open. */
  setPositionMode(account: FuturesAccount, mode: PositionMode): void;
  /** Adds to the margin of an isolated position, or takes from it. @throws {FuturesRefusal} */
  changeMargin(account: FuturesAccount, position: Position, change: Amount): void;
  /** @throws {FuturesRefusal} */
  setRiskLimit(account: FuturesAccount, position: Position, limit: Amount): void;
  summary(account: FuturesAccount, asset: string): MarginSummary;
  /** Cancels what is open after `delayMs` unless it is armed again; 0 switches it off. @param symbol `undefined` = every market. */
  armCountdown(account: FuturesAccount, symbol: MarketSymbol | undefined, delayMs: number): void;
}

/** Money between the spot account and the futures account of the same user at the same exchange. */
export interface FuturesTransfers {
  /** `undefined` = there is not enough, or no spot venue in this world. */
  move(account: FuturesAccount, asset: string, amount: Amount, to: 'spot' | 'futures'): Transfer | undefined;
}

/** The simulated futures exchange behind one venue, as its wire sees it. */
export interface FuturesModel extends VenueBase {
  readonly markets: ReadonlyMap<MarketSymbol, PerpetualMarket>;
  readonly desk: FuturesDesk;
  readonly transfers: FuturesTransfers;
}

export type CreateFuturesWire = (model: FuturesModel) => VenueWire;
