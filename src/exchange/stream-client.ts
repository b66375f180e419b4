import type { Topic } from '../adapter/channel.js';
import type { ConnectionPlan } from '../adapter/connection-plan.js';
import type { Acknowledgement, FrameCodec } from '../adapter/frame-codec.js';
import type { ExchangeError } from '../errors/exchange-error.js';
import { ClosedError, createExchangeError } from '../errors/kinds.js';
import { reconnectDelayMs } from '../transport/backoff.js';
import type { Clock, Timer } from '../transport/clock.js';
import type { ReconnectPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';
import type { ConnectionDown } from '../transport/ws/connection.js';
import type { OpenSocket } from '../transport/ws/socket.js';
import { withHeartbeat } from '../transport/ws/with-heartbeat.js';
import { withIdleTimeout } from '../transport/ws/with-idle-timeout.js';
import type { ExchangeStatus } from './exchange-events.js';
import { ShardPool } from './shard-pool.js';
import type { ShardOwner, StreamShard } from './stream-shard.js';
import type { TopicListener, TopicSubscription } from './topic.js';
import { refuse, type TopicEntry } from './topic-entry.js';

export interface StreamClientOptions {
  readonly venueId: string;
  /** Asked before every connection. */
  url(): string | Promise<string>;
  readonly plan: ConnectionPlan;
  readonly policy: ReconnectPolicy;
  readonly clock: Clock;
  readonly random: Random;
  readonly openSocket: OpenSocket;
  loadCodec(): Promise<FrameCodec>;
  venueNow(): number;
  /** Whether the venue's clock was not that which is known now; `undefined`: nobody can tell. @param zero venue time at monotonic zero, epoch ms. */
  wasClockOff(zero: number): Promise<boolean | undefined>;
  readonly on: {
    status(status: ExchangeStatus, previous: ExchangeStatus): void;
    down(event: ConnectionDown): void;
    error(error: unknown): void;
    unknown(what: string): void;
    malformed(what: string): void;
    /** The key or login of a connection is no longer good; it connects again. */
    sessionLost(reason: string): void;
    received(): void;
  };
}

const SWEEP_MS = 5_000;
const MAX_SILENCE_MS = 900_000;
const MAX_REFUSALS = 10;
/**
 * Keeps any number of topics subscribed over as many sockets as the venue wants: shares a topic among listeners, spreads
 * topics over sockets at the venue's limit, resubscribes after a loss, replaces old sockets before the venue cuts them.
 */
export class StreamClient {
  readonly #options: StreamClientOptions;
  readonly #pool: ShardPool;
  readonly #entries = new Map<string, TopicEntry>();
  #codec: FrameCodec | undefined;
  #loading: Promise<void> | undefined;
  #lastId = 0;
  #generation = 0;
  #status: ExchangeStatus = 'idle';
  #sweep: Timer | undefined;

  constructor(options: StreamClientOptions) {
    this.#options = options;
    const { clock, plan, openSocket } = options;
    const withPing = withHeartbeat({
      clock,
      intervalMs: plan.heartbeatMs,
      send: (socket) => void socket.send((this.#codec as FrameCodec).ping(options.venueNow())),
    });
    this.#pool = new ShardPool({
      ...options,
      openSocket: withPing(withIdleTimeout({ clock, timeoutMs: plan.idleTimeoutMs })(openSocket)),
      owner: this.#createOwner(),
      codec: () => this.#codec as FrameCodec,
      failed: (shard, error) => this.#failed(shard, error),
      threw: options.on.error,
      rotated: () => this.#refreshStatus(),
    });
  }

  get status(): ExchangeStatus {
    return this.#status;
  }

  get sockets(): number {
    return this.#pool.size;
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
    await this.#pool.close();
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
      known.listeners = [...known.listeners, listener];
      known.silenceMs = Math.min(known.silenceMs, silenceMs);
      if (known.state === 'confirmed') listener.confirmed(known.generation);
      return;
    }
    const shard = this.#pool.shardFor(topic);
    const entry: TopicEntry = {
      topic,
      listeners: [listener],
      state: 'wanted',
      generation: 0,
      failures: 0,
      wasConfirmed: false,
      askedBy: Number.NaN,
      lastDataAt: Math.floor(this.#options.clock.monotonic()),
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
    if (entry === undefined || !entry.listeners.includes(listener)) return;
    entry.listeners = entry.listeners.filter((other) => other !== listener);
    if (entry.listeners.length === 0) await this.#forget(id, entry);
  }

  async #forget(id: string, entry: TopicEntry): Promise<void> {
    this.#entries.delete(id);
    entry.next?.remove(entry);
    const { shard } = entry;
    shard.remove(entry);
    if (shard.entries.size === 0) await this.#pool.drop(shard);
    this.#refreshStatus();
  }

  #failed(shard: StreamShard, error: ExchangeError): void {
    this.#options.on.error(error);
    for (const [id, entry] of this.#entries) {
      if (entry.shard !== shard) continue;
      refuse(entry, error);
      this.#entries.delete(id);
    }
    void this.#pool.drop(shard);
    this.#refreshStatus();
  }

  /** Messages carry the time, and after a suspension it is a wrong one: venues have many words for that. */
  async #refusedByVenue(
    entry: TopicEntry,
    { code = 'subscription_refused', message, venueCode }: Acknowledgement,
  ): Promise<void> {
    const { policy, random, venueId, wasClockOff } = this.#options;
    entry.failures++;
    const isBusy = code === 'server' || code === 'rate_limit' || code === 'maintenance';
    const wasOff = isBusy ? false : await wasClockOff(entry.askedBy);
    if (entry.listeners.length === 0) return;
    // While nobody can tell the time it counts for nothing.
    if (wasOff === undefined) entry.failures = Math.min(entry.failures, MAX_REFUSALS - 2);
    const mayPass = isBusy || wasOff !== false || entry.wasConfirmed;
    if (mayPass && entry.failures < MAX_REFUSALS) {
      entry.state = 'wanted';
      this.#pool.setTimer(entry.shard, reconnectDelayMs(policy, entry.failures, random), () => entry.shard.flushSoon());
      return;
    }
    const error = createExchangeError(code, {
      message: `subscription to ${entry.topic.args.join(' ')} refused: ${message ?? 'no reason given'}`,
      outcome: 'rejected',
      venue: venueId,
      venueCode,
    });
    refuse(entry, error);
    // The venue does not have it: there is nothing to unsubscribe.
    entry.state = 'wanted';
    for (const [id, known] of this.#entries) if (known === entry) void this.#forget(id, entry);
  }

  #lookForSilence(): void {
    const now = this.#options.clock.monotonic();
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'confirmed' || now - entry.lastDataAt < entry.silenceMs) continue;
      entry.silenceMs = Math.min(MAX_SILENCE_MS, entry.silenceMs * 2);
      entry.lastDataAt = Math.floor(now);
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
      oneAtATime: plan.oneAtATime ?? false,
      venueNow: () => this.#options.venueNow(),
      nextId: () => ++this.#lastId,
      nextGeneration: () => ++this.#generation,
      refused: (entry, acknowledgement) => void this.#refusedByVenue(entry, acknowledgement),
      changed: () => this.#refreshStatus(),
      down: on.down,
      closingSoon: (shard) => this.#pool.rotate(shard),
      unknown: on.unknown,
      malformed: on.malformed,
      sessionLost: on.sessionLost,
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
