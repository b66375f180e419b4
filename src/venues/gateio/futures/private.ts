import { definePrivateVenue, type PrivateVenue } from '../../../adapter/private-venue.js';
import { createDeadMan } from '../dead-man.js';
import { createGateioSigner } from '../signer.js';
import { createFuturesOrderSocket } from './order-socket.js';
import { createFuturesAccount } from './rest-account.js';
import { createFuturesOrders } from './rest-orders.js';
import { createFuturesPositions } from './rest-positions.js';
import { createFuturesTriggers } from './rest-triggers.js';
import { type FuturesSettle, venueIdOf } from './settle.js';
import { createFuturesAccountStreams } from './stream-account.js';

/**
 * The private half of Gate.io futures. Money comes and goes by the wallet of the spot client: the futures account has
 * none of its own. Hosts: live, of futures only, of the test network.
 * Source: Gate API v4 docs, futures; Gate futures WebSocket v4 docs.
 */
export function createFuturesPrivate(settle: FuturesSettle): PrivateVenue {
  return definePrivateVenue({
    createSigner: createGateioSigner,
    signedHosts: [
      'api.gateio.ws',
      'fx-api.gateio.ws',
      'fx-ws.gateio.ws',
      'api-testnet.gateapi.io',
      'ws-testnet.gate.com',
      'fx-ws-testnet.gateio.ws',
    ],
    orders: createFuturesOrders(settle),
    account: createFuturesAccount(settle),
    streams: createFuturesAccountStreams(settle),
    deadMan: createDeadMan(`/futures/${settle}/countdown_cancel_all`, 'contract', venueIdOf(settle)),
    orderSocket: createFuturesOrderSocket(settle),
    positions: createFuturesPositions(settle),
    triggers: createFuturesTriggers(settle),
  });
}
