import type { Channel, Topic } from '../adapter/channel.js';
import type { SymbolMapper } from '../adapter/symbol-mapper.js';
import { type ExchangeError, isExchangeError } from '../errors/exchange-error.js';
import { createExchangeError } from '../errors/kinds.js';
import { CANDLE_INTERVAL_MS, type CandleInterval } from '../model/candle.js';
import type { Instrument } from '../model/instrument.js';
import { type MarketSymbol, parseSymbol } from '../model/symbol.js';
import { BookRegistry } from './book-registry.js';
import { validateCandles } from './candle-paging.js';
import { readOptions, requireHandler } from './check-input.js';
import type { ExchangeCore } from './exchange-core.js';
import type { LiveOrderBook } from './live-order-book.js';
import type { PublicExchange } from './public-exchange.js';
import { type Subscription, SubscriptionCore } from './subscription.js';
import type { TopicListener, TopicSubscription } from './topic.js';

/** Events that a slow iterator of trades or candles may be behind. */
export const RING = 1_024;
/** Pushes come at least this often on a live market; else the topic is subscribed again, ms. */
export const TICKER_SILENCE_MS = 60_000;
const TRADES_SILENCE_MS = 300_000;
const CANDLES_SILENCE_MS = 120_000;

interface MarketWatch
  extends Pick<PublicExchange, 'watchOrderBook' | 'watchBookTicker' | 'watchTrades' | 'watchTicker' | 'watchCandles'> {
  /** The books that are kept now. */
  readonly books: Iterable<Pick<LiveOrderBook, 'symbol' | 'state'>>;
  readonly watchChannel: WatchChannel;
  close(): Promise<void>;
}

interface WatchSettings {
  readonly name: string;
  /** Events kept for a slow iterator; 1 = the newest only. */
  readonly capacity: number;
  readonly silenceMs: number;
}

/** Watches one topic of the venue. @throws {ValidationError | ClosedError} before anything is sent. */
export type WatchChannel = <P extends { readonly symbol: MarketSymbol }, E>(
  channel: Channel<P, E>,
  params: P,
  settings: WatchSettings,
  handler: ((event: E) => unknown) | undefined,
) => Subscription<E>;

/** The stream half of a public exchange. */
export function createMarketWatch(core: ExchangeCore): MarketWatch {
  const { venue, clock, metrics, emitter, catalog, stream, stages } = core;
  const { streams } = venue;
  const subscriptions = new Set<{ close(): Promise<void> }>();
  const books = new BookRegistry(core, (symbol, feed, listener) =>
    subscribeLater(symbol, (mapper) => feed.topic({ symbol }, mapper), Number.POSITIVE_INFINITY, listener),
  );

  /** Subscribes once the instrument list has named the topic; a wrong symbol is a refusal. */
  function subscribeLater(
    symbol: MarketSymbol,
    topicOf: (mapper: SymbolMapper) => Topic,
    silenceMs: number,
    listener: TopicListener,
  ): TopicSubscription {
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
    channel: Channel<P, E>,
    params: P,
    settings: WatchSettings,
    handler: ((event: E) => unknown) | undefined,
  ): Subscription<E> {
    const { symbol } = params;
    core.requireOpen();
    parseSymbol(symbol);
    if (handler !== undefined) requireHandler(handler);
    const subscription = new SubscriptionCore<E>({
      capacity: settings.capacity,
      report: core.report,
      onGap: (dropped) => {
        metrics.count('stream.gaps');
        emitter.emit('gap', { symbol, stream: settings.name, dropped });
      },
      end: async () => {
        subscriptions.delete(subscription);
        await topic.close();
      },
    });
    if (handler !== undefined) subscription.on(handler);
    const emit = (event: E): void => {
      stages?.decoded();
      subscription.push(event);
    };
    let instrument: Instrument;
    const topicOf = (mapper: SymbolMapper): Topic => {
      instrument = mapper.instrument(symbol);
      return channel.topic(params, mapper);
    };
    const topic = subscribeLater(symbol, topicOf, settings.silenceMs, {
      confirmed: () => subscription.confirm(),
      data: (payload, venueTime) => {
        try {
          const receivedAt = clock.now();
          channel.decode(payload, { symbol, params, instrument, receivedAt, venueTime }, emit);
          if (venueTime > 0) metrics.observe('stream.venueLagMs', receivedAt - venueTime);
        } catch (error) {
          metrics.count('malformedMessages');
          core.report(error);
        }
      },
      lost: () => undefined,
      refused: (error) => {
        subscription.finish(error);
        subscriptions.delete(subscription);
        if (error.code !== 'closed') core.report(error);
      },
    });
    subscriptions.add(subscription);
    return subscription;
  }

  return {
    books,
    watchOrderBook(symbol, request = {}) {
      core.requireOpen();
      parseSymbol(symbol);
      return books.watch(symbol, streams.chooseBook(readOptions(request)));
    },
    watchBookTicker: (symbol, handler) =>
      watch(streams.bookTicker, { symbol }, { name: 'bookTicker', capacity: 1, silenceMs: TICKER_SILENCE_MS }, handler),
    watchTrades: (symbol, handler) =>
      watch(streams.trades, { symbol }, { name: 'trades', capacity: RING, silenceMs: TRADES_SILENCE_MS }, handler),
    watchTicker: (symbol, handler) =>
      watch(streams.ticker, { symbol }, { name: 'ticker', capacity: 1, silenceMs: TICKER_SILENCE_MS }, handler),
    watchCandles(symbol, interval, handler) {
      validateCandles(interval, streams.candleIntervals, {});
      const silenceMs = candlesSilenceMs(interval);
      return watch(streams.candles, { symbol, interval }, { name: 'candles', capacity: RING, silenceMs }, handler);
    },
    watchChannel: watch,
    async close() {
      await Promise.all([books.close(), ...[...subscriptions].map((subscription) => subscription.close())]);
    },
  };
}

/** Candles are pushed at least this often, ms. */
export function candlesSilenceMs(interval: CandleInterval): number {
  return Math.max(CANDLES_SILENCE_MS, 2 * CANDLE_INTERVAL_MS[interval]);
}

function asExchangeError(error: unknown, venue: string): ExchangeError {
  if (isExchangeError(error)) return error;
  return createExchangeError('unknown', { message: 'subscribing failed', outcome: 'not_sent', venue, cause: error });
}
