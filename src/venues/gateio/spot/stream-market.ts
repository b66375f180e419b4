import { defineChannel } from '../../../adapter/channel.js';
import { readObject } from '../../../adapter/read.js';
import type { CandleStreamParams, MarketStreams, SymbolParams } from '../../../adapter/venue.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { Candle } from '../../../model/candle.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import { CONNECTION_PLAN } from '../connection-plan.js';
import { createGateioCodec } from '../frame.js';
import { TickerView } from '../push-views.js';
import { readSequence } from '../read-sequence.js';
import { readSides } from '../ticker-fields.js';
import { readMilliseconds } from '../times.js';
import { toVenueInterval } from '../venue-interval.js';
import { chooseSpotBook } from './book-feeds.js';
import { decodeCandlePush } from './candle.js';
import { STREAM_INTERVALS } from './intervals.js';
import { SPOT_WIRE } from './routes.js';
import { decodeTicker } from './ticker.js';
import { decodeTrade } from './trade.js';

/** Best bid and offer on every change. Source: Gate spot WebSocket v4 docs, best bid or ask price. */
const bookTicker = defineChannel<SymbolParams, BookTicker>({
  topic: ({ symbol }, { toVenue }) => pairTopic('spot.book_ticker', toVenue(symbol)),
  decode(payload, { symbol, receivedAt }, emit) {
    if (payload instanceof TickerView) {
      const { bidPrice, bidQuantity, askPrice, askQuantity, sequence, updatedAt } = payload;
      return emit({ symbol, bidPrice, bidQuantity, askPrice, askQuantity, sequence, updatedAt, receivedAt });
    }
    const { t, u, b, B, a, A } = readObject(payload, 'book ticker');
    emit({
      symbol,
      ...readSides([b, B, a, A], 'book ticker'),
      sequence: readSequence(u, 'book ticker u'),
      updatedAt: readMilliseconds(t, 'book ticker t'),
      receivedAt,
    });
  },
});

/** One trade per push. Source: Gate spot WebSocket v4 docs, public trades channel. */
const trades = defineChannel<SymbolParams, Trade>({
  topic: ({ symbol }, { toVenue }) => pairTopic('spot.trades', toVenue(symbol)),
  decode: (payload, { symbol }, emit) => emit(decodeTrade(payload, symbol)),
});

/** Each second; its time is that of the envelope. Source: Gate spot WebSocket v4 docs, tickers channel. */
const ticker = defineChannel<SymbolParams, Ticker>({
  topic: ({ symbol }, { toVenue }) => pairTopic('spot.tickers', toVenue(symbol)),
  decode: (payload, origin, emit) => emit(decodeTicker(readObject(payload, 'ticker'), origin)),
});

/** Each two seconds while trading. Source: Gate spot WebSocket v4 docs, candlesticks channel. */
const candles = defineChannel<CandleStreamParams, Candle>({
  topic({ symbol, interval }, { toVenue }) {
    const pair = toVenue(symbol);
    const venueInterval = toVenueInterval(interval, STREAM_INTERVALS);
    return { channel: 'spot.candlesticks', key: `${venueInterval}_${pair}`, args: [venueInterval, pair] };
  },
  decode: (payload, { symbol, params }, emit) => emit(decodeCandlePush(payload, { symbol, interval: params.interval })),
});

function pairTopic(channel: string, pair: string): { channel: string; key: string; args: readonly string[] } {
  return { channel, key: pair, args: [pair] };
}

/** The market data streams of Gate.io spot. */
export const gateioSpotStreams: MarketStreams = {
  bookTicker,
  trades,
  ticker,
  candles,
  candleIntervals: STREAM_INTERVALS,
  chooseBook: chooseSpotBook,
  plan: CONNECTION_PLAN,
  loadCodec: () => Promise.resolve(createGateioCodec(SPOT_WIRE)),
};
