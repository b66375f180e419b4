import type { Clock } from '../../../transport/clock.js';
import { Publisher, type Subscriber } from '../mexc/publisher.js';
import type { Channel } from './channel.js';
import { createSource, intervalOf } from './create-source.js';
import { createFrameEncoder } from './frame-encoder.js';
import type { WireMarkets } from './markets.js';

/** All topics of the venue that somebody listens to. */
export interface Hub {
  subscribe(channel: Channel, subscriber: Subscriber): void;
  /** @param name of the channel. */
  unsubscribe(name: string, subscriber: Subscriber): void;
  /** Stops every timer. */
  close(): void;
}

export function createHub(clock: Clock, markets: WireMarkets): Hub {
  const encoder = createFrameEncoder();
  const publishers = new Map<string, Publisher>();
  return {
    subscribe(channel, subscriber) {
      let publisher = publishers.get(channel.name);
      if (publisher === undefined) {
        const source = createSource(channel, encoder, markets);
        publisher = new Publisher(clock, channel.name, intervalOf(channel), source);
        publishers.set(channel.name, publisher);
      }
      publisher.add(subscriber);
    },
    unsubscribe(name, subscriber) {
      const publisher = publishers.get(name);
      if (publisher !== undefined && !publisher.remove(subscriber)) publishers.delete(name);
    },
    close() {
      for (const publisher of publishers.values()) publisher.stop();
      publishers.clear();
    },
  };
}
