import type { FuturesAccount } from '../../positions/futures-account.js';
import type { FuturesModel } from '../../positions/futures-model.js';
import { createApiDesk } from '../gateio/api/api-desk.js';
import { asQuery } from '../gateio/api/api-request.js';
import { createSockets, type GateioWire } from '../gateio/stream/sockets.js';
import { COMMANDS } from './api/commands.js';
import { listContracts } from './contracts.js';
import { LIMIT_CODE } from './limit-code.js';
import type { PrivateCall } from './private/call.js';
import { requireOpened } from './private/serve.js';
import { createRest } from './rest/rest.js';
import { sizesFor } from './sizes.js';
import { topicsOf } from './stream/channels.js';
import { createPrivateSession, isPrivateChannel } from './stream/private-session.js';

/** Placing, amending and cancelling over the socket in any second. Source: Gate API v4 docs, rate limits, WebSocket API. */
const API_LIMIT = 100;

/**
 * Gate perpetuals of one settle asset, REST and WebSocket v4, written from the venue's documents without the SDK's own
 * encoders. @param settle `usdt` or `btc`.
 */
export function createGateioFuturesWire(model: FuturesModel, settle: string): GateioWire {
  const contracts = listContracts(model);
  const asset = settle.toUpperCase();
  const api = createApiDesk<FuturesAccount, PrivateCall>({
    clock: model.clock,
    commands: COMMANDS,
    limit: API_LIMIT,
    limitCode: LIMIT_CODE,
    callOf(request, account, connection) {
      requireOpened(account.assets(), asset);
      const query = asQuery(request);
      return {
        model,
        contracts,
        account,
        asset,
        query,
        sizes: sizesFor(connection.headers),
        body: request.rawParam,
        name: query.get('order_id') ?? '',
        source: 'apiv4-ws',
        meterOrders() {},
      };
    },
  });
  const sockets = createSockets<FuturesAccount>({
    prefix: 'futures',
    limitCode: LIMIT_CODE,
    model,
    api,
    topicsOf: (channel, { headers }) => topicsOf(channel, { model, contracts, sizes: sizesFor(headers) }),
    isPrivateChannel,
    createPrivates: (connection) => createPrivateSession(connection, model, contracts),
  });
  return { ...sockets, http: createRest(model, contracts, settle) };
}
