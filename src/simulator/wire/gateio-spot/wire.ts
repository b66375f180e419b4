import type { Account } from '../../accounts/account.js';
import type { VenueModel } from '../../contract.js';
import { createApiDesk } from '../gateio/api/api-desk.js';
import { asQuery } from '../gateio/api/api-request.js';
import { createSockets, type GateioWire } from '../gateio/stream/sockets.js';
import { COMMANDS } from './api/commands.js';
import { listPairs } from './pairs.js';
import type { PrivateCall } from './private/call.js';
import { createRest } from './rest/rest.js';
import { PUBLIC_CHANNELS } from './stream/channels.js';
import { createPrivateSession, isPrivateChannel } from './stream/private-session.js';

/** Placing and amending over the socket in any second, all pairs together. Source: Gate.io API v4 docs, rate limits, WebSocket API. */
const API_LIMIT = 10;
const LIMIT_CODE = 211;

/** Gate.io spot, REST and WebSocket v4, written from the venue's documents without the SDK's own encoders. */
export function createGateioSpotWire(model: VenueModel): GateioWire {
  const pairs = listPairs(model);
  const api = createApiDesk<Account, PrivateCall>({
    clock: model.clock,
    commands: COMMANDS,
    limit: API_LIMIT,
    limitCode: LIMIT_CODE,
    callOf: (request, account) => ({
      model,
      pairs,
      account,
      query: asQuery(request),
      body: request.rawParam,
      name: asQuery(request).get('order_id') ?? '',
      source: 'apiv4-ws',
      meterOrders() {},
    }),
  });
  const sockets = createSockets<Account>({
    prefix: 'spot',
    limitCode: LIMIT_CODE,
    model,
    api,
    topicsOf(channel) {
      const read = PUBLIC_CHANNELS.get(channel);
      return read && ((payload) => read(payload, model, pairs));
    },
    isPrivateChannel,
    createPrivates: (connection) => createPrivateSession(connection, model, pairs),
  });
  return { ...sockets, http: createRest(model, pairs) };
}
