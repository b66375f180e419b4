import type { SimConnection, VenueWire } from '../../../contract.js';
import type { Holder } from '../accounts.js';
import { updateFrame } from './envelope.js';
import { createSession, type SessionContext } from './session.js';
import { createTopics } from './topics.js';

/** A wire with what the venue does of its own accord. */
export interface GateioWire extends VenueWire {
  /**
   * Tells every client that its connection will be closed soon (`spot.system`, `futures.system`); closing it is up to
   * the caller. Source: Gate.io spot WebSocket v4 docs, system notice.
   */
  announceUpgrade(message?: string): void;
}

/** The WebSocket half of a wire: everybody who is connected to it. */
export function createSockets<A extends Holder>(
  context: Omit<SessionContext<A>, 'topics' | 'nextId'>,
): Omit<GateioWire, 'http'> {
  const { model, api, prefix } = context;
  const topics = createTopics(model);
  const connections = new Set<SimConnection>();
  let ids = 0;
  let closed = false;
  const shared: SessionContext<A> = { ...context, topics, nextId: () => ++ids };
  return {
    connect(connection) {
      connections.add(connection);
      const session = createSession(connection, shared);
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
      const data = updateFrame(model.clock, `${prefix}.system`, notice);
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
