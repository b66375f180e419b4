import type { Topic } from '../../adapter/channel.js';
import type { OutgoingMessage } from '../../adapter/frame-codec.js';
import { toWholeSeconds } from './times.js';
import type { GateioWire } from './wire.js';

/** The `auth` of a message; `undefined` for channels that need none. `time` is the message's own, seconds. */
export type AuthorizeChannel = (channel: string, event: string, time: number) => object | undefined;

/** Markets in one message; 100 to 200 are recommended. Source: Gate spot WebSocket v4 docs. */
const MARKETS_PER_MESSAGE = 100;

/**
 * Groups topics into messages: channels that take a list of markets by the hundred, the others one topic each. A message
 * with one unknown market fails whole at the venue. `now` is epoch ms; the message carries whole seconds, cut. A channel
 * without arguments has no payload. Source: Gate spot WebSocket v4 docs, client request.
 */
export function writeRequests(
  event: 'subscribe' | 'unsubscribe',
  topics: readonly Topic[],
  nextId: () => number,
  now: number,
  { listChannels, signedChannels, account }: GateioWire,
  authorize: AuthorizeChannel = () => undefined,
): OutgoingMessage[] {
  return groupTopics(topics, listChannels).map((group) => {
    const id = nextId();
    const channel = group[0]?.channel ?? '';
    const args = group.flatMap((topic) => topic.args);
    const time = toWholeSeconds(now);
    const named = account !== undefined && signedChannels.has(channel) ? [account, ...args] : args;
    const payload = named.length === 0 ? undefined : named;
    const text = JSON.stringify({ time, id, channel, event, payload, auth: authorize(channel, event, time) });
    return { id, text, topics: group };
  });
}

/** The application ping. Source: Gate spot WebSocket v4 docs, ping. */
export function writePing(now: number, { prefix }: GateioWire): string {
  return JSON.stringify({ time: toWholeSeconds(now), channel: `${prefix}.ping` });
}

/** Never empty groups, each of one channel. */
function groupTopics(topics: readonly Topic[], listChannels: ReadonlySet<string>): Topic[][] {
  const groups: Topic[][] = [];
  const open = new Map<string, Topic[]>();
  for (const topic of topics) {
    const group = open.get(topic.channel);
    if (group !== undefined && group.length < MARKETS_PER_MESSAGE) {
      group.push(topic);
      continue;
    }
    const started = [topic];
    groups.push(started);
    if (listChannels.has(topic.channel)) open.set(topic.channel, started);
  }
  return groups;
}
