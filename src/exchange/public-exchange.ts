import type { BookRequest } from '../adapter/book-feed.js';
import type { BookTicker } from '../model/book-ticker.js';
import type { Candle, CandleInterval } from '../model/candle.js';
import type { HealthReport } from '../model/health.js';
import type { Instrument } from '../model/instrument.js';
import type { MetricsSnapshot } from '../model/metrics.js';
import type { OrderBookSnapshot } from '../model/order-book.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Ticker } from '../model/ticker.js';
import type { Trade } from '../model/trade.js';
import type { VenueId } from '../model/venue-id.js';
import type { CandlesRequest } from './candle-paging.js';
import type { ExchangeEventName, ExchangeEvents, ExchangeStatus } from './exchange-events.js';
import type { FundingFacet } from './funding-facet.js';
import type { LiveOrderBook } from './live-order-book.js';
import type { RawCall } from './raw-call.js';
import type { Subscription } from './subscription.js';

/**
 * Market data of one venue; no credentials. Every call may throw `RateLimitError`, `NetworkError`, `TimeoutError`,
 * `MaintenanceError`, `MalformedResponseError`, and `ClosedError` after {@link close}; a wrong symbol is an
 * `InvalidSymbolError`, other wrong input a `ValidationError`, both before anything is sent.
 */
export interface PublicExchange extends AsyncDisposable {
  readonly venue: VenueId;
  /** Round trip, ms. */
  ping(): Promise<number>;
  /** The venue's clock, epoch ms. */
  getServerTime(): Promise<number>;
  /** The instrument list; cached for five minutes, the only cache there is. */
  getInstruments(options?: { readonly refresh?: boolean }): Promise<ReadonlyMap<MarketSymbol, Instrument>>;
  getInstrument(symbol: MarketSymbol): Promise<Instrument>;
  /** @param options.depth levels per side, default 100; fewer come back where the book is shorter. */
  getOrderBook(symbol: MarketSymbol, options?: { readonly depth?: number }): Promise<OrderBookSnapshot>;
  getBookTicker(symbol: MarketSymbol): Promise<BookTicker>;
  getTicker(symbol: MarketSymbol): Promise<Ticker>;
  /** All markets, or those named. */
  getTickers(symbols?: readonly MarketSymbol[]): Promise<ReadonlyMap<MarketSymbol, Ticker>>;
  /** Oldest first. @param options.limit default 100. */
  getRecentTrades(symbol: MarketSymbol, options?: { readonly limit?: number }): Promise<Trade[]>;
  /** Oldest first; pages over the venue's limit. */
  getCandles(symbol: MarketSymbol, interval: CandleInterval, options?: CandlesRequest): Promise<Candle[]>;
  /** A book that follows the venue and says when it cannot prove itself. Several watchers of one symbol share a book. */
  watchOrderBook(symbol: MarketSymbol, options?: BookRequest): LiveOrderBook;
  watchBookTicker(symbol: MarketSymbol, handler?: (event: BookTicker) => unknown): Subscription<BookTicker>;
  watchTrades(symbol: MarketSymbol, handler?: (event: Trade) => unknown): Subscription<Trade>;
  watchTicker(symbol: MarketSymbol, handler?: (event: Ticker) => unknown): Subscription<Ticker>;
  watchCandles(
    symbol: MarketSymbol,
    interval: CandleInterval,
    handler?: (event: Candle) => unknown,
  ): Subscription<Candle>;
  /** Perpetuals only. */
  readonly funding?: FundingFacet;
  readonly status: ExchangeStatus;
  on<N extends ExchangeEventName>(
    event: N,
    handler: (event: ExchangeEvents[N]) => void,
    options?: { readonly signal?: AbortSignal },
  ): void;
  /** Any endpoint of the venue, limited and classified; the parsed body comes back. Repeated only when it is a GET. */
  request(call: RawCall): Promise<unknown>;
  metrics(): MetricsSnapshot;
  health(): Promise<HealthReport>;
  /**
   * Gets ready for the first call: loads what calls need and opens a connection, which is kept for 30 s without use.
   * Streams open when they are first watched. Not needed, but the first call is faster for it.
   */
  warm(): Promise<void>;
  /** Ends every stream, book and call; idempotent. */
  close(): Promise<void>;
}
