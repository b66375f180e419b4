import type { Topic } from '../adapter/channel.js';
import type { ConnectionPlan } from '../adapter/connection-plan.js';
import type { FrameCodec } from '../adapter/frame-codec.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import type { Clock, Timer } from '../transport/clock.js';
import type { ReconnectPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';
import { createConnectGate } from '../transport/ws/connect-gate.js';
import { createConnection } from '../transport/ws/connection.js';
import type { OpenSocket } from '../transport/ws/socket.js';
import { type ShardOwner, StreamShard } from './stream-shard.js';

interface ShardPoolOptions {
  /** Asked before every connection. */
  url(): string | Promise<string>;
  readonly plan: ConnectionPlan;
  readonly policy: ReconnectPolicy;
  readonly clock: Clock;
  readonly random: Random;
  readonly openSocket: OpenSocket;
  readonly owner: ShardOwner;
  /** Called for the first socket at the earliest. */
  codec(): FrameCodec;
  /** The connection gave up for good. */
  failed(shard: StreamShard, error: ExchangeError): void;
  /** A callback of the shard threw. */
  threw(error: unknown): void;
  /** Topics have moved from one socket to another. */
  rotated(): void;
}

/** A rotated topic without a push moves over after this, ms; a replacement that is not up by then is given up. */
const HANDOVER_MS = 15_000;

/** The sockets of a stream client: as many as its topics need, each replaced before the venue cuts it. */
export class ShardPool {
  readonly #options: ShardPoolOptions;
  readonly #gate;
  readonly #shards = new Map<StreamShard, Set<Timer>>();

  constructor(options: ShardPoolOptions) {
    this.#options = options;
    this.#gate = createConnectGate({ clock: options.clock, maxPerMinute: options.policy.maxConnectsPerMinute });
  }

  get size(): number {
    return this.#shards.size;
  }

  /** A socket with room for the topic; a new one where there is none. */
  shardFor(topic: Topic): StreamShard {
    const { maxTopics } = this.#options.plan;
    for (const shard of this.#shards.keys()) {
      if (!shard.isRotating && shard.entries.size < maxTopics && !shard.hasRoute(topic)) return shard;
    }
    const shard = this.#create();
    this.#rotateLater(shard);
    return shard;
  }

  /** Calls back unless the shard is dropped before. */
  setTimer(shard: StreamShard, delayMs: number, callback: () => void): void {
    const timers = this.#shards.get(shard);
    if (timers === undefined) return;
    const timer = this.#options.clock.setTimer(
      delayMs,
      () => {
        timers.delete(timer);
        callback();
      },
      { background: true },
    );
    timers.add(timer);
  }

  async drop(shard: StreamShard): Promise<void> {
    for (const timer of this.#shards.get(shard) ?? []) timer.cancel();
    this.#shards.delete(shard);
    await shard.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#shards.keys()].map((shard) => this.drop(shard)));
  }

  /** Make before break: a second socket takes over topic by topic with its first push; then the old one is closed. */
  rotate(old: StreamShard): void {
    if (old.isRotating || !this.#shards.has(old)) return;
    const fresh = this.#create();
    old.isRotating = true;
    fresh.isRotating = true;
    for (const entry of old.entries) {
      entry.next = fresh;
      fresh.add(entry);
    }
    fresh.connection.start();
    this.setTimer(fresh, HANDOVER_MS, () => this.#finishRotation(old, fresh));
  }

  #finishRotation(old: StreamShard, fresh: StreamShard): void {
    old.isRotating = false;
    fresh.isRotating = false;
    const isUp = fresh.isOpen;
    for (const entry of [...fresh.entries]) {
      if (entry.next !== fresh) continue;
      if (isUp) {
        fresh.takeOver(entry);
        fresh.confirmNow(entry);
      } else {
        entry.next = undefined;
        fresh.remove(entry);
      }
    }
    const [kept, gone] = fresh.entries.size > 0 ? [fresh, old] : [old, fresh];
    this.#rotateLater(kept);
    if (gone.entries.size === 0) void this.drop(gone);
    this.#options.rotated();
  }

  #rotateLater(shard: StreamShard): void {
    const { plan, random } = this.#options;
    this.setTimer(shard, plan.maxAgeMs * (1 - 0.05 * random.next()), () => this.rotate(shard));
  }

  #create(): StreamShard {
    const { owner, codec, url, openSocket, plan, policy, clock, random, failed, threw } = this.#options;
    const shard = new StreamShard(owner, codec());
    shard.connection = createConnection({
      url,
      open: openSocket,
      policy,
      plan,
      clock,
      random,
      gate: this.#gate,
      handler: {
        open: () => shard.opened(),
        message: (data, _generation, at) => shard.frame(data, at),
        down: (event) => shard.closed(event),
        failed: (error) => failed(shard, error),
        threw,
      },
    });
    this.#shards.set(shard, new Set());
    return shard;
  }
}
