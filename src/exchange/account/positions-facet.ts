import type { ExchangeError } from '../../errors/exchange-error.js';
import type { DecimalInput } from '../../model/decimal.js';
import type { Order } from '../../model/order.js';
import type {
  FundingPayment,
  MarginMode,
  Position,
  PositionMode,
  PositionSide,
  RiskLimitTier,
} from '../../model/position.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { Subscription } from '../subscription.js';
import type { HistoryRequest } from './private-exchange.js';

/** Names one position. */
export interface PositionRef {
  readonly symbol: MarketSymbol;
  /** Needed in hedge mode, where a market has two; refused in one-way mode when it is the other side. */
  readonly side?: PositionSide;
}

export interface ClosePosition extends PositionRef {
  /** Base asset; default all of it. Inverse contracts: at the entry price, to whole contracts, never more than there is. */
  readonly quantity?: DecimalInput;
  readonly clientOrderId?: string;
}

export interface SetLeverage {
  readonly symbol: MarketSymbol;
  /** From the instrument's `minLeverage` to its `maxLeverage`. */
  readonly leverage: DecimalInput;
  /** Default: as it is. */
  readonly marginMode?: MarginMode;
  /** One side only; default both. Gate.io: in hedge mode, with the margin mode that both sides have. */
  readonly side?: PositionSide;
}

export interface ChangeMargin extends PositionRef {
  /** Settle asset; positive adds, negative takes out. Isolated positions only. */
  readonly amount: DecimalInput;
}

/** Positions of an account in perpetuals. Commands are refused with a `ValidationError` before anything is sent where input is wrong. */
export interface PositionsFacet {
  /** Open ones, of all markets or of those named; read from the venue each time. */
  getPositions(symbols?: readonly MarketSymbol[]): Promise<Position[]>;
  /** `undefined`: none is open. @throws {ValidationError} in hedge mode without `side`. */
  getPosition(ref: PositionRef | MarketSymbol): Promise<Position | undefined>;
  /**
   * Closes with one reduce-only market order. @throws {PositionError} `not_sent` when none is open. @throws {ValidationError}
   * `not_sent` for more than the venue takes in one market order: close it in parts, by `quantity`. Orders that are open
   * and reduce it already may keep the venue from taking one more: cancel them first. @throws as `placeOrder` does.
   */
  closePosition(position: ClosePosition): Promise<Order>;
  /** Every open position, or those of some markets; one answer for each. */
  closeAllPositions(symbols?: readonly MarketSymbol[]): Promise<Array<Order | ExchangeError>>;
  setLeverage(change: SetLeverage): Promise<void>;
  setMarginMode(change: { readonly symbol: MarketSymbol; readonly marginMode: MarginMode }): Promise<void>;
  getPositionMode(): Promise<PositionMode>;
  /** Of the whole account; the venue refuses it while positions or orders are open. */
  setPositionMode(mode: PositionMode): Promise<void>;
  changeMargin(change: ChangeMargin): Promise<void>;
  /** Smallest first. */
  getRiskLimits(symbol: MarketSymbol): Promise<RiskLimitTier[]>;
  /** Oldest first. */
  getFundingPayments(symbol: MarketSymbol, request?: HistoryRequest): Promise<FundingPayment[]>;
  /** Positions as they change, after one event for each open one; closed ones come with a quantity of zero. */
  watchPositions(handler?: (position: Position) => unknown): Subscription<Position>;
}
