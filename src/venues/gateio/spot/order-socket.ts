import type { OrderSocket } from '../../../adapter/account-streams.js';
import type { EncodeContext } from '../../../adapter/endpoint.js';
import type { OrderRef } from '../../../adapter/order-endpoints.js';
import { CONNECTION_PLAN } from '../connection-plan.js';
import { orderNameOf } from '../order-name.js';
import { createGateioOrderSocket } from '../order-socket.js';
import { amendFields, orderFields } from './order-encode.js';
import { SPOT_WIRE } from './routes.js';

/**
 * Ten orders and amendments a second are allowed here in all markets together; whether they also count in the budget of
 * their market is not documented: they are charged to both. Source: Gate spot WebSocket v4 docs, WebSocket API.
 */
export const gateioSpotOrderSocket: OrderSocket = {
  ...createGateioOrderSocket(SPOT_WIRE, CONNECTION_PLAN, {
    place: (request, { toVenue }) => orderFields(request, toVenue(request.symbol)),
    cancel: nameFields,
    amend: (request, context) => ({ ...nameFields(request, context), ...amendFields(request) }),
    get: nameFields,
  }),
  extraCost: { socket: 1 },
};

function nameFields(ref: OrderRef, { toVenue }: Pick<EncodeContext, 'toVenue'>): Record<string, string> {
  return { order_id: orderNameOf(ref, 'gateio_spot'), currency_pair: toVenue(ref.symbol) };
}
