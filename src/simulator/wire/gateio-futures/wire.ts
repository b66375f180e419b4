import type { SimConnection, VenueWire } from '../../contract.js';
import type { FuturesAccount } from '../../positions/futures-account.js';
import type { FuturesModel } from '../../positions/futures-model.js';
import { createApiDesk } from '../gateio/api/api-desk.js';
import { asQuery } from '../gateio/api/api-request.js';
import { updateFrame } from '../gateio/stream/envelope.js';
import { createSession, type SessionContext } from '../gateio/stream/session.js';
import { createTopics } from '../gateio/stream/topics.js';
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

/** The futures wire with what the venue does of its own accord. */
export interface GateioFuturesWire extends VenueWire {
  /** Tells every client that its connection will be closed soon (`futures.system`); closing it is up to the caller. */
  announceUpgrade(message?: string): void;
}

/**
 * Gate perpetuals of one settle asset, REST and WebSocket v4, written from the venue's documents without the SDK's own
 * encoders. @param settle `usdt` or `btc`.
 */
export function createGateioFuturesWire(model: FuturesModel, settle: string): GateioFuturesWire {
  const contracts = listContracts(model);
  const asset = settle.toUpperCase();
  const topics = createTopics(model);
  const connections = new Set<SimConnection>();
  let ids = 0;
  let closed = false;
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
  const context: SessionContext<FuturesAccount> = {
    prefix: 'futures',
    limitCode: LIMIT_CODE,
    model,
    topics,
    api,
    nextId: () => ++ids,
    topicsOf: (channel, { headers }) => topicsOf(channel, { model, contracts, sizes: sizesFor(headers) }),
    isPrivateChannel,
    createPrivates: (connection) => createPrivateSession(connection, model, contracts),
  };
  return {
    http: createRest(model, contracts, settle),
    connect(connection) {
      connections.add(connection);
      const session = createSession(connection, context);
      return {
        receive(data) {
          if (!closed) session.receive(data);
        },
        closed() {
          connections.delete(connection);
          session.closed();
        },
      };
    },
    announceUpgrade(message = 'The connection will soon be closed, please reconnect') {
      const notice = JSON.stringify({ type: 'upgrade', msg: message });
      const data = updateFrame(model.clock, 'futures.system', notice);
      for (const connection of connections) connection.send({ data, kind: 'control', topic: '' });
    },
    close() {
      closed = true;
      topics.close();
      api.close();
      connections.clear();
    },
  };
}
