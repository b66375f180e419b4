import { defineChannel } from '../../../adapter/channel.js';
import type { ConnectionPlan } from '../../../adapter/connection-plan.js';
import { readObject } from '../../../adapter/read.js';
import type { CandleStreamParams, MarketStreams, SymbolParams } from '../../../adapter/venue.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { Candle } from '../../../model/candle.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import { intervalName, STREAM_INTERVALS } from '../candle-intervals.js';
import { MEXC_HEADERS } from '../policies.js';
import { chooseBookFeed } from './book-feeds.js';
import { decodeCandlePush } from './candles.js';
import { dealsOf, decodeDeals } from './deals.js';
import { decodeTop } from './depth.js';
import { createMarketCodec } from './frame.js';
import { loadGunzip } from './gunzip.js';
import { DealsView } from './push-reader.js';
import { decodeTicker } from './ticker.js';
import { candleKey, depthTopic, marketTopic } from './topics.js';

/**
 * The top of a book of five levels, since tickers tell best prices without their quantities and once a second only.
 * Source: MEXC contract API docs, full depth stream.
 */
const bookTicker = defineChannel<SymbolParams, BookTicker>({
  topic: ({ symbol }, { toVenue }) => depthTopic('depth.full', toVenue(symbol), { limit: 5 }),
  decode: (payload, { instrument, receivedAt, venueTime }, emit) => {
    const top = decodeTop(payload, instrument, receivedAt);
    emit(Number.isNaN(venueTime) ? top : { updatedAt: venueTime, ...top });
  },
});

/** Merged by the venue; older servers send one trade instead of a list. Source: MEXC contract API docs, deal stream. */
const trades = defineChannel<SymbolParams, Trade>({
  topic: ({ symbol }, { toVenue }) => marketTopic('deal', toVenue(symbol)),
  decode: (payload, { instrument }, emit) => {
    const deals =
      payload instanceof DealsView
        ? dealsOf(payload, instrument)
        : decodeDeals(Array.isArray(payload) ? payload : [payload], instrument);
    for (const trade of deals) emit(trade);
  },
});

/** Each second. Source: MEXC contract API docs, ticker stream. */
const ticker = defineChannel<SymbolParams, Ticker>({
  topic: ({ symbol }, { toVenue }) => marketTopic('ticker', toVenue(symbol)),
  decode: (payload, { instrument, receivedAt }, emit) =>
    emit(decodeTicker(readObject(payload, 'ticker'), instrument, receivedAt)),
});

/** The open candle, on every change. Source: MEXC contract API docs, kline stream. */
const candles = defineChannel<CandleStreamParams, Candle>({
  topic({ symbol, interval }, { toVenue }) {
    const name = intervalName(STREAM_INTERVALS, interval);
    const market = toVenue(symbol);
    return { ...marketTopic('kline', market, { interval: name }), key: candleKey(name, market) };
  },
  decode: (payload, { instrument, params }, emit) => emit(decodeCandlePush(payload, params.interval, instrument)),
});

/**
 * The venue closes a connection that was not pinged for 60 s. No number of topics and no number of messages are
 * documented, 300 topics were seen to work; both are kept modest. Answers name neither topic nor message, so one is
 * sent after the other. Source: MEXC contract API docs, websocket API.
 */
export const MEXC_FUTURES_PLAN: ConnectionPlan = {
  headers: MEXC_HEADERS,
  maxTopics: 30,
  maxMessagesPerSecond: 20,
  oneAtATime: true,
  heartbeatMs: 15_000,
  idleTimeoutMs: 30_000,
  maxAgeMs: 23.5 * 3_600_000,
  handshakeTimeoutMs: 10_000,
  ackTimeoutMs: 5_000,
  maxPayloadBytes: 4 * 1_048_576,
  compression: false,
  textAsBytes: true,
};

/** MEXC futures' market data streams. */
export const mexcFuturesStreams: MarketStreams = {
  bookTicker,
  trades,
  ticker,
  candles,
  candleIntervals: [...STREAM_INTERVALS.keys()],
  chooseBook: chooseBookFeed,
  plan: MEXC_FUTURES_PLAN,
  loadCodec: async () => createMarketCodec(await loadGunzip(MEXC_FUTURES_PLAN.maxPayloadBytes)),
};
