import type { Decimal } from './decimal.js';
import type { MarketSymbol } from './symbol.js';

/** The account's rates, as fractions of the traded value: `'0.0005'` is 5 bps; negative = rebate. */
export interface TradingFees {
  readonly symbol: MarketSymbol;
  readonly maker: Decimal;
  readonly taker: Decimal;
}
