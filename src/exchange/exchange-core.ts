import type { Venue } from '../adapter/venue.js';
import { ClosedError, createExchangeError } from '../errors/kinds.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import { createNodeRuntime } from '../transport/node-runtime.js';
import type { Random } from '../transport/random.js';
import { type Catalog, createCatalog } from './catalog.js';
import { createEmitter, type Emitter } from './exchange-events.js';
import { createMetrics, type Metrics } from './metrics.js';
import type { PublicExchangeOptions } from './options.js';
import { createRestClient, type RestClient } from './rest-client.js';
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
  readonly catalog: Catalog;
  /** Epoch ms by the venue's clock, as far as it is known. */
  venueNow(): number;
  /** Takes over the venue's clock. @param time what it showed, half way between `sentAt` and now; epoch ms. */
  setVenueTime(time: number, sentAt: number): void;
  /** Something failed that no caller waits for. */
  report(error: unknown): void;
  /** A frame or body that cannot be true. */
  malformed(what: string): void;
  /** Resolves when the symbols named in the options have been found in the instrument list; a wrong one shows early. */
  ready(): Promise<void>;
  /** @throws {ClosedError} */
  requireOpen(): void;
  /** Ends everything; `first` runs before the streams and calls are cut. Idempotent. */
  close(first: () => Promise<void>): Promise<void>;
}

export function createExchangeCore(venue: Venue, options: PublicExchangeOptions): ExchangeCore {
  const runtime = options.runtime ?? createNodeRuntime({ proxy: options.proxy });
  const { clock, random } = runtime;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const base = options.endpoints?.rest ?? venue.hosts.rest;
  const metrics = createMetrics(options.metrics);
  const emitter = createEmitter(() => metrics.count('handlers.failed'));
  let clockOffsetMs = 0;
  let ended: Promise<void> | undefined;
  let checked: Promise<void> | undefined;

  const report = (error: unknown): void => {
    metrics.count('errors');
    options.logger?.warn('error outside of a call', { venue: venue.id, error: String(error) });
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
  const venueNow = (): number => clock.now() + clockOffsetMs;

  const rest = createRestClient({
    venue,
    base,
    http: runtime.createHttp({ origin: new URL(base).origin, maxBodyBytes: MAX_BODY_BYTES, timeoutMs }),
    clock,
    random,
    retry: { ...venue.policies.retry, ...options.retry },
    timeoutMs,
    share: options.rateLimit?.share ?? 1,
    metrics,
    drift: unknown,
  });
  const catalog = createCatalog({ venue, clock, load: () => rest.call(venue.market.instruments, undefined) });
  const { plan } = venue.streams;
  const stream = new StreamClient({
    venueId: venue.id,
    url: options.endpoints?.ws ?? venue.hosts.ws,
    plan: { ...plan, compression: options.compression ?? plan.compression },
    policy: { ...venue.policies.reconnect, ...options.reconnect },
    clock,
    random,
    openSocket: runtime.openSocket,
    loadCodec: () => venue.streams.loadCodec(),
    venueNow,
    on: {
      status: (status, previous) => {
        options.logger?.info('stream status', { venue: venue.id, status, previous });
        emitter.emit('status', { status, previous });
      },
      down: ({ code, reason, error, retryInMs }) => {
        metrics.count('stream.reconnects');
        emitter.emit('reconnect', { code, reason, retryInMs });
        if (error !== undefined) report(error);
      },
      error: report,
      unknown,
      malformed,
      received: () => metrics.count('stream.frames'),
    },
  });
  metrics.gauge('stream.sockets', () => stream.sockets);
  metrics.gauge('stream.topics', () => stream.topics);

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
    catalog,
    venueNow,
    setVenueTime: (time, sentAt) => {
      clockOffsetMs = Math.round(time - (sentAt + clock.now()) / 2);
    },
    report,
    malformed,
    ready: () => {
      checked ??= checkSymbols(catalog, options.symbols ?? []);
      return checked;
    },
    requireOpen: () => {
      if (ended !== undefined) throw new ClosedError({ message: `${venue.name} is closed`, venue: venue.id });
    },
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

async function checkSymbols(catalog: Catalog, symbols: readonly MarketSymbol[]): Promise<void> {
  await Promise.all(symbols.map((symbol) => catalog.instrument(symbol)));
}
