import { type Channel, type ChannelContext, defineChannel, type Topic } from '../../../adapter/channel.js';
import type { ConnectionPlan } from '../../../adapter/connection-plan.js';
import { type JsonObject, readArray, readObject } from '../../../adapter/read.js';
import type { CandleStreamParams, MarketStreams, SymbolParams } from '../../../adapter/venue.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { Candle } from '../../../model/candle.js';
import type { Ticker } from '../../../model/ticker.js';
import type { Trade } from '../../../model/trade.js';
import { CONNECTION_PLAN } from '../connection-plan.js';
import { createGateioCodec } from '../frame.js';
import { TradesView } from '../push-views.js';
import { toVenueInterval } from '../venue-interval.js';
import { chooseFuturesBook } from './book-feeds.js';
import { type CandlePrice, decodeCandle, FUTURES_INTERVALS, seriesOf } from './candle.js';
import { CHANNEL, FUTURES_WIRE } from './routes.js';
import { decodeBookTicker, decodeTicker } from './ticker.js';
import { decodeTrade, tradesOf } from './trade.js';

/** Asks for sizes as decimal texts: without it, fractions of contracts are cut. Source: Gate API v4 docs, futures. */
export const SIZE_HEADER: Readonly<Record<string, string>> = { 'x-gate-size-decimal': '1' };

/** As on spot, but with decimal sizes. Source: Gate futures WebSocket v4 docs. */
export const FUTURES_PLAN: ConnectionPlan = { ...CONNECTION_PLAN, headers: SIZE_HEADER };

/**
 * A channel whose pushes are lists of rows of one contract; all are read before any is handed out.
 * Source: Gate futures WebSocket v4 docs.
 */
export function rowChannel<P extends SymbolParams, E>(
  topic: Channel<P, E>['topic'],
  decode: (row: JsonObject, context: ChannelContext<P>) => E,
): Channel<P, E> {
  return defineChannel<P, E>({
    topic,
    decode: (payload, context, emit) =>
      readArray(payload, 'rows')
        .map((row) => decode(readObject(row, 'row'), context))
        .forEach((event) => {
          emit(event);
        }),
  });
}

/** The topic of a channel that is asked for by contract. */
export function contractTopic(channel: string): Channel<SymbolParams, never>['topic'] {
  return ({ symbol }, { toVenue }): Topic => {
    const contract = toVenue(symbol);
    return { channel, key: contract, args: [contract] };
  };
}

/** Each push may hold the closing candle and the new one. Source: Gate futures WebSocket v4 docs, candlesticks. */
export function candleChannel(price: CandlePrice): Channel<CandleStreamParams, Candle> {
  return rowChannel<CandleStreamParams, Candle>(
    ({ symbol, interval }, { toVenue }) => {
      const series = seriesOf(toVenue(symbol), price);
      const name = toVenueInterval(interval, FUTURES_INTERVALS);
      return { channel: CHANNEL.candles, key: `${name}_${series}`, args: [name, series] };
    },
    (row, { instrument, params }) => decodeCandle(row, { instrument, interval: params.interval, price }),
  );
}

/** Best bid and offer on every change. Source: Gate futures WebSocket v4 docs, best bid and ask. */
const bookTicker = defineChannel<SymbolParams, BookTicker>({
  topic: contractTopic(CHANNEL.bookTicker),
  decode: (payload, context, emit) => emit(decodeBookTicker(payload, context)),
});

/** Source: Gate futures WebSocket v4 docs, trades. */
const tradeRows = rowChannel<SymbolParams, Trade>(contractTopic(CHANNEL.trades), (row, { instrument }) =>
  decodeTrade(row, instrument),
);

/** As its rows, or as what {@link TradesView} holds of them. */
const trades: Channel<SymbolParams, Trade> = {
  ...tradeRows,
  decode(payload, context, emit) {
    if (!(payload instanceof TradesView)) return tradeRows.decode(payload, context, emit);
    for (const trade of tradesOf(payload, context.instrument)) emit(trade);
  },
};

/** Source: Gate futures WebSocket v4 docs, tickers. */
const ticker = rowChannel<SymbolParams, Ticker>(contractTopic(CHANNEL.tickers), decodeTicker);

/** The market data streams of Gate.io futures; a socket serves contracts of one settle currency. */
export const gateioFuturesStreams: MarketStreams = {
  bookTicker,
  trades,
  ticker,
  candles: candleChannel('last'),
  candleIntervals: FUTURES_INTERVALS,
  chooseBook: chooseFuturesBook,
  plan: FUTURES_PLAN,
  loadCodec: () => Promise.resolve(createGateioCodec(FUTURES_WIRE)),
};
