import type { Clock } from '../../../../transport/clock.js';
import { toSeconds, wallMs } from '../wall-time.js';

/** The head that every frame starts with, without the closing brace. */
export function openEnvelope(clock: Clock): string {
  const now = wallMs(clock);
  return `{"time":${toSeconds(now)},"time_ms":${now}`;
}

/** A push: `result` is JSON text already. Source: Gate.io spot WebSocket v4 docs, server response. */
export function updateFrame(clock: Clock, channel: string, result: string, event = 'update'): string {
  return `${openEnvelope(clock)},"channel":"${channel}","event":"${event}","result":${result}}`;
}
