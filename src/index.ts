import type { Venue } from './adapter/venue.js';
import { ConfigurationError } from './errors/kinds.js';
import { createPrivateExchange as createPrivateFromVenue } from './exchange/account/create-private-exchange.js';
import { type ExchangePair, createExchangePair as pairFromVenue } from './exchange/account/exchange-pair.js';
import type { PrivateExchange } from './exchange/account/private-exchange.js';
import type { PrivateExchangeOptions } from './exchange/account/private-options.js';
import { createPublicExchange as createFromVenue } from './exchange/create-public-exchange.js';
import type { PublicExchangeOptions } from './exchange/options.js';
import type { PublicExchange } from './exchange/public-exchange.js';
import { pickFutures } from './venues/gateio/futures/pick-venue.js';
import type { FuturesSettle } from './venues/gateio/futures/settle.js';
import { GATEIO_FUTURES, gateioFutures, gateioFuturesBtc } from './venues/gateio/futures/venue.js';
import { gateioSpot } from './venues/gateio/spot/venue.js';
import { mexcFutures } from './venues/mexc/futures/venue.js';
import { mexcSpot } from './venues/mexc/spot/venue.js';

export type { BookRequest } from './adapter/book-feed.js';
export type { OrderRef } from './adapter/order-endpoints.js';
export type { Credentials } from './adapter/signer.js';
export { ERROR_CODES, type ErrorCode, type Outcome } from './errors/codes.js';
export { ExchangeError, isExchangeError } from './errors/exchange-error.js';
export * from './errors/kinds.js';
export type { ExchangePair } from './exchange/account/exchange-pair.js';
export {
  supportsAmend,
  supportsDeadManSwitch,
  supportsFunding,
  supportsPositions,
  supportsTrading,
  supportsTriggers,
  supportsWallet,
} from './exchange/account/facets.js';
export type * from './exchange/account/positions-facet.js';
export type * from './exchange/account/private-exchange.js';
export type { AllowedAddress, PrivateExchangeOptions } from './exchange/account/private-options.js';
export type * from './exchange/account/triggers-facet.js';
export type { WalletFacet, WalletHistoryRequest, Withdraw } from './exchange/account/wallet-facet.js';
export type { CandlesRequest } from './exchange/candle-paging.js';
export type { ExchangeEventName, ExchangeEvents, ExchangeStatus } from './exchange/exchange-events.js';
export type { FundingFacet, FundingHistoryRequest } from './exchange/funding-facet.js';
export type * from './exchange/live-order-book.js';
export type { MetricsSink, PublicExchangeOptions } from './exchange/options.js';
export { type FileIntentLogOptions, openFileIntentLog } from './exchange/orders/file-intent-log.js';
export type { Intent, IntentLog, IntentOutcome } from './exchange/orders/intent-log.js';
export { createMemoryIntentLog } from './exchange/orders/memory-intent-log.js';
export type * from './exchange/orders/place-order.js';
export type { PublicExchange } from './exchange/public-exchange.js';
export type { RawCall } from './exchange/raw-call.js';
export type { Subscription } from './exchange/subscription.js';
export {
  createGateioFuturesPublic,
  createGateioPublic,
  createMexcFuturesPublic,
  createMexcPublic,
} from './market-data.js';
export type { Balance } from './model/balance.js';
export type { BookTicker } from './model/book-ticker.js';
export { CANDLE_INTERVALS, type Candle, type CandleInterval } from './model/candle.js';
export type { ContractTerms } from './model/contracts.js';
export * from './model/decimal.js';
export type { Fill } from './model/fill.js';
export type * from './model/funding.js';
export type { HealthCheck, HealthReport, HealthStatus } from './model/health.js';
export type { Instrument, InstrumentStatus } from './model/instrument.js';
export type { LogFields, Logger } from './model/logger.js';
export type { LatencySummary, MetricsSnapshot } from './model/metrics.js';
export { isFinal, type Order, type OrderState, type OrderType, type TimeInForce } from './model/order.js';
export type { Level, OrderBookSnapshot } from './model/order-book.js';
export type * from './model/position.js';
export type { Side } from './model/side.js';
export { type MarketKind, type MarketSymbol, makeSymbol, parseSymbol, type SymbolParts } from './model/symbol.js';
export type { Ticker } from './model/ticker.js';
export type { Trade } from './model/trade.js';
export type { TradingFees } from './model/trading-fees.js';
export type * from './model/trigger-order.js';
export type { VenueId } from './model/venue-id.js';
export type * from './model/wallet.js';
export type * from './transport/log/log-disk.js';
export type { ReconnectPolicy, RetryPolicy } from './transport/policies.js';
export type { Runtime } from './transport/runtime.js';

/** The venues of this package, by id. */
export const venues = {
  mexc_spot: mexcSpot,
  mexc_futures: mexcFutures,
  gateio_spot: gateioSpot,
  gateio_futures: gateioFutures,
  gateio_futures_btc: gateioFuturesBtc,
} as const satisfies Record<string, Venue>;

/** Id of a venue that this package brings. */
export type KnownVenueId = keyof typeof venues;

/**
 * Connects to the market data of a venue: one of this package by its id, or an adapter of your own.
 * @throws {ConfigurationError} for an unknown id or a wrong option.
 */
export function createPublicExchange(venue: Venue | KnownVenueId, options?: PublicExchangeOptions): PublicExchange {
  return createFromVenue(typeof venue === 'string' ? venueById(venue) : venue, options);
}

/**
 * Connects to an account at a venue: one of this package by its id, or an adapter of your own.
 * @throws {ConfigurationError} for an unknown id or a wrong option; it never shows a secret.
 */
export function createPrivateExchange(venue: Venue | KnownVenueId, options: PrivateExchangeOptions): PrivateExchange {
  return createPrivateFromVenue(typeof venue === 'string' ? venueById(venue) : venue, options);
}

/** What a venue may have besides orders; of the venues that are named it is known. */
type Facets = Required<Pick<PrivateExchange, 'wallet' | 'amend' | 'deadManSwitch' | 'positions' | 'triggers'>>;

/** MEXC spot trading, with a wallet. @throws {ConfigurationError} naming the wrong option. */
export function createMexcPrivate(options: PrivateExchangeOptions): PrivateExchange & Pick<Facets, 'wallet'> {
  return createPrivateFromVenue(mexcSpot, options) as PrivateExchange & Facets;
}

/**
 * MEXC perpetual futures trading, with positions and triggers; contracts of all settle assets. Money comes and goes by the
 * wallet of {@link createMexcPrivate}. @throws {ConfigurationError} naming the wrong option.
 */
export function createMexcFuturesPrivate(
  options: PrivateExchangeOptions,
): PrivateExchange & Pick<Facets, 'positions' | 'triggers'> {
  return createPrivateFromVenue(mexcFutures, options) as PrivateExchange & Facets;
}

/** Gate.io spot trading: with wallet, amending and dead-man switch. @throws {ConfigurationError} naming the wrong option. */
export function createGateioPrivate(
  options: PrivateExchangeOptions,
): PrivateExchange & Omit<Facets, 'positions' | 'triggers'> {
  return createPrivateFromVenue(gateioSpot, options) as PrivateExchange & Facets;
}

/**
 * Gate.io perpetual futures trading: with positions, triggers, amending and dead-man switch. Contracts settle in USDT
 * unless `settle` says `'btc'`. Money comes and goes by the wallet of {@link createGateioPrivate}.
 * @throws {ConfigurationError} naming the wrong option.
 */
export function createGateioFuturesPrivate(
  options: PrivateExchangeOptions & { readonly settle?: FuturesSettle },
): PrivateExchange & Omit<Facets, 'wallet'> {
  const { venue, options: rest } = pickFutures(GATEIO_FUTURES, options);
  return createPrivateFromVenue(venue, rest) as PrivateExchange & Facets;
}

/** Market data and trading of one venue, closed together. @throws {ConfigurationError} naming the wrong option. */
export function createExchangePair(venue: Venue | KnownVenueId, options: PrivateExchangeOptions): ExchangePair {
  return pairFromVenue(typeof venue === 'string' ? venueById(venue) : venue, options);
}

function venueById(id: string): Venue {
  if (Object.hasOwn(venues, id)) return venues[id as KnownVenueId];
  throw new ConfigurationError({ field: 'venue', expected: `one of ${Object.keys(venues).join(', ')}`, received: id });
}
