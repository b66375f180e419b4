import type { Clock } from '../../../transport/clock.js';
import { Publisher, type Subscriber } from './publisher.js';
import type { Source } from './source.js';

/** All topics of the venue that somebody listens to. */
export interface Hub<C extends { readonly name: string }> {
  subscribe(channel: C, subscriber: Subscriber): void;
  /** @param name of the channel. */
  unsubscribe(name: string, subscriber: Subscriber): void;
  /** Stops every timer. */
  close(): void;
}

/** @param open called when the first one subscribes to a channel. */
export function createHub<C extends { readonly name: string }>(
  clock: Clock,
  open: (channel: C) => { readonly intervalMs: number; readonly source: Source },
): Hub<C> {
  const publishers = new Map<string, Publisher>();
  return {
    subscribe(channel, subscriber) {
      let publisher = publishers.get(channel.name);
      if (publisher === undefined) {
        const { intervalMs, source } = open(channel);
        publisher = new Publisher(clock, channel.name, intervalMs, source);
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
