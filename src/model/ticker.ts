import type { MarketSymbol } from './symbol.js';

/** Statistics of the last 24 hours. Not the best bid and offer of this instant: that is a {@link BookTicker}. */
export interface Ticker {
  readonly symbol: MarketSymbol;
  /** Price of the last trade, quote per base. */
  readonly lastPrice: number;
  readonly bidPrice?: number;
  readonly askPrice?: number;
  readonly openPrice?: number;
  readonly highPrice?: number;
  readonly lowPrice?: number;
  /** Change of the window as a fraction: `0.01` is +1 %. */
  readonly changeRatio?: number;
  /** Traded base asset in the window. */
  readonly baseVolume?: number;
  /** Traded quote asset in the window. */
  readonly quoteVolume?: number;
  /** Epoch ms by the venue's clock; absent where the venue does not say. */
  readonly updatedAt?: number;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
}
