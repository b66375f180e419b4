import type { Topic } from '../adapter/channel.js';
import type { ConnectionPlan } from '../adapter/connection-plan.js';
import type { Acknowledgement, FrameCodec } from '../adapter/frame-codec.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import { ClosedError, createExchangeError } from '../errors/kinds.js';
import { reconnectDelayMs } from '../transport/backoff.js';
import type { Clock, Timer } from '../transport/clock.js';
import type { ReconnectPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';
import { createConnectGate } from '../transport/ws/connect-gate.js';
import { type ConnectionDown, createConnection } from '../transport/ws/connection.js';
import type { OpenSocket } from '../transport/ws/socket.js';
import { withHeartbeat } from '../transport/ws/with-heartbeat.js';
import { withIdleTimeout } from '../transport/ws/with-idle-timeout.js';
import type { ExchangeStatus } from './exchange-events.js';
import { type ShardOwner, StreamShard } from './stream-shard.js';
import type { TopicListener, TopicSubscription } from './topic.js';
import { refuse, type TopicEntry } from './topic-entry.js';

export interface StreamClientOptions {
  readonly venueId: string;
  readonly url: string;
  readonly plan: ConnectionPlan;
  readonly policy: ReconnectPolicy;
  readonly clock: Clock;
  readonly random: Random;
  readonly openSocket: OpenSocket;
  loadCodec(): Promise<FrameCodec>;
  venueNow(): number;
  readonly on: {
    status(status: ExchangeStatus, previous: ExchangeStatus): void;
    down(event: ConnectionDown): void;
    error(error: unknown): void;
    unknown(what: string): void;
    malformed(what: string): void;
    received(): void;
  };
}

const SWEEP_MS = 5_000;
const MAX_SILENCE_MS = 900_000;
const MAX_REFUSALS = 10;
/** A rotated topic without a push moves over after this, ms; a replacement that is not up by then is given up. */
const HANDOVER_MS = 15_000;

/**
 * Keeps any number of topics subscribed over as many sockets as the venue wants: shares a topic among listeners, spreads
 * topics over sockets at the venue's limit, resubscribes after a loss, replaces old sockets before the venue cuts them.
 */
export class StreamClient {
  readonly #options: StreamClientOptions;
  readonly #open: OpenSocket;
  readonly #gate;
  readonly #entries = new Map<string, TopicEntry>();
  readonly #shards = new Map<StreamShard, Set<Timer>>();
  readonly #owner: ShardOwner;
  #codec: FrameCodec | undefined;
  #loading: Promise<void> | undefined;
  #lastId = 0;
  #generation = 0;
  #status: ExchangeStatus = 'idle';
  #sweep: Timer | undefined;

  constructor(options: StreamClientOptions) {
    this.#options = options;
    const { clock, plan, openSocket } = options;
    this.#gate = createConnectGate({ clock, maxPerMinute: options.policy.maxConnectsPerMinute });
    const withPing = withHeartbeat({
      clock,
      intervalMs: plan.heartbeatMs,
      send: (socket) => void socket.send((this.#codec as FrameCodec).ping(options.venueNow())),
    });
    this.#open = withPing(withIdleTimeout({ clock, timeoutMs: plan.idleTimeoutMs })(openSocket));
    this.#owner = this.#createOwner();
  }

  get status(): ExchangeStatus {
    return this.#status;
  }

  get sockets(): number {
    return this.#shards.size;
  }

  get topics(): number {
    return this.#entries.size;
  }

  /** @param silenceMs pushes come at least this often; `Infinity`: the listener looks after silence itself. */
  subscribe(topic: Topic, listener: TopicListener, silenceMs: number): TopicSubscription {
    if (this.#status === 'closed')
      throw new ClosedError({ message: 'the exchange is closed', venue: this.#options.venueId });
    const id = [topic.channel, topic.key, ...topic.args].join('\n');
    let isOver = false;
    const begin = (): void => {
      if (!isOver) this.#join(id, topic, listener, silenceMs);
    };
    if (this.#codec === undefined) {
      this.#setStatus('connecting');
      this.#load().then(begin, (error: unknown) => listener.refused(asRefusal(error, this.#options.venueId)));
    } else begin();
    return {
      resubscribe: () => {
        const entry = this.#entries.get(id);
        if (entry !== undefined && !isOver) entry.shard.resubscribe(entry);
      },
      close: async () => {
        if (isOver) return;
        isOver = true;
        await this.#leave(id, listener);
      },
    };
  }

  async close(): Promise<void> {
    this.#setStatus('closed');
    this.#sweep?.cancel();
    for (const entry of this.#entries.values()) {
      refuse(entry, new ClosedError({ message: 'the exchange was closed', venue: this.#options.venueId }));
    }
    this.#entries.clear();
    await Promise.all([...this.#shards.keys()].map((shard) => this.#drop(shard)));
  }

  #load(): Promise<void> {
    this.#loading ??= this.#options.loadCodec().then(
      (codec) => {
        this.#codec = codec;
      },
      (error) => {
        this.#loading = undefined;
        throw error;
      },
    );
    return this.#loading;
  }

  #join(id: string, topic: Topic, listener: TopicListener, silenceMs: number): void {
    if (this.#status === 'closed') return;
    const known = this.#entries.get(id);
    if (known !== undefined) {
      known.listeners.add(listener);
      known.silenceMs = Math.min(known.silenceMs, silenceMs);
      if (known.state === 'confirmed') listener.confirmed(known.generation);
      return;
    }
    const shard = this.#shardFor(topic);
    const entry: TopicEntry = {
      topic,
      listeners: new Set([listener]),
      state: 'wanted',
      generation: 0,
      failures: 0,
      wasConfirmed: false,
      lastDataAt: this.#options.clock.monotonic(),
      silenceMs,
      shard,
      next: undefined,
    };
    this.#entries.set(id, entry);
    shard.add(entry);
    shard.connection.start();
    this.#sweep ??= this.#options.clock.setTimer(SWEEP_MS, () => this.#lookForSilence(), { background: true });
    this.#refreshStatus();
  }

  async #leave(id: string, listener: TopicListener): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined || !entry.listeners.delete(listener) || entry.listeners.size > 0) return;
    await this.#forget(id, entry);
  }

  async #forget(id: string, entry: TopicEntry): Promise<void> {
    this.#entries.delete(id);
    entry.next?.remove(entry);
    const { shard } = entry;
    shard.remove(entry);
    if (shard.entries.size === 0) await this.#drop(shard);
    this.#refreshStatus();
  }

  #shardFor(topic: Topic): StreamShard {
    for (const shard of this.#shards.keys()) {
      if (!shard.isRotating && shard.entries.size < this.#options.plan.maxTopics && !shard.hasRoute(topic))
        return shard;
    }
    const shard = this.#createShard();
    this.#rotateLater(shard);
    return shard;
  }

  #createShard(): StreamShard {
    const { plan, policy, clock, random, url, on } = this.#options;
    const shard = new StreamShard(this.#owner, this.#codec as FrameCodec);
    shard.connection = createConnection({
      url: () => url,
      open: this.#open,
      policy,
      plan,
      clock,
      random,
      gate: this.#gate,
      handler: {
        open: () => shard.opened(),
        message: (data) => shard.frame(data),
        down: (event) => shard.closed(event),
        failed: (error) => this.#failed(shard, error),
        threw: (error) => on.error(error),
      },
    });
    this.#shards.set(shard, new Set());
    return shard;
  }

  async #drop(shard: StreamShard): Promise<void> {
    for (const timer of this.#shards.get(shard) ?? []) timer.cancel();
    this.#shards.delete(shard);
    await shard.close();
  }

  #failed(shard: StreamShard, error: ExchangeError): void {
    this.#options.on.error(error);
    for (const [id, entry] of this.#entries) {
      if (entry.shard !== shard) continue;
      refuse(entry, error);
      this.#entries.delete(id);
    }
    void this.#drop(shard);
    this.#refreshStatus();
  }

  #timer(shard: StreamShard, delayMs: number, callback: () => void): void {
    const timers = this.#shards.get(shard);
    const timer = this.#options.clock.setTimer(
      delayMs,
      () => {
        timers?.delete(timer);
        callback();
      },
      { background: true },
    );
    timers?.add(timer);
  }

  #rotateLater(shard: StreamShard): void {
    const ageMs = this.#options.plan.maxAgeMs * (1 - 0.05 * this.#options.random.next());
    this.#timer(shard, ageMs, () => this.rotate(shard));
  }

  /** Make before break: a second socket takes over topic by topic with its first push; then the old one is closed. */
  rotate(old: StreamShard): void {
    if (old.isRotating || !this.#shards.has(old) || this.#status === 'closed') return;
    const fresh = this.#createShard();
    old.isRotating = true;
    fresh.isRotating = true;
    for (const entry of old.entries) {
      entry.next = fresh;
      fresh.add(entry);
    }
    fresh.connection.start();
    this.#timer(fresh, HANDOVER_MS, () => this.#finishRotation(old, fresh));
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
    if (gone.entries.size === 0) void this.#drop(gone);
    this.#refreshStatus();
  }

  #refusedByVenue(entry: TopicEntry, { code = 'subscription_refused', message, venueCode }: Acknowledgement): void {
    const { policy, random, venueId } = this.#options;
    entry.failures++;
    const mayPass = entry.wasConfirmed || code === 'server' || code === 'rate_limit' || code === 'maintenance';
    if (mayPass && entry.failures < MAX_REFUSALS) {
      entry.state = 'wanted';
      this.#timer(entry.shard, reconnectDelayMs(policy, entry.failures, random), () => entry.shard.flushSoon());
      return;
    }
    const error = createExchangeError(code, {
      message: `subscription to ${entry.topic.args.join(' ')} refused: ${message ?? 'no reason given'}`,
      outcome: 'rejected',
      venue: venueId,
      venueCode,
    });
    refuse(entry, error);
    for (const [id, known] of this.#entries) if (known === entry) void this.#forget(id, entry);
  }

  #lookForSilence(): void {
    const now = this.#options.clock.monotonic();
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'confirmed' || now - entry.lastDataAt < entry.silenceMs) continue;
      entry.silenceMs = Math.min(MAX_SILENCE_MS, entry.silenceMs * 2);
      entry.lastDataAt = now;
      entry.shard.resubscribe(entry);
    }
    this.#sweep = this.#options.clock.setTimer(SWEEP_MS, () => this.#lookForSilence(), { background: true });
  }

  #refreshStatus(): void {
    if (this.#status === 'closed') return;
    if (this.#entries.size === 0) return this.#setStatus('idle');
    let confirmed = 0;
    let wasUp = false;
    for (const entry of this.#entries.values()) {
      if (entry.state === 'confirmed') confirmed++;
      wasUp ||= entry.wasConfirmed;
    }
    this.#setStatus(confirmed === this.#entries.size ? 'live' : wasUp ? 'degraded' : 'connecting');
  }

  #setStatus(status: ExchangeStatus): void {
    if (status === this.#status) return;
    const previous = this.#status;
    this.#status = status;
    this.#options.on.status(status, previous);
  }

  #createOwner(): ShardOwner {
    const { clock, plan, on } = this.#options;
    return {
      clock,
      ackTimeoutMs: plan.ackTimeoutMs,
      maxMessagesPerSecond: plan.maxMessagesPerSecond,
      venueNow: () => this.#options.venueNow(),
      nextId: () => ++this.#lastId,
      nextGeneration: () => ++this.#generation,
      refused: (entry, acknowledgement) => this.#refusedByVenue(entry, acknowledgement),
      changed: () => this.#refreshStatus(),
      down: on.down,
      closingSoon: (shard) => this.rotate(shard),
      unknown: on.unknown,
      malformed: on.malformed,
      received: on.received,
    };
  }
}

function asRefusal(error: unknown, venue: string): ExchangeError {
  return createExchangeError('unknown', {
    message: 'the stream codec could not be loaded',
    outcome: 'not_sent',
    venue,
    cause: error,
  });
}
