import { definePrivateVenue, type PrivateVenue } from '../../../adapter/private-venue.js';
import { mexcFuturesAccount } from './rest-account.js';
import { mexcFuturesOrders } from './rest-orders.js';
import { mexcFuturesPositions } from './rest-positions.js';
import { mexcFuturesTriggers } from './rest-triggers.js';
import { createMexcFuturesSigner } from './signer.js';
import { mexcFuturesAccountStreams } from './stream-account.js';

/**
 * The private half of MEXC's futures. They have no dead-man switch, no amending and no order entry over a socket; money
 * is moved between spot and futures by a call of the spot market's wallet.
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
