import type { Topic } from '../../../adapter/channel.js';
import type { FrameCodec, FrameHandler, OutgoingMessage } from '../../../adapter/frame-codec.js';
import { parseJson } from '../../../adapter/json.js';
import type { JsonObject } from '../../../adapter/read.js';
import { readAnswer } from './answer.js';
import type { Gunzip } from './gunzip.js';
import { PushReader } from './push-reader.js';
import { candleKey, DEPTH_ROUTE } from './topics.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const PING = '{"method":"ping"}';
const LONGEST_NAME = 80;

/** How the pushes of one kind of connection are routed: calls exactly one method of the handler. */
type RoutePush = (channel: string, message: JsonObject, handler: FrameHandler) => void;

/** How topics become messages. */
type WriteRequests = FrameCodec['subscribe'];

/**
 * MEXC futures' frames: JSON, as text or, though we ask for it not to be, packed by gzip in binary frames. The order of
 * keys varies. Source: MEXC contract API docs, websocket API.
 */
export function createFrameCodec(
  gunzip: Gunzip,
  route: RoutePush,
  { subscribe, unsubscribe }: Pick<FrameCodec, 'subscribe' | 'unsubscribe'>,
  refuses?: readonly string[],
  reader?: Pick<PushReader, 'learn' | 'read'>,
): FrameCodec {
  return {
    subscribe(topics, nextId, now) {
      for (const { key } of topics) reader?.learn(key);
      return subscribe(topics, nextId, now);
    },
    unsubscribe,
    ping: () => PING,
    read(frame, handler) {
      if (typeof frame !== 'string' && reader?.read(frame, handler)) return;
      const message = parseFrame(frame, gunzip);
      if (message === undefined) handler.malformed('a frame that is not a JSON object');
      else dispatch(message, handler, route, refuses);
    },
  };
}

/** Public channels, one subscription in each message. */
export function createMarketCodec(
  gunzip: Gunzip,
  reader: Pick<PushReader, 'learn' | 'read'> = new PushReader(),
): FrameCodec {
  const requests = { subscribe: writeEach('sub'), unsubscribe: writeEach('unsub') };
  return createFrameCodec(gunzip, routeMarketPush, requests, undefined, reader);
}

/** Epoch ms by the venue's clock, a number or a text; `NaN` where it says none. */
export function venueTimeOf({ ts }: JsonObject): number {
  const time = typeof ts === 'string' && /^\d{1,16}$/.test(ts) ? Number(ts) : ts;
  return Number.isSafeInteger(time) && (time as number) > 0 ? (time as number) : Number.NaN;
}

/** Names of foreign frames go into reports: short ones only. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, LONGEST_NAME)) : typeof value;
}

function dispatch(
  message: JsonObject,
  handler: FrameHandler,
  route: RoutePush,
  refuses: readonly string[] | undefined,
): void {
  const { channel } = message;
  if (typeof channel !== 'string') handler.unknown('a frame without a channel');
  else if (channel === 'pong') handler.pong();
  else if (channel.startsWith('rs.')) handler.ack(readAnswer(channel, message['data'], refuses));
  else if (channel.startsWith('push.')) route(channel.slice('push.'.length), message, handler);
  else handler.unknown(`channel ${nameOf(channel)}`);
}

function routeMarketPush(channel: string, message: JsonObject, handler: FrameHandler): void {
  const { symbol, data } = message;
  const route = ROUTES.get(channel);
  if (route === undefined) handler.unknown(`push of ${nameOf(channel)}`);
  else if (typeof data !== 'object' || data === null) handler.malformed(`push of ${channel} without data`);
  else {
    const market = typeof symbol === 'string' ? symbol : (data as JsonObject)['symbol'];
    if (typeof market !== 'string' || market === '') handler.malformed(`push of ${channel} without its market`);
    else handler.data(route, keyOf(channel, market, data), data, venueTimeOf(message));
  }
}

function keyOf(channel: string, market: string, data: object): string {
  if (channel !== 'kline') return market;
  const { interval } = data as { interval?: unknown };
  return candleKey(typeof interval === 'string' ? interval : '', market);
}

const ROUTES: ReadonlyMap<string, string> = new Map([
  ['depth', DEPTH_ROUTE],
  ['depth.full', DEPTH_ROUTE],
  ...['deal', 'ticker', 'kline', 'funding.rate', 'index.price', 'fair.price'].map((name) => [name, name] as const),
]);

function writeEach(verb: 'sub' | 'unsub'): WriteRequests {
  return (topics, nextId) => topics.map((topic) => writeRequest(verb, topic, nextId()));
}

/** `gzip: false` asks for text frames. */
function writeRequest(verb: 'sub' | 'unsub', topic: Topic, id: number): OutgoingMessage {
  const [channel = '', param = '{}'] = topic.args;
  const method = `${verb}.${channel}`;
  const gzip = verb === 'sub' ? ',"gzip":false' : '';
  return { id, reply: method, text: `{"method":"${method}","param":${param}${gzip}}`, topics: [topic] };
}

/** `undefined` for a frame that is not a JSON object. */
function parseFrame(frame: string | Uint8Array, gunzip: Gunzip): JsonObject | undefined {
  try {
    const message = parseJson(typeof frame === 'string' ? frame : UTF8.decode(isPacked(frame) ? gunzip(frame) : frame));
    return typeof message === 'object' && message !== null && !Array.isArray(message)
      ? (message as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
