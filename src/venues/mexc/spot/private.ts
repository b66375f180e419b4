import { definePrivateVenue, type PrivateVenue } from '../../../adapter/private-venue.js';
import { mexcSpotAccount } from './rest-account.js';
import { mexcSpotOrders } from './rest-orders.js';
import { mexcSpotWallet } from './rest-wallet.js';
import { createMexcSpotSigner } from './signer.js';
import { mexcSpotAccountStreams } from './stream-account.js';

/** The private half of MEXC's spot market. It has no dead-man switch, no amending and no order entry over a socket. */
export const mexcSpotPrivate: PrivateVenue = definePrivateVenue({
  createSigner: createMexcSpotSigner,
  signedHosts: ['api.mexc.com'],
  orders: mexcSpotOrders,
  account: mexcSpotAccount,
  streams: mexcSpotAccountStreams,
  wallet: mexcSpotWallet,
});
