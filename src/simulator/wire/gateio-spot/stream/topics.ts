import type { VenueModel } from '../../../contract.js';
import type { TopicSpec } from './channels.js';
import { createTopic, type Topic } from './topic.js';

/** The topics that somebody ever subscribed to, one publisher each; bounded by markets × channels × speeds. */
export interface Topics {
  obtain(channel: string, spec: TopicSpec): Topic;
  close(): void;
}

export function createTopics({ clock }: VenueModel): Topics {
  const topics = new Map<string, Topic>();
  return {
    obtain(channel, spec) {
      const known = topics.get(spec.name);
      if (known !== undefined) return known;
      const topic = createTopic(clock, channel, spec.name, spec.createFeed());
      topics.set(spec.name, topic);
      return topic;
    },
    close() {
      for (const topic of topics.values()) topic.close();
    },
  };
}
