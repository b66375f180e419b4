import type { MarketSymbol } from '../model/symbol.js';
import type { LevelChange, TapeTrade } from './contract.js';

/** The truth about one book, levels as `[price, quantity]`: quote per base, base asset. */
export interface SimulatedBook {
  readonly sequence: number;
  /** Highest first. */
  readonly bids: Array<[price: number, quantity: number]>;
  /** Lowest first. */
  readonly asks: Array<[price: number, quantity: number]>;
}

export interface SimulatorStats {
  readonly seed: number | string;
  readonly frames: number;
  readonly requests: number;
  readonly connections: number;
  readonly trades: number;
  /** Steps of all books. */
  readonly changes: number;
}

/** What can be heard of every market, in ticks and lots. */
export interface SimulatorEvents<V extends string> {
  change: (venue: V, symbol: MarketSymbol, change: LevelChange) => void;
  trade: (venue: V, symbol: MarketSymbol, trade: TapeTrade) => void;
}
