import type { FrameCodec, FrameHandler } from '../../../adapter/frame-codec.js';
import { parseJson } from '../../../adapter/json.js';
import type { JsonObject } from '../../../adapter/read.js';
import { describeError, readAcknowledgement } from './acknowledgement.js';
import { type AuthorizeChannel, writePing, writeRequests } from './requests.js';
import { KEY_OF, SIGNED_CHANNELS } from './routes.js';

const LONGEST_NAME = 80;
const LONGEST_TEXT = 300;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Without credentials. */
export const gateioSpotCodec: FrameCodec = createGateioSpotCodec(undefined);

/**
 * The JSON frames of Gate.io spot. Pushes are routed by channel and pair (candles by `<interval>_<pair>`, order book
 * v2 by stream name), those of the account by channel alone; their payload is `result`, an object, or the list of rows
 * of the account. Calls exactly one method of the handler per frame. Source: Gate spot WebSocket v4 docs.
 */
export function createGateioSpotCodec(authorize: AuthorizeChannel | undefined): FrameCodec {
  return {
    subscribe: (topics, nextId, now) => writeRequests('subscribe', topics, nextId, now, authorize),
    unsubscribe: (topics, nextId, now) => writeRequests('unsubscribe', topics, nextId, now, authorize),
    ping: writePing,
    read(frame, handler) {
      const message = parseFrame(frame);
      if (message === undefined) handler.malformed('frame that is not a JSON object');
      else dispatch(message, handler);
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

function dispatch(message: JsonObject, handler: FrameHandler): void {
  const { channel, event, error } = message;
  if (typeof channel !== 'string') handler.unknown('frame without a channel');
  else if (event === 'subscribe' || event === 'unsubscribe') dispatchAnswer(message, channel, handler);
  else if (error !== undefined && error !== null) handler.unknown(`${name(channel)}: ${describeError(error)}`);
  else if (channel === 'spot.pong') handler.pong();
  else if (event !== 'update') handler.unknown(`event ${name(event)} of ${name(channel)}`);
  else dispatchPush(message, channel, handler);
}

function dispatchAnswer(message: JsonObject, channel: string, handler: FrameHandler): void {
  const { error } = message;
  const acknowledgement = readAcknowledgement(message);
  if (acknowledgement !== undefined) handler.ack(acknowledgement);
  else handler.unknown(`answer of ${name(channel)} without an id, ${describeError(error)}`);
}

function dispatchPush(message: JsonObject, channel: string, handler: FrameHandler): void {
  const { result } = message;
  if (SIGNED_CHANNELS.has(channel)) {
    if (Array.isArray(result)) handler.data(channel, '', result, venueTimeOf(message));
    else handler.malformed(`${channel} without its rows`);
    return;
  }
  const readKey = KEY_OF.get(channel);
  if (readKey === undefined && channel !== 'spot.system') handler.unknown(`channel ${name(channel)}`);
  else if (!isObject(result)) handler.malformed(`${channel} without a result`);
  else if (readKey === undefined) dispatchNotice(result, handler);
  else {
    const key = readKey(result);
    if (key === undefined) handler.malformed(`${channel} without its pair`);
    else handler.data(channel, key, result, venueTimeOf(message));
  }
}

/** Source: Gate spot WebSocket v4 docs, system notice: an upgrade ends the connection soon. */
function dispatchNotice({ type, msg }: JsonObject, handler: FrameHandler): void {
  if (type === 'upgrade') handler.closingSoon(typeof msg === 'string' ? msg.slice(0, LONGEST_TEXT) : type);
  else handler.unknown(`spot.system notice ${name(type)}`);
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
