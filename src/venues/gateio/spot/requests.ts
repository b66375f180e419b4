import type { Topic } from '../../../adapter/channel.js';
import type { OutgoingMessage } from '../../../adapter/frame-codec.js';
import { LIST_CHANNELS } from './routes.js';

/** Pairs in one message; 100 to 200 are recommended. Source: Gate spot WebSocket v4 docs. */
const PAIRS_PER_MESSAGE = 100;

/**
 * Groups topics into messages: channels that take a list of pairs by the hundred, the others one topic each. A message
 * with one unknown pair fails whole at the venue. `now` is epoch ms; the message carries whole seconds, cut.
 * Source: Gate spot WebSocket v4 docs, client request.
 */
export function writeRequests(
  event: 'subscribe' | 'unsubscribe',
  topics: readonly Topic[],
  nextId: () => number,
  now: number,
): OutgoingMessage[] {
  return groupTopics(topics).map((group) => {
    const id = nextId();
    const channel = group[0]?.channel;
    const payload = group.flatMap(({ args }) => args);
    return { id, text: JSON.stringify({ time: toSeconds(now), id, channel, event, payload }), topics: group };
  });
}

/** The application ping. Source: Gate spot WebSocket v4 docs, ping. */
export function writePing(now: number): string {
  return JSON.stringify({ time: toSeconds(now), channel: 'spot.ping' });
}

/** Never empty groups, each of one channel. */
function groupTopics(topics: readonly Topic[]): Topic[][] {
  const groups: Topic[][] = [];
  const open = new Map<string, Topic[]>();
  for (const topic of topics) {
    const group = open.get(topic.channel);
    if (group !== undefined && group.length < PAIRS_PER_MESSAGE) {
      group.push(topic);
      continue;
    }
    const started = [topic];
    groups.push(started);
    if (LIST_CHANNELS.has(topic.channel)) open.set(topic.channel, started);
  }
  return groups;
}

function toSeconds(now: number): number {
  return Math.floor(now / 1_000);
}
