import type { Venue } from './adapter/venue.js';
import { ConfigurationError } from './errors/kinds.js';
import { createPublicExchange as createFromVenue } from './exchange/create-public-exchange.js';
import type { PublicExchangeOptions } from './exchange/options.js';
import type { PublicExchange } from './exchange/public-exchange.js';
import { gateioSpot } from './venues/gateio/spot/venue.js';
import { mexcSpot } from './venues/mexc/spot/venue.js';

export type { BookRequest } from './adapter/book-feed.js';
export { ERROR_CODES, type ErrorCode, type Outcome } from './errors/codes.js';
export { ExchangeError, isExchangeError } from './errors/exchange-error.js';
export * from './errors/kinds.js';
export type { CandlesRequest } from './exchange/candle-paging.js';
export type { ExchangeEventName, ExchangeEvents, ExchangeStatus } from './exchange/exchange-events.js';
export type * from './exchange/live-order-book.js';
export type { MetricsSink, PublicExchangeOptions } from './exchange/options.js';
export type { PublicExchange } from './exchange/public-exchange.js';
export type { RawCall } from './exchange/raw-call.js';
export type { Subscription } from './exchange/subscription.js';
export type { BookTicker } from './model/book-ticker.js';
export { CANDLE_INTERVALS, type Candle, type CandleInterval } from './model/candle.js';
export * from './model/decimal.js';
export type { HealthCheck, HealthReport, HealthStatus } from './model/health.js';
export type { Instrument, InstrumentStatus } from './model/instrument.js';
export type { LogFields, Logger } from './model/logger.js';
export type { LatencySummary, MetricsSnapshot } from './model/metrics.js';
export type { Level, OrderBookSnapshot } from './model/order-book.js';
export type { Side } from './model/side.js';
export { type MarketKind, type MarketSymbol, makeSymbol, parseSymbol, type SymbolParts } from './model/symbol.js';
export type { Ticker } from './model/ticker.js';
export type { Trade } from './model/trade.js';
export type { VenueId } from './model/venue-id.js';
export type { ReconnectPolicy, RetryPolicy } from './transport/policies.js';
export type { Runtime } from './transport/runtime.js';

/** The venues of this package, by id. */
export const venues = { mexc_spot: mexcSpot, gateio_spot: gateioSpot } as const satisfies Record<string, Venue>;

/** Id of a venue that this package brings. */
export type KnownVenueId = keyof typeof venues;

/**
 * Connects to the market data of a venue: one of this package by its id, or an adapter of your own.
 * @throws {ConfigurationError} for an unknown id or a wrong option.
 */
export function createPublicExchange(venue: Venue | KnownVenueId, options?: PublicExchangeOptions): PublicExchange {
  return createFromVenue(typeof venue === 'string' ? venueById(venue) : venue, options);
}

/** MEXC spot market data. @throws {ConfigurationError} naming the wrong option. */
export function createMexcPublic(options?: PublicExchangeOptions): PublicExchange {
  return createFromVenue(mexcSpot, options);
}

/** Gate.io spot market data. @throws {ConfigurationError} naming the wrong option. */
export function createGateioPublic(options?: PublicExchangeOptions): PublicExchange {
  return createFromVenue(gateioSpot, options);
}

function venueById(id: string): Venue {
  if (Object.hasOwn(venues, id)) return venues[id as KnownVenueId];
  throw new ConfigurationError({ field: 'venue', expected: `one of ${Object.keys(venues).join(', ')}`, received: id });
}
