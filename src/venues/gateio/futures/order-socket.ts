import type { OrderSocket } from '../../../adapter/account-streams.js';
import { orderNameOf } from '../order-name.js';
import { createGateioOrderSocket } from '../order-socket.js';
import { amendFields, orderFields } from './order-encode.js';
import { FUTURES_WIRE } from './routes.js';
import { type FuturesSettle, venueIdOf } from './settle.js';
import { FUTURES_PLAN } from './stream-market.js';

/**
 * A hundred commands a second are allowed here; whether they also count in the budgets of REST is not documented: they
 * are charged to both. Source: Gate futures WebSocket v4 docs, WebSocket API.
 */
export function createFuturesOrderSocket(settle: FuturesSettle): OrderSocket {
  const venue = venueIdOf(settle);
  return {
    ...createGateioOrderSocket(FUTURES_WIRE, FUTURES_PLAN, {
      place: (request, context) => orderFields(request, context, venue),
      cancel: (ref) => ({ order_id: orderNameOf(ref, venue) }),
      amend: (request, context) => ({ order_id: orderNameOf(request, venue), ...amendFields(request, context) }),
      get: (ref) => ({ order_id: orderNameOf(ref, venue) }),
    }),
    extraCost: { socket: 1 },
  };
}
