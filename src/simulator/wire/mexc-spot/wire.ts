import type { CreateWire } from '../../contract.js';
import { createHub } from '../mexc/hub.js';
import type { Channel } from './channel.js';
import { createSource, intervalOf } from './create-source.js';
import { createFrameEncoder } from './frame-encoder.js';
import { indexMarkets } from './markets.js';
import { KeyStreams } from './private/key-streams.js';
import { ListenKeys } from './private/listen-keys.js';
import { createRest } from './rest.js';
import { Session, type SessionContext } from './session.js';

/**
 * MEXC spot: REST under `/api/v3`, and the WebSocket with protobuf pushes. Close codes are counted
 * as in `SocketClose`: 1005 is a close frame without a code, 1006 a cut without a close frame.
 */
export const createMexcSpotWire: CreateWire = (model) => {
  const markets = indexMarkets(model);
  const listenKeys = new ListenKeys(model.clock, 'mexc spot');
  model.service.onListenKeysExpired(() => listenKeys.expireAll());
  const encoder = createFrameEncoder();
  const hub = createHub(model.clock, (channel: Channel) => ({
    intervalMs: intervalOf(channel),
    source: createSource(channel, encoder, markets),
  }));
  const sessions = new Set<Session>();
  const context: SessionContext = {
    clock: model.clock,
    random: model.random,
    markets,
    hub,
    keyStreams: new KeyStreams(listenKeys),
    ended: (session) => sessions.delete(session),
  };
  return {
    http: createRest(model, markets, listenKeys),
    connect(connection) {
      const session = new Session(context, connection);
      sessions.add(session);
      return session;
    },
    close() {
      for (const session of sessions) session.end();
      hub.close();
      listenKeys.close();
    },
  };
};
