import type { ContractTerms } from './contracts.js';
import type { Decimal } from './decimal.js';
import type { MarketKind, MarketSymbol } from './symbol.js';

/**
 * Whether orders are taken. `buy_only` and `sell_only`: the other side is refused. `reduce_only`: only orders that say
 * so, which make a position smaller. `halted`: listed, no orders now. `delisted`: gone or going. `unknown`: the venue sent
 * a state that this version does not know.
 */
export type InstrumentStatus = 'trading' | 'buy_only' | 'sell_only' | 'reduce_only' | 'halted' | 'delisted' | 'unknown';

/** The rules of one market. Reference data, cached for five minutes; never prices. */
export interface Instrument {
  readonly symbol: MarketSymbol;
  /** The venue's own string, for looking things up in its documentation and user interface. */
  readonly venueSymbol: string;
  readonly kind: MarketKind;
  readonly base: string;
  readonly quote: string;
  /** Asset of profit and loss; perpetuals only. */
  readonly settle?: string;
  readonly status: InstrumentStatus;
  /** Smallest price step, quote per base. */
  readonly tickSize: Decimal;
  /** Smallest quantity step, base asset. Inverse perpetuals: of the asset; their orders step by `contracts`. */
  readonly lotSize: Decimal;
  /** Smallest order quantity, base asset. */
  readonly minQuantity: Decimal;
  /** Largest order quantity, base asset; absent = the venue states none. */
  readonly maxQuantity?: Decimal;
  /** Smallest price × quantity, quote asset; absent = the venue states none. */
  readonly minNotional?: Decimal;
  /** Largest price × quantity of a limit order, quote asset. */
  readonly maxNotional?: Decimal;
  /** Smallest value of a market order, quote asset, where it differs. */
  readonly minMarketNotional?: Decimal;
  /** Largest value of a market order, quote asset, where it differs. */
  readonly maxMarketNotional?: Decimal;
  /** Fraction of the traded value on the default schedule: `'0.0005'` is 5 bps. Your own rates: `getTradingFees`. */
  readonly makerFee?: Decimal;
  readonly takerFee?: Decimal;
  /** One contract: base asset, or quote asset where {@link contracts} are inverse; perpetuals only. */
  readonly contractSize?: Decimal;
  /** How the venue counts; perpetuals only. */
  readonly contracts?: ContractTerms;
  /** Smallest and largest leverage that can be set; perpetuals only. */
  readonly minLeverage?: Decimal;
  readonly maxLeverage?: Decimal;
  /** Time between funding payments, ms; perpetuals only. Absent where the venue does not say, or could not be asked. */
  readonly fundingIntervalMs?: number;
  /** Whether a market order is taken; absent = the venue does not say. */
  readonly marketOrders?: boolean;
  /** The row as the venue sent it, for fields that the model does not carry. */
  readonly raw: unknown;
}
