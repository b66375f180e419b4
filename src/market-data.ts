import { createPublicExchange } from './exchange/create-public-exchange.js';
import type { PublicExchangeOptions } from './exchange/options.js';
import type { PublicExchange } from './exchange/public-exchange.js';
import { pickFutures } from './venues/gateio/futures/pick-venue.js';
import { GATEIO_FUTURES_PUBLIC } from './venues/gateio/futures/public-venue.js';
import type { FuturesSettle } from './venues/gateio/futures/settle.js';
import { gateioSpotPublic } from './venues/gateio/spot/public-venue.js';
import { mexcFuturesPublic } from './venues/mexc/futures/public-venue.js';
import { mexcSpotPublic } from './venues/mexc/spot/public-venue.js';

/** MEXC spot market data. @throws {ConfigurationError} naming the wrong option. */
export function createMexcPublic(options?: PublicExchangeOptions): PublicExchange {
  return createPublicExchange(mexcSpotPublic, options);
}

/** MEXC perpetual futures market data. @throws {ConfigurationError} naming the wrong option. */
export function createMexcFuturesPublic(
  options?: PublicExchangeOptions,
): PublicExchange & Required<Pick<PublicExchange, 'funding'>> {
  return createPublicExchange(mexcFuturesPublic, options) as PublicExchange & Required<Pick<PublicExchange, 'funding'>>;
}

/** Gate.io spot market data. @throws {ConfigurationError} naming the wrong option. */
export function createGateioPublic(options?: PublicExchangeOptions): PublicExchange {
  return createPublicExchange(gateioSpotPublic, options);
}

/**
 * Gate.io perpetual futures market data. Contracts settle in USDT (`BTC/USDT:USDT`) unless `settle` says `'btc'`
 * (`BTC/USD:BTC`). @throws {ConfigurationError} naming the wrong option.
 */
export function createGateioFuturesPublic(
  options: PublicExchangeOptions & { readonly settle?: FuturesSettle } = {},
): PublicExchange & Required<Pick<PublicExchange, 'funding'>> {
  const { venue, options: rest } = pickFutures(GATEIO_FUTURES_PUBLIC, options);
  return createPublicExchange(venue, rest) as PublicExchange & Required<Pick<PublicExchange, 'funding'>>;
}
