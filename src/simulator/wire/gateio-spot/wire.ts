import type { SimConnection, VenueModel, VenueWire } from '../../contract.js';
import { createApiDesk } from './api/api-desk.js';
import { listPairs } from './pairs.js';
import { createRest } from './rest/rest.js';
import { updateFrame } from './stream/envelope.js';
import { createSession } from './stream/session.js';
import { createTopics } from './stream/topics.js';

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
  const api = createApiDesk(model, pairs);
  const context = { model, pairs, topics, api, nextId: () => ++ids };
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
