import type { Topic } from '../adapter/channel.js';
import type { Acknowledgement, FrameCodec, FrameHandler, OutgoingMessage } from '../adapter/frame-codec.js';
import type { Clock, Timer } from '../transport/clock.js';
import type { Connection, ConnectionDown } from '../transport/ws/connection.js';
import { ControlQueue } from './control-queue.js';
import type { TopicListener } from './topic.js';
import { confirm, lose, type TopicEntry } from './topic-entry.js';
import { TopicRoutes } from './topic-routes.js';

/** What a shard asks of, and tells, the stream client. */
export interface ShardOwner {
  readonly clock: Clock;
  /** Venue time, epoch ms. */
  venueNow(): number;
  nextId(): number;
  /** A number that rises with every connection of the client. */
  nextGeneration(): number;
  readonly ackTimeoutMs: number;
  readonly maxMessagesPerSecond: number;
  readonly oneAtATime: boolean;
  refused(entry: TopicEntry, acknowledgement: Acknowledgement): void;
  changed(): void;
  down(event: ConnectionDown): void;
  closingSoon(shard: StreamShard): void;
  unknown(what: string): void;
  malformed(what: string): void;
  sessionLost(reason: string): void;
  received(): void;
}

interface Pending {
  readonly reply: string | undefined;
  readonly entries: readonly TopicEntry[];
  readonly subscribes: boolean;
  readonly timer: Timer;
}

const MAX_UNANSWERED = 3;

/** One socket and the topics on it: subscribes, matches answers, routes pushes. */
export class StreamShard implements FrameHandler {
  readonly entries = new Set<TopicEntry>();
  connection!: Connection;
  /** Set while this shard is being replaced, or is the replacement. */
  isRotating = false;
  readonly #owner: ShardOwner;
  readonly #codec: FrameCodec;
  readonly #routes = new TopicRoutes<TopicEntry>();
  readonly #pending = new Map<number, Pending>();
  readonly #queue: ControlQueue;
  #generation = 0;
  /** When the frame that is read now came, monotonic ms. */
  #cameAt = 0;
  #isFlushing = false;

  constructor(owner: ShardOwner, codec: FrameCodec) {
    this.#owner = owner;
    this.#codec = codec;
    this.#queue = new ControlQueue(
      owner.clock,
      owner.maxMessagesPerSecond,
      (text) => this.connection.send(text),
      owner.oneAtATime,
    );
  }

  get isOpen(): boolean {
    return this.connection.state === 'open';
  }

  /** Whether the topic's route is free on this socket. */
  hasRoute(topic: Topic): boolean {
    return this.#routes.find(topic.channel, topic.key) !== undefined;
  }

  add(entry: TopicEntry): void {
    this.entries.add(entry);
    this.#routes.set(entry.topic.channel, entry.topic.key, entry);
    this.flushSoon();
  }

  /** Takes it off; tells the venue when it may know of it. */
  remove(entry: TopicEntry): void {
    if (!this.entries.delete(entry)) return;
    this.#routes.delete(entry.topic.channel, entry.topic.key);
    if (this.isOpen && entry.state !== 'wanted' && this.entries.size > 0) this.#unsubscribe([entry]);
  }

  resubscribe(entry: TopicEntry): void {
    if (entry.state === 'leaving') return;
    const wasKnown = entry.state !== 'wanted' && this.isOpen;
    lose(entry, 'subscribing again');
    if (!wasKnown) return this.flushSoon();
    entry.state = 'leaving';
    this.#unsubscribe([entry]);
  }

  /** Asks for everything wanted, once per turn of the event loop, so that many topics share one message. */
  flushSoon(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    queueMicrotask(() => {
      this.#isFlushing = false;
      if (!this.isOpen) return;
      const wanted = [...this.entries].filter((entry) => entry.shard === this && entry.state === 'wanted');
      if (wanted.length > 0) this.subscribe(wanted);
    });
  }

  subscribe(entries: readonly TopicEntry[]): void {
    const byTopic = new Map(entries.map((entry) => [entry.topic, entry]));
    const now = this.#owner.venueNow();
    for (const entry of entries) {
      entry.askedBy = now - this.#owner.clock.monotonic();
      if (entry.shard === this) entry.state = 'asked';
    }
    for (const message of this.#codec.subscribe([...byTopic.keys()], () => this.#owner.nextId(), now)) {
      this.#post(message, byTopic, true);
    }
  }

  #unsubscribe(entries: readonly TopicEntry[]): void {
    const byTopic = new Map(entries.map((entry) => [entry.topic, entry]));
    for (const message of this.#codec.unsubscribe(
      [...byTopic.keys()],
      () => this.#owner.nextId(),
      this.#owner.venueNow(),
    )) {
      this.#post(message, byTopic, false);
    }
  }

  #post(message: OutgoingMessage, byTopic: ReadonlyMap<Topic, TopicEntry>, subscribes: boolean): void {
    const entries = message.topics.flatMap((topic) => byTopic.get(topic) ?? []);
    // The answer is awaited from the moment of writing, which the message budget may put off.
    this.#queue.push(message.text, () => {
      const timer = this.#owner.clock.setTimer(this.#owner.ackTimeoutMs, () => this.#unanswered(message.id));
      this.#pending.set(message.id, { reply: message.reply, entries, subscribes, timer });
    });
  }

  opened(): void {
    this.#generation = this.#owner.nextGeneration();
    for (const entry of this.entries) if (entry.shard === this) entry.state = 'wanted';
    const takingOver = [...this.entries].filter((entry) => entry.next === this);
    if (takingOver.length > 0) this.subscribe(takingOver);
    this.flushSoon();
    this.#owner.changed();
  }

  closed(event: ConnectionDown): void {
    this.#forgetPending();
    for (const entry of this.entries)
      if (entry.shard === this) lose(entry, `connection lost (${`${event.code} ${event.reason}`.trim()})`);
    this.#owner.down(event);
    this.#owner.changed();
  }

  /** @param at monotonic ms at which it came. */
  frame(data: string | Uint8Array, at = this.#owner.clock.monotonic()): void {
    this.#cameAt = at;
    this.#owner.received();
    this.#codec.read(data, this);
  }

  async close(): Promise<void> {
    this.#forgetPending();
    await this.connection.close();
  }

  data(channel: string, key: string, payload: unknown, venueTime: number, hint?: number): void {
    const entry = this.#routes.find(channel, key, hint);
    if (entry === undefined) return;
    if (entry.shard !== this) {
      if (entry.next !== this) return;
      this.takeOver(entry);
    }
    if (entry.state === 'leaving' || entry.state === 'wanted') return;
    const now = this.#cameAt;
    entry.lastDataAt = Math.floor(now);
    const { listeners } = entry;
    for (let at = 0; at < listeners.length; at++) {
      const listener = listeners[at] as TopicListener;
      if (entry.listeners !== listeners && !entry.listeners.includes(listener)) continue;
      listener.data(payload, venueTime, this.#generation, now);
    }
    if (entry.state === 'asked' && entry.shard === this && this.entries.has(entry)) this.confirmNow(entry);
  }

  /** Planned rotation: from here on this socket serves the topic. */
  takeOver(entry: TopicEntry): void {
    entry.next = undefined;
    entry.shard.remove(entry);
    entry.shard = this;
    entry.state = 'asked';
  }

  /** A push proves the subscription as well as an answer does; answers may come after the first push, or get lost. */
  confirmNow(entry: TopicEntry): void {
    confirm(entry, this.#generation, this.#owner.clock.monotonic());
    this.#owner.changed();
  }

  ack(acknowledgement: Acknowledgement): void {
    const id = acknowledgement.id ?? this.#oldest(acknowledgement.reply);
    const pending = id === undefined ? undefined : this.#pending.get(id);
    if (id === undefined || pending === undefined) return;
    this.#pending.delete(id);
    pending.timer.cancel();
    this.#queue.settled();
    if (!pending.subscribes) return this.#left(pending.entries);
    const { refused } = acknowledgement;
    if (refused === 'all' && pending.entries.length > 1) return this.#split(pending.entries);
    for (const entry of pending.entries) {
      if (!this.entries.has(entry)) continue;
      if (refused === 'all' || (refused !== 'none' && entry.topic.args.some((arg) => refused.includes(arg)))) {
        this.#owner.refused(entry, acknowledgement);
      } else if (entry.shard === this) {
        confirm(entry, this.#generation, this.#owner.clock.monotonic());
      }
    }
    this.#owner.changed();
  }

  /** Id of the message that was sent first of those that wait for this reply. */
  #oldest(reply: string | undefined): number | undefined {
    for (const [id, pending] of this.#pending) if (reply === undefined || pending.reply === reply) return id;
    return undefined;
  }

  /** One bad topic sinks a whole message on some venues: halve it until the bad one stands alone. */
  #split(entries: readonly TopicEntry[]): void {
    const still = entries.filter((entry) => this.entries.has(entry));
    const half = Math.ceil(still.length / 2);
    for (const part of [still.slice(0, half), still.slice(half)]) if (part.length > 0) this.subscribe(part);
  }

  #left(entries: readonly TopicEntry[]): void {
    for (const entry of entries) {
      if (entry.state === 'leaving' && this.entries.has(entry)) entry.state = 'wanted';
    }
    this.flushSoon();
  }

  #unanswered(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    this.#queue.settled();
    if (!pending.subscribes) return this.#left(pending.entries);
    let worst = 0;
    for (const entry of pending.entries) {
      if (entry.shard !== this || entry.state !== 'asked' || !this.entries.has(entry)) continue;
      entry.state = 'wanted';
      entry.failures++;
      worst = Math.max(worst, entry.failures);
    }
    if (worst >= MAX_UNANSWERED) this.connection.reconnect('subscribe requests stay unanswered');
    else this.flushSoon();
  }

  #forgetPending(): void {
    for (const { timer } of this.#pending.values()) timer.cancel();
    this.#pending.clear();
    this.#queue.clear();
  }

  pong(): void {}

  closingSoon(): void {
    this.#owner.closingSoon(this);
  }

  sessionLost(reason: string): void {
    this.#owner.sessionLost(reason);
    this.connection.reconnect(reason);
  }

  unknown(what: string): void {
    this.#owner.unknown(what);
  }

  malformed(what: string): void {
    this.#owner.malformed(what);
  }
}
