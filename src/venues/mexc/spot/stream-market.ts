import { type Channel, defineChannel } from '../../../adapter/channel.js';
import type { CandleStreamParams, MarketStreams, SymbolParams } from '../../../adapter/venue.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { Candle } from '../../../model/candle.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import { intervalName, STREAM_INTERVALS } from '../candle-intervals.js';
import { chooseBookFeed } from './book-feeds.js';
import { decodeBookTicker } from './decode-book-ticker.js';
import { decodeDeals } from './decode-deals.js';
import { decodeKline } from './decode-kline.js';
import { decodeMiniTicker } from './decode-mini-ticker.js';
import { createFrameCodec } from './frame.js';
import { MEXC_SPOT_PLAN } from './plan.js';
import { streamTopic } from './topic.js';
import { loadWire } from './wire.js';

/** Best bid and offer, at most every 100 ms. Source: MEXC spot v3 docs, aggregated book ticker. */
const bookTicker: Channel<SymbolParams, BookTicker> = defineChannel({
  topic: ({ symbol }, { toVenue }) => streamTopic(`spot@public.aggre.bookTicker.v3.api.pb@100ms@${toVenue(symbol)}`),
  decode: (payload, context, emit) => emit(decodeBookTicker(payload, context)),
});

/** Executions, in batches of 100 ms. Source: MEXC spot v3 docs, aggregated trades. */
const trades: Channel<SymbolParams, Trade> = defineChannel({
  topic: ({ symbol }, { toVenue }) => streamTopic(`spot@public.aggre.deals.v3.api.pb@100ms@${toVenue(symbol)}`),
  decode: (payload, { symbol }, emit) => {
    for (const trade of decodeDeals(payload, symbol)) emit(trade);
  },
});

/** Statistics of the last 24 hours, every 3 s. Source: MEXC spot v3 docs, mini ticker, zone `24H`. */
const ticker: Channel<SymbolParams, Ticker> = defineChannel({
  topic: ({ symbol }, { toVenue }) => streamTopic(`spot@public.miniTicker.v3.api.pb@${toVenue(symbol)}@24H`),
  decode: (payload, context, emit) => emit(decodeMiniTicker(payload, context)),
});

/** The open candle, about each second. Source: MEXC spot v3 docs, kline streams. */
const candles: Channel<CandleStreamParams, Candle> = defineChannel({
  topic: ({ symbol, interval }, { toVenue }) =>
    streamTopic(`spot@public.kline.v3.api.pb@${toVenue(symbol)}@${intervalName(STREAM_INTERVALS, interval)}`),
  decode: (payload, { symbol, params }, emit) => emit(decodeKline(payload, symbol, params.interval)),
});

/** MEXC spot's market data streams. */
export const mexcSpotStreams: MarketStreams = {
  bookTicker,
  trades,
  ticker,
  candles,
  candleIntervals: [...STREAM_INTERVALS.keys()],
  chooseBook: chooseBookFeed,
  plan: MEXC_SPOT_PLAN,
  loadCodec: async () => createFrameCodec(await loadWire()),
};
