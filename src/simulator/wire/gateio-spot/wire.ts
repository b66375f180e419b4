import type { Account } from '../../accounts/account.js';
import type { SimConnection, VenueModel, VenueWire } from '../../contract.js';
import { createApiDesk } from '../gateio/api/api-desk.js';
import { asQuery } from '../gateio/api/api-request.js';
import { updateFrame } from '../gateio/stream/envelope.js';
import { createSession, type SessionContext } from '../gateio/stream/session.js';
import { createTopics } from '../gateio/stream/topics.js';
import { COMMANDS } from './api/commands.js';
import { listPairs } from './pairs.js';
import type { PrivateCall } from './private/call.js';
import { createRest } from './rest/rest.js';
import { PUBLIC_CHANNELS } from './stream/channels.js';
import { createPrivateSession, isPrivateChannel } from './stream/private-session.js';

/** Placing and amending over the socket in any second, all pairs together. Source: Gate.io API v4 docs, rate limits, WebSocket API. */
const API_LIMIT = 10;
const LIMIT_CODE = 211;

/** The spot wire with what the venue does of its own accord. */
export interface GateioSpotWire extends VenueWire {
  /**
   * Tells every client that its connection will be closed soon (`spot.system`); closing it is up to the caller.
   * Source: Gate.io spot WebSocket v4 docs, system notice.
   */
  announceUpgrade(message?: string): void;
}

/** Gate.io spot, REST and WebSocket v4, written from the venue's documents without the SDK's own encoders. */
export function createGateioSpotWire(model: VenueModel): GateioSpotWire {
  const pairs = listPairs(model);
  const topics = createTopics(model);
  const connections = new Set<SimConnection>();
  let ids = 0;
  let closed = false;
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
  const context: SessionContext<Account> = {
    prefix: 'spot',
    limitCode: LIMIT_CODE,
    model,
    topics,
    api,
    nextId: () => ++ids,
    topicsOf(channel) {
      const read = PUBLIC_CHANNELS.get(channel);
      return read && ((payload) => read(payload, model, pairs));
    },
    isPrivateChannel,
    createPrivates: (connection) => createPrivateSession(connection, model, pairs),
  };
  return {
    http: createRest(model, pairs),
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
      const data = updateFrame(model.clock, 'spot.system', notice);
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
