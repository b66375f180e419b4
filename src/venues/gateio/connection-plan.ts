import type { ConnectionPlan } from '../../adapter/connection-plan.js';

/**
 * No number of topics per socket is documented, and at most 300 sockets per address; control messages have no stated
 * limit either, so both are kept modest. Source: Gate spot WebSocket v4 docs.
 */
export const CONNECTION_PLAN: ConnectionPlan = {
  headers: {},
  maxTopics: 200,
  maxMessagesPerSecond: 20,
  heartbeatMs: 10_000,
  idleTimeoutMs: 20_000,
  maxAgeMs: (23 * 60 + 30) * 60_000,
  handshakeTimeoutMs: 10_000,
  ackTimeoutMs: 5_000,
  maxPayloadBytes: 4 * 1024 * 1024,
  compression: false,
  textAsBytes: true,
};
