import type { BookRequest } from '../adapter/book-feed.js';
import type { Channel, Topic } from '../adapter/channel.js';
import type { Endpoint } from '../adapter/endpoint.js';
import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import type { Venue } from '../adapter/venue.js';
import { type ExchangeError, isExchangeError } from '../errors/exchange-error.js';
import { ClosedError, createExchangeError, ValidationError } from '../errors/kinds.js';
import { CANDLE_INTERVAL_MS } from '../model/candle.js';
import { createHealthReport } from '../model/health.js';
import type { MarketSymbol } from '../model/symbol.js';
import { parseSymbol } from '../model/symbol.js';
import { createNodeRuntime } from '../transport/node-runtime.js';
import { createLiveOrderBook } from './book-keeper.js';
import { collectCandles, requireCount, validateCandles } from './candle-paging.js';
import { createCatalog } from './catalog.js';
import { createEmitter } from './exchange-events.js';
import type { LiveOrderBook } from './live-order-book.js';
import { createMetrics } from './metrics.js';
import { type PublicExchangeOptions, validateOptions } from './options.js';
import type { PublicExchange, RawCall } from './public-exchange.js';
import { createRestClient } from './rest-client.js';
import { StreamClient } from './stream-client.js';
import { type Subscription, SubscriptionCore } from './subscription.js';
import type { TopicListener, TopicSubscription } from './topic.js';

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_COUNT = 100;
const RING = 1_024;

/**
 * Connects to a venue's market data. Nothing is opened until it is needed.
 * @throws {ConfigurationError} naming the option that is wrong.
 */
export function createPublicExchange(venue: Venue, options: PublicExchangeOptions = {}): PublicExchange {
  validateOptions(options);
  const runtime = options.runtime ?? createNodeRuntime({ proxy: options.proxy });
  const { clock, random } = runtime;
  const { market, streams } = venue;
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const base = options.endpoints?.rest ?? venue.hosts.rest;
  const metrics = createMetrics(options.metrics);
  const closing = new AbortController();
  const emitter = createEmitter(() => metrics.count('handlers.failed'));
  const books = new Set<LiveOrderBook>();
  const subscriptions = new Set<{ close(): Promise<void> }>();
  let clockOffsetMs = 0;
  let ended: Promise<void> | undefined;

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
    emitter.emit(
      'error',
      createExchangeError('malformed_response', { message: what, outcome: 'unknown', venue: venue.id }),
    );
  };

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
  const catalog = createCatalog({ venue, clock, load: () => rest.call(market.instruments, undefined) });
  const stream = new StreamClient({
    venueId: venue.id,
    url: options.endpoints?.ws ?? venue.hosts.ws,
    plan: { ...streams.plan, compression: options.compression ?? streams.plan.compression },
    policy: { ...venue.policies.reconnect, ...options.reconnect },
    clock,
    random,
    openSocket: runtime.openSocket,
    loadCodec: () => streams.loadCodec(),
    venueNow: () => clock.now() + clockOffsetMs,
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
  options.signal?.addEventListener('abort', () => void close(), { once: true });
  if (options.signal?.aborted) void close();

  function requireOpen(): void {
    if (ended !== undefined) throw new ClosedError({ message: `${venue.name} is closed`, venue: venue.id });
  }

  let checked: Promise<unknown> | undefined;
  /** Symbols named in the options are looked up with the first call, so that a wrong one shows early. */
  function checkSymbols(): Promise<unknown> {
    checked ??= Promise.all((options.symbols ?? []).map((symbol) => catalog.instrument(symbol)));
    return checked;
  }

  async function call<P, R>(endpoint: Endpoint<P, R>, params: P): Promise<R> {
    requireOpen();
    await checkSymbols();
    return rest.call(endpoint, params);
  }

  async function symbolCall<P extends { readonly symbol: MarketSymbol }, R>(
    endpoint: Endpoint<P, R>,
    params: P,
  ): Promise<R> {
    requireOpen();
    parseSymbol(params.symbol);
    await checkSymbols();
    await catalog.instrument(params.symbol);
    return rest.call(endpoint, params, { mapper: await catalog.mapper() });
  }

  /** Subscribes once the instrument list has named the topic; a wrong symbol is a refusal. */
  function subscribeLater(
    symbol: MarketSymbol,
    topicOf: (mapper: SymbolMapper) => Topic,
    silenceMs: number,
    listener: TopicListener,
  ): TopicSubscription {
    requireOpen();
    parseSymbol(symbol);
    let inner: TopicSubscription | undefined;
    let isOver = false;
    const begin = async (): Promise<void> => {
      await catalog.instrument(symbol);
      const mapper = await catalog.mapper();
      if (!isOver) inner = stream.subscribe(topicOf(mapper), listener, silenceMs);
    };
    begin().catch((error: unknown) => {
      if (isOver) return;
      isOver = true;
      listener.refused(asExchangeError(error, venue.id));
    });
    return {
      resubscribe: () => inner?.resubscribe(),
      close: async () => {
        isOver = true;
        await inner?.close();
      },
    };
  }

  function watch<P extends { readonly symbol: MarketSymbol }, E>(
    name: string,
    channel: Channel<P, E>,
    params: P,
    how: { readonly capacity: number; readonly silenceMs: number },
    handler: ((event: E) => unknown) | undefined,
  ): Subscription<E> {
    const { symbol } = params;
    const core = new SubscriptionCore<E>({
      capacity: how.capacity,
      report,
      onGap: (dropped) => {
        metrics.count('stream.gaps');
        emitter.emit('gap', { symbol, stream: name, dropped });
      },
      end: async () => {
        subscriptions.delete(core);
        await topic.close();
      },
    });
    if (handler !== undefined) core.on(handler);
    const emit = (event: E): void => core.push(event);
    const topic = subscribeLater(symbol, (mapper) => channel.topic(params, mapper), how.silenceMs, {
      confirmed: () => core.confirm(),
      data: (payload, venueTime) => {
        try {
          const receivedAt = clock.now();
          channel.decode(payload, { symbol, params, receivedAt, venueTime }, emit);
          if (venueTime > 0) metrics.observe('stream.venueLagMs', receivedAt - venueTime);
        } catch (error) {
          metrics.count('malformedMessages');
          report(error);
        }
      },
      lost: () => undefined,
      refused: (error) => {
        core.finish(error);
        subscriptions.delete(core);
        if (error.code !== 'closed') report(error);
      },
    });
    subscriptions.add(core);
    return core;
  }

  function watchOrderBook(symbol: MarketSymbol, request: BookRequest = {}): LiveOrderBook {
    requireOpen();
    parseSymbol(symbol);
    const feed = streams.chooseBook(request);
    const book = createLiveOrderBook({
      symbol,
      feed,
      subscribe: (listener) =>
        subscribeLater(symbol, (mapper) => feed.topic({ symbol }, mapper), Number.POSITIVE_INFINITY, listener),
      fetchSnapshot: async (depth, signal) =>
        rest.call(market.orderBook, { symbol, depth }, { mapper: await catalog.mapper(), signal }),
      clock,
      random,
      report,
      on: {
        resync: (reason) => {
          metrics.count('books.resyncs');
          emitter.emit('resync', { symbol, reason });
        },
        malformed,
      },
      signal: closing.signal,
    });
    books.add(book);
    book.on('state', (state) => void (state === 'closed' && books.delete(book)));
    return book;
  }

  async function getServerTime(): Promise<number> {
    const startedAt = clock.now();
    const time = await call(market.serverTime, undefined);
    clockOffsetMs = Math.round(time - (startedAt + clock.now()) / 2);
    return time;
  }

  async function ping(): Promise<number> {
    const startedAt = clock.monotonic();
    await call(market.ping, undefined);
    return clock.monotonic() - startedAt;
  }

  async function request(raw: RawCall): Promise<unknown> {
    requireOpen();
    if (typeof raw?.path !== 'string' || !/^\/[^?#\s]*$/.test(raw.path)) {
      throw new ValidationError({
        field: 'path',
        expected: 'a path below the REST base, without query',
        received: raw?.path,
      });
    }
    const cost = raw.cost ?? Object.fromEntries(Object.keys(venue.limits).map((name) => [name, 1]));
    const endpoint: Endpoint<undefined, unknown> = {
      method: raw.method,
      path: raw.path,
      auth: 'none',
      cost,
      idempotent: raw.method === 'GET',
      encode: () => ({ ...(raw.query && { query: raw.query }), ...(raw.body === undefined ? {} : { body: raw.body }) }),
      decode: (body) => body,
    };
    return rest.call(endpoint, undefined, raw.signal === undefined ? {} : { signal: raw.signal });
  }

  async function health() {
    const checks = [
      {
        name: 'stream',
        status: stream.status === 'degraded' || stream.status === 'closed' ? ('degraded' as const) : ('ok' as const),
        detail: stream.status,
      },
    ];
    const restCheck = await ping().then(
      (ms) => ({ name: 'rest', status: 'ok' as const, detail: `${Math.round(ms)} ms` }),
      (error: unknown) => ({
        name: 'rest',
        status: 'down' as const,
        detail: isExchangeError(error) ? error.code : 'error',
      }),
    );
    const bookChecks = [...books].map((book) => ({
      name: `book ${book.symbol}`,
      status: book.state === 'live' ? ('ok' as const) : ('degraded' as const),
      detail: book.state,
    }));
    return createHealthReport(venue.id, [restCheck, ...checks, ...bookChecks], clock.now());
  }

  function close(): Promise<void> {
    ended ??= (async () => {
      closing.abort();
      await Promise.all([...subscriptions].map((subscription) => subscription.close()));
      await Promise.all([stream.close(), rest.close()]);
      emitter.clear();
    })();
    return ended;
  }

  return {
    venue: venue.id,
    ping,
    getServerTime,
    getInstruments: async (o) => {
      requireOpen();
      return catalog.instruments(o?.refresh);
    },
    getInstrument: async (symbol) => {
      requireOpen();
      return catalog.instrument(symbol);
    },
    getOrderBook: async (symbol, { depth = Math.min(DEFAULT_COUNT, market.maxOrderBookDepth) } = {}) => {
      requireCount('depth', depth, market.maxOrderBookDepth);
      const book = await symbolCall(market.orderBook, { symbol, depth });
      return { ...book, bids: book.bids.slice(0, depth), asks: book.asks.slice(0, depth) };
    },
    getBookTicker: (symbol) => symbolCall(market.bookTicker, { symbol }),
    getTicker: (symbol) => symbolCall(market.ticker, { symbol }),
    getTickers: async (symbols) => {
      requireOpen();
      await Promise.all((symbols ?? []).map((symbol) => catalog.instrument(symbol)));
      const tickers = await rest.call(market.tickers, undefined, { mapper: await catalog.mapper() });
      const all = new Map(tickers.map((ticker) => [ticker.symbol, ticker]));
      return symbols === undefined
        ? all
        : new Map(
            symbols.flatMap((symbol) => {
              const ticker = all.get(symbol);
              return ticker === undefined ? [] : [[symbol, ticker] as const];
            }),
          );
    },
    getRecentTrades: async (symbol, { limit = Math.min(DEFAULT_COUNT, market.maxRecentTrades) } = {}) => {
      requireCount('limit', limit, market.maxRecentTrades);
      return (await symbolCall(market.recentTrades, { symbol, limit })).slice(-limit);
    },
    getCandles: async (symbol, interval, o = {}) => {
      validateCandles(interval, market.candleIntervals, o);
      return collectCandles(
        (params) => symbolCall(market.candles, params),
        symbol,
        interval,
        o,
        clock.now() + clockOffsetMs,
        market.maxCandles,
      );
    },
    watchOrderBook,
    watchBookTicker: (symbol, handler) =>
      watch('bookTicker', streams.bookTicker, { symbol }, { capacity: 1, silenceMs: 60_000 }, handler),
    watchTrades: (symbol, handler) =>
      watch('trades', streams.trades, { symbol }, { capacity: RING, silenceMs: 300_000 }, handler),
    watchTicker: (symbol, handler) =>
      watch('ticker', streams.ticker, { symbol }, { capacity: 1, silenceMs: 60_000 }, handler),
    watchCandles: (symbol, interval, handler) => {
      validateCandles(interval, streams.candleIntervals, {});
      const silenceMs = Math.max(120_000, 2 * CANDLE_INTERVAL_MS[interval]);
      return watch('candles', streams.candles, { symbol, interval }, { capacity: RING, silenceMs }, handler);
    },
    get status() {
      return stream.status;
    },
    on: emitter.on,
    request,
    metrics: metrics.snapshot,
    health,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function asExchangeError(error: unknown, venue: string): ExchangeError {
  if (isExchangeError(error)) return error;
  return createExchangeError('unknown', { message: 'subscribing failed', outcome: 'not_sent', venue, cause: error });
}
