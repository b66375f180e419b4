import type { Topic } from '../../../adapter/channel.js';

/** MEXC routes by the full channel name, which already holds the symbol. */
export function streamTopic(channel: string): Topic {
  return { channel, key: '', args: [channel] };
}
