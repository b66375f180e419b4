import type { Topic } from '../../../adapter/channel.js';
import type { FrameCodec, FrameHandler, OutgoingMessage } from '../../../adapter/frame-codec.js';
import { readControl } from './control.js';
import type { AccountPush } from './decode-account-push.js';
import { PushReader } from './push-reader.js';
import { readInt64 } from './read-wire.js';
import type { DecodePush, Push } from './wire.js';

/** A subscribe message is kept below this; larger ones are not known to be safe. */
const MAX_MESSAGE_BYTES = 1_024;
/** Method, brackets and the longest id. */
const ENVELOPE_BYTES = 64;
/** Channels of an account, which name no symbol: the push does. */
const PRIVATE = 'spot@private.';
const PING = '{"method":"PING"}';

/**
 * MEXC spot's frames: text is JSON control, binary is one protobuf push. A push is routed by its full channel name with
 * an empty key, and its payload is the message inside, what {@link PushReader} made of it, or an {@link AccountPush} on an account's channels. Source: MEXC spot v3 docs, websocket market streams.
 */
export function createFrameCodec(
  decodePush: DecodePush,
  reader: Pick<PushReader, 'learn' | 'read'> = new PushReader(),
): FrameCodec {
  return {
    subscribe(topics, nextId) {
      for (const { channel } of topics) reader.learn(channel);
      return pack('SUBSCRIPTION', topics, nextId);
    },
    unsubscribe: (topics, nextId) => pack('UNSUBSCRIPTION', topics, nextId),
    ping: () => PING,
    read(frame, handler) {
      if (typeof frame === 'string') readControl(frame, handler);
      else if (!reader.read(frame, handler)) readPush(frame, decodePush, handler);
    },
  };
}

function readPush(bytes: Uint8Array, decodePush: DecodePush, handler: FrameHandler): void {
  let push: Push;
  let venueTime: number;
  try {
    push = decodePush(bytes);
    venueTime = timeOf(push);
  } catch {
    handler.malformed(`a binary frame of ${bytes.length} bytes that is no push`);
    return;
  }
  const { channel, body } = push;
  if (channel === '') handler.malformed('a push without a channel');
  else if (!isOfSymbol(channel, push.symbol)) handler.malformed('a push whose symbol is not that of its channel');
  else if (body === undefined) handler.unknown(`a push of ${channel.slice(0, 80)} without a known body`);
  else handler.data(channel, '', payloadOf(push, push[body]), venueTime);
}

/** An account's messages do not say their market: the wrapper goes with them. */
function payloadOf({ channel, symbol }: Push, message: unknown): unknown {
  return channel.startsWith(PRIVATE) ? ({ symbol, message } satisfies AccountPush) : message;
}

/** When the venue sent it, else when it made it. */
function timeOf({ sendTime, createTime }: Push): number {
  return readTime(sendTime) || readTime(createTime) || Number.NaN;
}

/** 0 where the field was not sent. */
function readTime(value: unknown): number {
  return value === undefined || value === null ? 0 : Math.max(0, readInt64(value, 'time of the push'));
}

/** On public channels the symbol is sent twice, in a field and in the channel. Where they differ nobody can tell which market it is. */
function isOfSymbol(channel: string, symbol: Push['symbol']): boolean {
  if (!symbol || channel.startsWith(PRIVATE)) return true;
  const at = channel.lastIndexOf(symbol);
  if (at < 1 || channel[at - 1] !== '@') return false;
  const end = at + symbol.length;
  return end === channel.length || channel[end] === '@';
}

function pack(method: string, topics: readonly Topic[], nextId: () => number): OutgoingMessage[] {
  const messages: OutgoingMessage[] = [];
  let group: Topic[] = [];
  let bytes = ENVELOPE_BYTES;
  const flush = () => {
    if (group.length > 0) messages.push(build(method, group, nextId()));
    group = [];
    bytes = ENVELOPE_BYTES;
  };
  for (const topic of topics) {
    const size = byteLength(topic);
    if (bytes + size > MAX_MESSAGE_BYTES) flush();
    group.push(topic);
    bytes += size;
  }
  flush();
  return messages;
}

function build(method: string, topics: readonly Topic[], id: number): OutgoingMessage {
  return { id, text: JSON.stringify({ method, params: topics.flatMap((topic) => topic.args), id }), topics };
}

/** Symbols may be non-ASCII, so characters are not bytes. */
function byteLength(topic: Topic): number {
  return new TextEncoder().encode(JSON.stringify(topic.args)).length;
}
