import type { Venue } from '../../adapter/venue.js';
import { createPublicExchange } from '../create-public-exchange.js';
import type { PublicExchange } from '../public-exchange.js';
import { createPrivateExchange } from './create-private-exchange.js';
import type { CloseOptions, PrivateExchange } from './private-exchange.js';
import { type PrivateExchangeOptions, publicPart } from './private-options.js';

/** Both halves of one venue, opened and closed together. They share their options and the limits of their address, nothing else. */
export interface ExchangePair extends AsyncDisposable {
  readonly public: PublicExchange;
  readonly private: PrivateExchange;
  /** The private half first, so that orders are looked after while prices are still there. */
  close(options?: CloseOptions): Promise<void>;
}

/** @throws {ConfigurationError} naming the option that is wrong; nothing is open then. */
export function createExchangePair(venue: Venue, options: PrivateExchangeOptions): ExchangePair {
  const trading = createPrivateExchange(venue, options);
  const market = createPublicExchange(venue, publicPart(options));
  const close = async (closeOptions?: CloseOptions): Promise<void> => {
    const closing = trading.close(closeOptions);
    // Orders that are canceled first may take seconds: the market is followed until then.
    if (closeOptions?.cancelOrders !== undefined) await closing;
    await Promise.all([closing, market.close()]);
  };
  return { public: market, private: trading, close, [Symbol.asyncDispose]: () => close() };
}
