import type { Decimal } from '../model/decimal.js';
import type {
  FundingPayment,
  MarginMode,
  Position,
  PositionMode,
  PositionSide,
  RiskLimitTier,
} from '../model/position.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Endpoint } from './endpoint.js';
import type { ListRules, OrderHistoryParams } from './order-endpoints.js';

/** How the account trades one market; not a price, and changed by the account's owner only. */
export interface PositionSettings {
  readonly mode: PositionMode;
  /** Absent where the venue does not say. */
  readonly marginMode?: MarginMode;
  /** Of long positions, and of the only one in `one_way`; absent where the venue does not say. */
  readonly leverage?: Decimal;
  /** Where it differs from {@link leverage}. */
  readonly shortLeverage?: Decimal;
}

/** What an order of a perpetual says of the position that it is meant for. */
export interface OrderPosition extends PositionSettings {
  /** The side whose position it opens or closes; in `hedge` always there. */
  readonly side?: PositionSide;
  /** The venue's id of the position that it reduces, where it has one. */
  readonly id?: string;
}

/** A position as the venue tells it: without the mode where that has a call of its own only. */
export type ListedPosition = Omit<Position, 'mode'> & Partial<Pick<Position, 'mode'>>;

/** Changes the settings of one market; everything needed to name the right call is given. */
export interface SettingsChange {
  readonly symbol: MarketSymbol;
  /** As the account has it now. */
  readonly current: PositionSettings;
  /** Open positions of the market. */
  readonly positions: readonly Position[];
  /** Absent: both sides. Only where the venue has `leveragePerSide` or `setSideLeverage`. */
  readonly side?: PositionSide;
  readonly leverage?: Decimal;
  readonly marginMode?: MarginMode;
}

export interface MarginChange {
  readonly symbol: MarketSymbol;
  readonly current: PositionSettings;
  readonly position: Position;
  /** Settle asset; positive adds, negative takes out. */
  readonly amount: Decimal;
}

/** Positions of a venue of perpetuals. Writes are commands: their outcome is told, never guessed. */
export interface PositionEndpoints {
  /** Open positions only; of all markets where no symbol is given. */
  readonly list: Endpoint<{ readonly symbol?: MarketSymbol }, readonly ListedPosition[]>;
  /** How the account trades one market: one call, or two that are merged (`mode` first where both are given). */
  readonly mode: Endpoint<void, PositionMode>;
  /** Absent where {@link mode} and the positions say everything that an order needs. */
  readonly settings?: Endpoint<{ readonly symbol: MarketSymbol }, Omit<PositionSettings, 'mode'>>;
  readonly setMode: Endpoint<{ readonly mode: PositionMode }, void>;
  readonly setLeverage: Endpoint<SettingsChange, void>;
  /** Whether each side has a leverage and a margin mode of its own, and a call of its own to change them. */
  readonly leveragePerSide: boolean;
  /** Changes the leverage of one side where {@link setLeverage} changes both; absent where that cannot be. */
  readonly setSideLeverage?: Endpoint<SettingsChange, void>;
  readonly setMarginMode: Endpoint<SettingsChange, void>;
  readonly changeMargin: Endpoint<MarginChange, void>;
  readonly riskLimits: Endpoint<{ readonly symbol: MarketSymbol }, readonly RiskLimitTier[]>;
  /** Payments of one market, oldest first. */
  readonly fundingPayments: Endpoint<OrderHistoryParams, readonly FundingPayment[]>;
  readonly fundingRules: ListRules;
}
