import { definePrivateVenue, type PrivateVenue } from '../../../adapter/private-venue.js';
import { mexcFuturesAccount } from './rest-account.js';
import { mexcFuturesOrders } from './rest-orders.js';
import { mexcFuturesPositions } from './rest-positions.js';
import { mexcFuturesTriggers } from './rest-triggers.js';
import { createMexcFuturesSigner } from './signer.js';
import { mexcFuturesAccountStreams } from './stream-account.js';

/**
 * The private half of MEXC's futures. They have no dead-man switch and no order entry over a socket; money is moved
 * between spot and futures by a call of the spot market's wallet. Changing a resting order makes another order, and
 * whether the external id and what was filled go with it is not documented: an order whose answer got lost could not be
 * found again, so it is not offered. Source: MEXC contract API docs, change limit order.
 */
export const mexcFuturesPrivate: PrivateVenue = definePrivateVenue({
  createSigner: createMexcFuturesSigner,
  signedHosts: ['api.mexc.com'],
  orders: mexcFuturesOrders,
  account: mexcFuturesAccount,
  streams: mexcFuturesAccountStreams,
  positions: mexcFuturesPositions,
  triggers: mexcFuturesTriggers,
});
