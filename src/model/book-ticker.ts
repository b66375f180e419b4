import type { MarketSymbol } from './symbol.js';

/** Best bid and best offer. A side without orders has `undefined` price and zero quantity. */
export interface BookTicker {
  readonly symbol: MarketSymbol;
  /** Quote per base. */
  readonly bidPrice: number | undefined;
  /** Base asset. */
  readonly bidQuantity: number;
  readonly askPrice: number | undefined;
  readonly askQuantity: number;
  /** The venue's book number; absent where it sends none. */
  readonly sequence?: number;
  /** Epoch ms by the venue's clock; absent where the venue does not say. */
  readonly updatedAt?: number;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}
