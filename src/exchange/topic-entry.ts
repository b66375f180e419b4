import type { Topic } from '../adapter/channel.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import type { StreamShard } from './stream-shard.js';
import type { TopicListener } from './topic.js';

/** `wanted`: not asked for yet. `leaving`: unsubscribing, to be asked for again. */
export type TopicState = 'wanted' | 'asked' | 'confirmed' | 'leaving';

/** One topic that somebody wants, and who. */
export interface TopicEntry {
  readonly topic: Topic;
  /** Replaced, never changed: one may leave or join while they are told something. */
  listeners: readonly TopicListener[];
  state: TopicState;
  /** Generation of the connection that confirmed it last. */
  generation: number;
  /** Refusals or unanswered requests since it was last confirmed. */
  failures: number;
  wasConfirmed: boolean;
  /** Venue time at monotonic zero by which it was asked for last, epoch ms. */
  askedBy: number;
  /** Monotonic ms of the last push or confirmation, whole: a fraction would be a number on the heap. */
  lastDataAt: number;
  /** Ms without a push after which it is subscribed again; `Infinity` = the listener looks after that itself. */
  silenceMs: number;
  shard: StreamShard;
  /** The connection that will take over (planned rotation). */
  next: StreamShard | undefined;
}

export function confirm(entry: TopicEntry, generation: number, now: number): void {
  if (entry.state === 'confirmed' && entry.generation === generation) return;
  entry.state = 'confirmed';
  entry.wasConfirmed = true;
  entry.failures = 0;
  entry.generation = generation;
  entry.lastDataAt = Math.floor(now);
  tellAll(entry, (listener) => listener.confirmed(generation));
}

/** Back to `wanted`; tells the listeners when they had it. */
export function lose(entry: TopicEntry, reason: string): void {
  const had = entry.state === 'confirmed';
  entry.state = 'wanted';
  if (had) tellAll(entry, (listener) => listener.lost(reason));
}

export function refuse(entry: TopicEntry, error: ExchangeError): void {
  const { listeners } = entry;
  entry.listeners = [];
  for (const listener of listeners) listener.refused(error);
}

/** Who has left meanwhile is not told. */
function tellAll(entry: TopicEntry, tell: (listener: TopicListener) => void): void {
  for (const listener of entry.listeners) if (entry.listeners.includes(listener)) tell(listener);
}
