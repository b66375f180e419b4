import type { CreateFuturesWire } from '../../positions/futures-model.js';
import { createHub } from '../mexc/hub.js';
import { indexContracts } from './contracts.js';
import { createRest } from './rest/rest.js';
import type { Channel } from './stream/channel.js';
import { openSource } from './stream/create-source.js';
import { Session, type SessionContext } from './stream/session.js';

/** MEXC perpetuals: REST under `/api/v1`, and the WebSocket with JSON. Close codes are counted as in `SocketClose`. */
export const createMexcFuturesWire: CreateFuturesWire = (model) => {
  const contracts = indexContracts(model);
  const hub = createHub(model.clock, (channel: Channel) => openSource(channel, contracts));
  const sessions = new Set<Session>();
  const context: SessionContext = {
    model,
    contracts,
    hub,
    ended: (session) => sessions.delete(session),
  };
  return {
    http: createRest(model, contracts),
    connect(connection) {
      const session = new Session(context, connection);
      sessions.add(session);
      return session;
    },
    close() {
      for (const session of sessions) session.end();
      hub.close();
    },
  };
};
