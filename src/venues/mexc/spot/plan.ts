import type { ConnectionPlan } from '../../../adapter/connection-plan.js';
import { MEXC_HEADERS } from '../policies.js';

/**
 * A connection holds 30 subscriptions (the 31st is refused), lives 24 h at most, is dropped after 30 s without a
 * subscription or about 60 s without data unless pinged, and may send 100 messages a second.
 * Source: MEXC spot v3 docs, websocket market streams.
 */
export const MEXC_SPOT_PLAN: ConnectionPlan = {
  headers: MEXC_HEADERS,
  maxTopics: 30,
  maxMessagesPerSecond: 20,
  heartbeatMs: 15_000,
  idleTimeoutMs: 30_000,
  maxAgeMs: 23.5 * 3_600_000,
  handshakeTimeoutMs: 10_000,
  ackTimeoutMs: 5_000,
  maxPayloadBytes: 4 * 1_048_576,
  compression: false,
};
