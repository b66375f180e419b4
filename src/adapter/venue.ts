import type { BookTicker } from '../model/book-ticker.js';
import type { Candle, CandleInterval } from '../model/candle.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderBookSnapshot } from '../model/order-book.js';
import type { MarketKind, MarketSymbol } from '../model/symbol.js';
import type { Ticker } from '../model/ticker.js';
import type { Trade } from '../model/trade.js';
import type { VenueId } from '../model/venue-id.js';
import type { ReconnectPolicy, RetryPolicy } from '../transport/policies.js';
import type { ChooseBookFeed } from './book-feed.js';
import type { Channel } from './channel.js';
import type { ConnectionPlan } from './connection-plan.js';
import type { Endpoint } from './endpoint.js';
import type { ErrorClassifier, ErrorTable } from './error-classifier.js';
import type { FrameCodec } from './frame-codec.js';
import type { FundingVenue } from './funding-venue.js';
import type { LimitTable } from './limits.js';
import type { PrivateVenue } from './private-venue.js';

export interface SymbolParams {
  readonly symbol: MarketSymbol;
}

export interface OrderBookParams extends SymbolParams {
  /** Levels per side, from 1 to the venue's `maxOrderBookDepth`. */
  readonly depth: number;
}

export interface RecentTradesParams extends SymbolParams {
  readonly limit: number;
}

export interface CandlesParams extends SymbolParams {
  readonly interval: CandleInterval;
  /** First opening time wanted, epoch ms, inclusive; absent = the newest `limit` candles. */
  readonly from?: number;
  /** Last opening time wanted, epoch ms, inclusive; given together with `from`. */
  readonly to?: number;
  /** From 1 to the venue's `maxCandles`. */
  readonly limit: number;
}

export interface CandleStreamParams extends SymbolParams {
  readonly interval: CandleInterval;
}

/** The market data calls of a venue. Lists come out oldest first, whatever the wire's order. */
export interface MarketEndpoints {
  readonly ping: Endpoint<void, void>;
  /** Epoch ms. */
  readonly serverTime: Endpoint<void, number>;
  /** Rows that cannot be read are left out and reported as drift. */
  readonly instruments: Endpoint<void, readonly Instrument[]>;
  /** Further rows, after so many; asked until an answer brings nothing new. Absent where one answer holds them all. */
  readonly moreInstruments?: Endpoint<{ readonly offset: number }, readonly Instrument[]>;
  readonly orderBook: Endpoint<OrderBookParams, OrderBookSnapshot>;
  readonly bookTicker: Endpoint<SymbolParams, BookTicker>;
  readonly ticker: Endpoint<SymbolParams, Ticker>;
  /** All markets; rows of markets that are not in the instrument list are left out. */
  readonly tickers: Endpoint<void, readonly Ticker[]>;
  readonly recentTrades: Endpoint<RecentTradesParams, Trade[]>;
  readonly candles: Endpoint<CandlesParams, Candle[]>;
  readonly maxOrderBookDepth: number;
  readonly maxRecentTrades: number;
  readonly maxCandles: number;
  /** How far back candles reach, in candles; `Infinity` where no bound is known. */
  readonly candleReach: number;
  readonly candleIntervals: readonly CandleInterval[];
}

/** The market data streams of a venue. */
export interface MarketStreams {
  readonly bookTicker: Channel<SymbolParams, BookTicker>;
  readonly trades: Channel<SymbolParams, Trade>;
  readonly ticker: Channel<SymbolParams, Ticker>;
  readonly candles: Channel<CandleStreamParams, Candle>;
  readonly candleIntervals: readonly CandleInterval[];
  readonly chooseBook: ChooseBookFeed;
  readonly plan: ConnectionPlan;
  /** Loads what the codec needs (a protobuf library, say) on first use. */
  loadCodec(): Promise<FrameCodec>;
}

/** One market of an exchange, as data and pure functions. The generic client runs any of them. */
export interface Venue {
  readonly id: VenueId;
  /** For people: `'MEXC spot'`. */
  readonly name: string;
  readonly kind: MarketKind;
  /** Bases as the venue documents them. */
  readonly hosts: { readonly rest: string; readonly ws: string };
  /** Sent with every REST request. */
  readonly headers: Readonly<Record<string, string>>;
  readonly policies: { readonly reconnect: ReconnectPolicy; readonly retry: RetryPolicy };
  readonly limits: LimitTable;
  readonly errors: ErrorTable;
  readonly classify: ErrorClassifier;
  readonly market: MarketEndpoints;
  readonly streams: MarketStreams;
  /** Perpetuals only. */
  readonly funding?: FundingVenue;
  /** What needs credentials; absent where this library has none of it. */
  readonly private?: PrivateVenue;
}

/** Types a venue; returns it unchanged. */
export function defineVenue(venue: Venue): Venue {
  return venue;
}
