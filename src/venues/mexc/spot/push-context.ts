import type { MarketSymbol } from '../../../model/symbol.js';

/** What is known of a push outside its body. */
export interface PushContext {
  readonly symbol: MarketSymbol;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
  /** Epoch ms by the venue's clock; `NaN` where the push has none. */
  readonly venueTime: number;
}

/** The field `updatedAt`, absent where the push has no time. */
export function updatedAt(venueTime: number): { updatedAt?: number } {
  return Number.isNaN(venueTime) ? {} : { updatedAt: venueTime };
}
