import type { Side } from './side.js';
import type { MarketSymbol } from './symbol.js';

/** One execution printed on the public tape. Your own executions are fills, never trades. */
export interface Trade {
  readonly symbol: MarketSymbol;
  /** Venue's trade id, unique per symbol; text, because some venues exceed 2^53. Absent where the venue sends none. */
  readonly id?: string;
  /** Quote currency per one unit of base currency. */
  readonly price: number;
  /** Base currency, always positive. Futures: contracts × contractSize, already converted. */
  readonly quantity: number;
  /** Side of the taker: `buy` means a resting ask was lifted. */
  readonly takerSide: Side;
  /** When the venue matched it, epoch ms by the venue's clock. */
  readonly matchedAt: number;
}
