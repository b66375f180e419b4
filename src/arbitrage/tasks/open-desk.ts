import type { PrivateExchange } from '../../exchange/account/private-exchange.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import { createDryRunDesk } from '../engine/dry-run-desk.js';
import { ExchangeDesk } from '../engine/exchange-desk.js';
import type { OrderDesk } from '../engine/order-desk.js';
import { VenueClocks } from '../engine/venue-clocks.js';
import type { VenueBreaker } from '../risk/venue-breaker.js';
import type { TradingMode, TradingVenue } from './manager-options.js';

/** Where the orders of a mode go. */
export function openDesk(options: {
  readonly mode: TradingMode;
  readonly venues: ReadonlyMap<VenueId, TradingVenue>;
  readonly clock: Clock;
  readonly breaker: VenueBreaker;
  readonly provenAbsentAfterMs: number;
  /** Epoch ms. */
  now(): number;
  report(error: unknown): void;
}): OrderDesk {
  const { mode, venues, now, ...rest } = options;
  if (mode === 'dry-run') return createDryRunDesk();
  const exchanges = new Map<VenueId, PrivateExchange>();
  for (const [id, { private: account }] of venues) if (account !== undefined) exchanges.set(id, account);
  const clocks = new VenueClocks(now, (venue) => (venues.get(venue) as TradingVenue).public.getServerTime());
  return new ExchangeDesk({ ...rest, exchanges, clocks });
}
