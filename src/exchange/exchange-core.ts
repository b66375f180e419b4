import type { ConnectionPlan } from '../adapter/connection-plan.js';
import type { FrameCodec } from '../adapter/frame-codec.js';
import type { Signer } from '../adapter/signer.js';
import type { Venue } from '../adapter/venue.js';
import { ClosedError, createExchangeError } from '../errors/kinds.js';
import type { LogFields } from '../model/logger.js';
import type { StageTimes } from '../model/stage-times.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import { createNodeRuntime } from '../transport/node-runtime.js';
import type { ReconnectPolicy } from '../transport/policies.js';
import type { Random } from '../transport/random.js';
import type { OpenSocket } from '../transport/ws/socket.js';
import { limiterOf } from './address-limits.js';
import { type Catalog, createCatalog } from './catalog.js';
import { ClockSync } from './clock-sync.js';
import { createEmitter, type Emitter } from './exchange-events.js';
import { loadInstruments } from './load-instruments.js';
import { createMetrics, type Metrics } from './metrics.js';
import type { PublicExchangeOptions } from './options.js';
import { createRestClient, type RestAuth, type RestClient } from './rest-client.js';
import { StreamClient } from './stream-client.js';

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 10_000;

/** What every exchange client stands on: one REST client, one stream client, one instrument list, and where news goes. */
export interface ExchangeCore {
  readonly venue: Venue;
  readonly clock: Clock;
  readonly random: Random;
  readonly metrics: Metrics;
  readonly emitter: Emitter;
  readonly rest: RestClient;
  readonly stream: StreamClient;
  /** For connections besides the stream client's. */
  readonly openSocket: OpenSocket;
  readonly stages: StageTimes | undefined;
  readonly reconnect: ReconnectPolicy;
  readonly timeoutMs: number;
  readonly catalog: Catalog;
  /** The venue's clock. */
  readonly time: ClockSync;
  /** Something failed that no caller waits for. */
  report(error: unknown): void;
  /** Well-formed but unknown: counted, never fatal. */
  unknown(what: string): void;
  /** A frame or body that cannot be true. */
  malformed(what: string): void;
  /**
   * Resolves when the symbols named in the options have been found in the instrument list; a wrong one shows early.
   * `undefined` once they have been.
   */
  ready(): Promise<void> | undefined;
  /** @throws {ClosedError} */
  requireOpen(): void;
  closedError(): ClosedError;
  /** Ends everything; `first` runs before the streams and calls are cut. Idempotent. */
  close(first: () => Promise<void>): Promise<void>;
}

/** What a private exchange does otherwise. */
export interface PrivateWiring {
  readonly signer: () => Signer | Promise<Signer>;
  /** Names the account: its budgets are not those of others. */
  readonly account: string;
  readonly commandLifeMs: number;
  readonly plan: ConnectionPlan;
  loadCodec(): Promise<FrameCodec>;
  /** Asked before every connection. */
  streamUrl(base: string): string | Promise<string>;
  /** The venue does not accept the connection's key any more. */
  sessionLost(reason: string): void;
}

export function createExchangeCore(venue: Venue, options: PublicExchangeOptions, wiring?: PrivateWiring): ExchangeCore {
  const runtime = options.runtime ?? createNodeRuntime({ proxy: options.proxy });
  const { clock, random } = runtime;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const base = options.endpoints?.rest ?? venue.hosts.rest;
  const metrics = createMetrics(options.metrics);
  const emitter = createEmitter(() => metrics.count('handlers.failed'));
  let ended: Promise<void> | undefined;
  let checked: Promise<void> | undefined;
  let isChecked = false;

  /** A logger that fails must not change what is logged. */
  const log = (level: 'info' | 'warn', message: string, fields: LogFields): void => {
    try {
      options.logger?.[level](message, { venue: venue.id, ...fields });
    } catch {
      metrics.count('logger.failed');
    }
  };
  const report = (error: unknown): void => {
    metrics.count('errors');
    log('warn', 'error outside of a call', { error: String(error) });
    emitter.emit('error', error);
  };
  const unknown = (what: string): void => {
    metrics.count('unknownMessages');
    emitter.emit('unknownMessage', { what });
  };
  const malformed = (what: string): void => {
    metrics.count('malformedMessages');
    const error = createExchangeError('malformed_response', { message: what, outcome: 'unknown', venue: venue.id });
    emitter.emit('error', error);
  };
  const time = new ClockSync(clock, () => rest.call(venue.market.serverTime, undefined));

  const rest = createRestClient({
    venue,
    base,
    http: runtime.createHttp({ origin: new URL(base).origin, maxBodyBytes: MAX_BODY_BYTES, timeoutMs }),
    clock,
    random,
    retry: { ...venue.policies.retry, ...options.retry },
    timeoutMs,
    limiter: limiterOf(options.runtime ?? options.proxy, new URL(base).host, clock),
    share: options.rateLimit?.share ?? 1,
    metrics,
    drift: unknown,
    ...(wiring === undefined ? {} : { account: wiring.account, auth: createAuth(wiring, time, report) }),
  });
  const catalog = createCatalog({ venue, clock, load: () => loadInstruments(venue.market, rest), report });
  const reconnect = { ...venue.policies.reconnect, ...options.reconnect };
  const { plan } = wiring ?? venue.streams;
  const streamBase = options.endpoints?.ws ?? venue.hosts.ws;
  const frames = metrics.counter('stream.frames');
  const stream = new StreamClient({
    venueId: venue.id,
    url: () => wiring?.streamUrl(streamBase) ?? streamBase,
    plan: { ...plan, compression: options.compression ?? plan.compression },
    policy: reconnect,
    clock,
    random,
    openSocket: runtime.openSocket,
    loadCodec: () => (wiring ?? venue.streams).loadCodec(),
    venueNow: () => time.now(),
    wasClockOff: (zero) => time.wasOff(zero),
    on: {
      status: (status, previous) => {
        log('info', 'stream status', { status, previous });
        // A private exchange is live only when what it may have missed has been merged: it says so itself.
        if (wiring === undefined) emitter.emit('status', { status, previous });
      },
      down: ({ code, reason, error, retryInMs }) => {
        metrics.count('stream.reconnects');
        emitter.emit('reconnect', { code, reason, retryInMs });
        if (error !== undefined) report(error);
      },
      error: report,
      unknown,
      malformed,
      sessionLost: (reason) => wiring?.sessionLost(reason),
      received: options.stages === undefined ? frames : both(frames, options.stages),
    },
  });
  metrics.gauge('stream.sockets', () => stream.sockets);
  metrics.gauge('stream.topics', () => stream.topics);

  function closedError(): ClosedError {
    return new ClosedError({ message: `${venue.name} is closed`, venue: venue.id });
  }

  async function end(first: () => Promise<void>): Promise<void> {
    await first();
    await Promise.all([stream.close(), rest.close()]);
    emitter.clear();
  }

  return {
    venue,
    clock,
    random,
    metrics,
    emitter,
    rest,
    stream,
    openSocket: runtime.openSocket,
    stages: options.stages,
    reconnect,
    timeoutMs,
    catalog,
    time,
    report,
    unknown,
    malformed,
    ready: () => {
      if (isChecked) return undefined;
      // A failure is not kept: the list may be had the next time.
      checked ??= checkSymbols(catalog, options.symbols ?? []).then(
        () => {
          isChecked = true;
        },
        (error: unknown) => {
          checked = undefined;
          throw error;
        },
      );
      return checked;
    },
    requireOpen: () => {
      if (ended !== undefined) throw closedError();
    },
    closedError,
    close: (first) => {
      if (ended !== undefined) return ended;
      // Closed before anything is told so: a handler that closes again gets the same promise.
      let settle: (end: Promise<void>) => void = () => undefined;
      ended = new Promise((resolve) => {
        settle = resolve;
      });
      settle(end(first));
      return ended;
    },
  };
}

function both(frames: () => void, stages: StageTimes): () => void {
  return () => {
    stages.received();
    frames();
  };
}

function createAuth(wiring: PrivateWiring, time: ClockSync, report: (error: unknown) => void): RestAuth {
  return {
    signer: () => (time.isKnown ? wiring.signer() : time.ready().then(wiring.signer)),
    venueNow: () => time.now(),
    commandLifeMs: wiring.commandLifeMs,
    resyncClock: () => time.sync().catch(report),
  };
}

async function checkSymbols(catalog: Catalog, symbols: readonly MarketSymbol[]): Promise<void> {
  await Promise.all(symbols.map((symbol) => catalog.instrument(symbol)));
}
