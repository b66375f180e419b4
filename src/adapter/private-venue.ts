import type { AccountEndpoints, DeadManEndpoints, WalletEndpoints } from './account-endpoints.js';
import type { AccountStreams, OrderSocket } from './account-streams.js';
import type { OrderEndpoints } from './order-endpoints.js';
import type { PositionEndpoints } from './position-endpoints.js';
import type { Credentials, Signer } from './signer.js';
import type { TriggerEndpoints } from './trigger-endpoints.js';

/** The private half of a venue: what needs credentials. Data and pure functions. */
export interface PrivateVenue {
  /** Imports the secret once; it cannot be read back. */
  createSigner(credentials: Credentials): Signer;
  /** Hosts that may receive a signature, besides loopback. */
  readonly signedHosts: readonly string[];
  readonly orders: OrderEndpoints;
  readonly account: AccountEndpoints;
  readonly streams: AccountStreams;
  readonly wallet?: WalletEndpoints;
  readonly deadMan?: DeadManEndpoints;
  readonly orderSocket?: OrderSocket;
  /** Perpetuals only. */
  readonly positions?: PositionEndpoints;
  readonly triggers?: TriggerEndpoints;
}

/** Types the private half of a venue; returns it unchanged. */
export function definePrivateVenue(venue: PrivateVenue): PrivateVenue {
  return venue;
}
