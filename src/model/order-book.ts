import type { MarketSymbol } from './symbol.js';

/** One price of an order book. */
export interface Level {
  /** Quote currency per one unit of base currency. */
  readonly price: number;
  /** Base currency resting at this price, always positive. */
  readonly quantity: number;
}

/** A whole order book at one moment; not a change and not live. */
export interface OrderBookSnapshot {
  readonly symbol: MarketSymbol;
  /** Best (highest) first. */
  readonly bids: readonly Level[];
  /** Best (lowest) first. */
  readonly asks: readonly Level[];
  /** The venue's number of this state; absent where the venue sends none. */
  readonly sequence?: number;
  /** When the venue made it, epoch ms by the venue's clock; absent where the venue does not say. */
  readonly updatedAt?: number;
  /** When we received it, epoch ms by our clock. */
  readonly receivedAt: number;
}
