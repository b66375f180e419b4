import { definePrivateVenue, type PrivateVenue } from '../../../adapter/private-venue.js';
import { createDeadMan } from '../dead-man.js';
import { createGateioSigner } from '../signer.js';
import { gateioSpotOrderSocket } from './order-socket.js';
import { gateioSpotAccount } from './rest-account.js';
import { gateioSpotOrders } from './rest-orders.js';
import { gateioSpotWallet } from './rest-wallet.js';
import { gateioSpotAccountStreams } from './stream-account.js';

/**
 * The private half of Gate.io spot, for the spot account. Hosts: live, of the European company, of the test network.
 * Source: Gate API v4 docs; Gate spot WebSocket v4 docs.
 */
export const gateioSpotPrivate: PrivateVenue = definePrivateVenue({
  createSigner: createGateioSigner,
  signedHosts: ['api.gateio.ws', 'api.gateeu.com', 'api-testnet.gateapi.io', 'ws-testnet.gate.com'],
  orders: gateioSpotOrders,
  account: gateioSpotAccount,
  streams: gateioSpotAccountStreams,
  wallet: gateioSpotWallet,
  deadMan: createDeadMan('/spot/countdown_cancel_all', 'currency_pair', 'gateio_spot'),
  orderSocket: gateioSpotOrderSocket,
});
