import type { FrameCodec, FrameHandler } from '../../adapter/frame-codec.js';
import { parseJson } from '../../adapter/json.js';
import type { JsonObject } from '../../adapter/read.js';
import { describeError, readAcknowledgement } from './acknowledgement.js';
import { PushReader } from './push-reader.js';
import { type AuthorizeChannel, writePing, writeRequests } from './requests.js';
import type { GateioWire, ReadKey } from './wire.js';

const LONGEST_NAME = 80;
const LONGEST_TEXT = 300;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The JSON frames of Gate.io. Pushes are routed by channel and market (candles by `<interval>_<market>`, order book v2
 * by stream name), those of the account by channel alone; their payload is `result`: an object, or a list of rows of one
 * market or of the account; frequent pushes that come as bytes have the payload that {@link PushReader} makes. Calls one method of the handler per frame, per market where a frame holds rows of several.
 * Source: Gate spot and futures WebSocket v4 docs.
 * @param authorize absent: without credentials.
 */
export function createGateioCodec(
  wire: GateioWire,
  authorize?: AuthorizeChannel,
  reader: Pick<PushReader, 'learn' | 'read'> = new PushReader(wire),
): FrameCodec {
  return {
    subscribe(topics, nextId, now) {
      for (const topic of topics) reader.learn(topic);
      return writeRequests('subscribe', topics, nextId, now, wire, authorize);
    },
    unsubscribe: (topics, nextId, now) => writeRequests('unsubscribe', topics, nextId, now, wire, authorize),
    ping: (now) => writePing(now, wire),
    read(frame, handler) {
      if (typeof frame !== 'string' && reader.read(frame, handler)) return;
      const message = parseFrame(frame);
      if (message === undefined) handler.malformed('frame that is not a JSON object');
      else dispatch(message, handler, wire);
    },
  };
}

/** `undefined` for a frame that is not a JSON object. */
export function parseFrame(frame: string | Uint8Array): JsonObject | undefined {
  try {
    const message = parseJson(typeof frame === 'string' ? frame : UTF8.decode(frame));
    return isObject(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

function dispatch(message: JsonObject, handler: FrameHandler, wire: GateioWire): void {
  const { channel, event, error } = message;
  if (typeof channel !== 'string') handler.unknown('frame without a channel');
  else if (event === 'subscribe' || event === 'unsubscribe') dispatchAnswer(message, channel, handler, wire);
  else if (error !== undefined && error !== null) handler.unknown(`${name(channel)}: ${describeError(error)}`);
  else if (channel === `${wire.prefix}.pong`) handler.pong();
  else if (event !== (wire.wholeChannels.has(channel) ? 'all' : 'update'))
    handler.unknown(`event ${name(event)} of ${name(channel)}`);
  else dispatchPush(message, channel, handler, wire);
}

function dispatchAnswer(message: JsonObject, channel: string, handler: FrameHandler, { errors }: GateioWire): void {
  const { error } = message;
  const acknowledgement = readAcknowledgement(message, errors);
  if (acknowledgement !== undefined) handler.ack(acknowledgement);
  else handler.unknown(`answer of ${name(channel)} without an id, ${describeError(error)}`);
}

function dispatchPush(message: JsonObject, channel: string, handler: FrameHandler, wire: GateioWire): void {
  const { result } = message;
  if (wire.signedChannels.has(channel)) {
    if (Array.isArray(result)) handler.data(channel, '', result, venueTimeOf(message));
    else handler.malformed(`${channel} without its rows`);
    return;
  }
  const readKey = wire.keyOf.get(channel);
  if (readKey === undefined && channel !== `${wire.prefix}.system`) handler.unknown(`channel ${name(channel)}`);
  else if (readKey !== undefined && wire.rowChannels.has(channel)) dispatchRows(message, channel, handler, readKey);
  else if (!isObject(result)) handler.malformed(`${channel} without a result`);
  else if (readKey === undefined) dispatchNotice(result, channel, handler);
  else {
    const key = readKey(result);
    if (key === undefined) handler.malformed(`${channel} without its pair`);
    else handler.data(channel, key, result, venueTimeOf(message));
  }
}

/** Rows of one market go together. A bare object counts as a list of one: documents and practice differ. */
function dispatchRows(message: JsonObject, channel: string, handler: FrameHandler, readKey: ReadKey): void {
  const { result } = message;
  const byKey = new Map<string, JsonObject[]>();
  for (const row of Array.isArray(result) ? (result as unknown[]) : [result]) {
    const key = isObject(row) ? readKey(row) : undefined;
    if (key === undefined) return handler.malformed(`${channel} with a row without its market`);
    const rows = byKey.get(key);
    if (rows === undefined) byKey.set(key, [row as JsonObject]);
    else rows.push(row as JsonObject);
  }
  if (byKey.size === 0) handler.unknown(`${channel} without rows`);
  const venueTime = venueTimeOf(message);
  for (const [key, rows] of byKey) handler.data(channel, key, rows, venueTime);
}

/** Source: Gate spot WebSocket v4 docs, system notice: an upgrade ends the connection soon. */
function dispatchNotice({ type, msg }: JsonObject, channel: string, handler: FrameHandler): void {
  if (type === 'upgrade') handler.closingSoon(typeof msg === 'string' ? msg.slice(0, LONGEST_TEXT) : type);
  else handler.unknown(`${channel} notice ${name(type)}`);
}

function venueTimeOf({ time_ms, time }: JsonObject): number {
  if (Number.isFinite(time_ms)) return time_ms as number;
  return Number.isFinite(time) ? (time as number) * 1_000 : Number.NaN;
}

/** @returns whether it is an object, and not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of foreign frames go into reports: short ones only. */
function name(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, LONGEST_NAME)) : typeof value;
}
