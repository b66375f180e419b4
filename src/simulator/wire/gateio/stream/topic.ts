import type { Clock, Timer } from '../../../../transport/clock.js';
import type { SimConnection } from '../../../contract.js';
import { updateFrame } from './envelope.js';

/** What one topic publishes; it knows neither sockets nor timers. Results are JSON text. */
export interface Feed {
  readonly periodMs: number;
  /** Somebody listens again: what happened before now is not to be published. */
  start?(): void;
  /** Hands over what this period brought, nothing when nothing did. */
  poll(emit: (result: string) => void): void;
  /** What a new subscriber alone gets first; everything pending has been published just before. */
  welcome?(): string;
}

/** One topic with its subscribers: frames are built once per period and shared by all. */
export interface Topic {
  readonly name: string;
  add(connection: SimConnection): void;
  remove(connection: SimConnection): void;
  close(): void;
}

/** @param channel the venue's channel; @param name what faults know the topic by. The timer runs only while somebody listens. */
export function createTopic(clock: Clock, channel: string, name: string, feed: Feed, event?: string): Topic {
  const subscribers = new Set<SimConnection>();
  let timer: Timer | undefined;

  const send = (result: string, receivers: Iterable<SimConnection>) => {
    const frame = { data: updateFrame(clock, channel, result, event), kind: 'data', topic: name } as const;
    for (const connection of receivers) connection.send(frame);
  };
  const publish = () => feed.poll((result) => send(result, subscribers));
  const tick = () => {
    timer = clock.setTimer(feed.periodMs, tick, { background: true });
    publish();
  };
  const stop = () => {
    timer?.cancel();
    timer = undefined;
  };

  return {
    name,
    add(connection) {
      if (subscribers.has(connection)) return;
      if (subscribers.size === 0) feed.start?.();
      else if (feed.welcome !== undefined) publish();
      if (feed.welcome !== undefined) send(feed.welcome(), [connection]);
      subscribers.add(connection);
      timer ??= clock.setTimer(feed.periodMs, tick, { background: true });
    },
    remove(connection) {
      subscribers.delete(connection);
      if (subscribers.size === 0) stop();
    },
    close() {
      subscribers.clear();
      stop();
    },
  };
}
