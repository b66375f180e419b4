import type { VenueBase } from '../../../contract.js';
import { createTopic, type Feed, type Topic } from './topic.js';

/** One thing to subscribe to, checked. */
export interface TopicSpec {
  /** `spot.order_book_update.BTC_USDT.100ms`: unique, and what faults know the topic by. */
  readonly name: string;
  /** Topics of one key share a publisher. Default: the name. */
  readonly key?: string;
  /** What its pushes call themselves. Default `update`. */
  readonly event?: string;
  /** Subscribing to it twice on one connection is refused with this text. */
  readonly duplicate?: string;
  createFeed(): Feed;
}

/** The topics that somebody ever subscribed to, one publisher each; bounded by markets × channels × speeds. */
export interface Topics {
  obtain(channel: string, spec: TopicSpec): Topic;
  close(): void;
}

export function createTopics({ clock }: VenueBase): Topics {
  const topics = new Map<string, Topic>();
  return {
    obtain(channel, spec) {
      const key = spec.key ?? spec.name;
      const known = topics.get(key);
      if (known !== undefined) return known;
      const topic = createTopic(clock, channel, spec.name, spec.createFeed(), spec.event);
      topics.set(key, topic);
      return topic;
    },
    close() {
      for (const topic of topics.values()) topic.close();
    },
  };
}
