import { defineChannel } from '../../../adapter/channel.js';
import type { FundingStreams } from '../../../adapter/funding-venue.js';
import { readObject } from '../../../adapter/read.js';
import type { SymbolParams } from '../../../adapter/venue.js';
import type { FundingRate, IndexPrice, MarkPrice } from '../../../model/funding.js';
import { decodeFundingPush, decodeIndexPrice, decodeMarkPrice } from './funding.js';
import { marketTopic } from './topics.js';

/** Source: MEXC contract API docs, funding rate stream. */
const rate = defineChannel<SymbolParams, FundingRate>({
  topic: ({ symbol }, { toVenue }) => marketTopic('funding.rate', toVenue(symbol)),
  decode: (payload, context, emit) => emit(decodeFundingPush(payload, context.venueTime, context)),
});

/** On every change. Source: MEXC contract API docs, fair price stream. */
const markPrice = defineChannel<SymbolParams, MarkPrice>({
  topic: ({ symbol }, { toVenue }) => marketTopic('fair.price', toVenue(symbol)),
  decode: (payload, context, emit) =>
    emit(decodeMarkPrice(readObject(payload, 'fair.price')['price'], context.venueTime, context)),
});

/** On every change. Source: MEXC contract API docs, index price stream. */
const indexPrice = defineChannel<SymbolParams, IndexPrice>({
  topic: ({ symbol }, { toVenue }) => marketTopic('index.price', toVenue(symbol)),
  decode: (payload, context, emit) =>
    emit(decodeIndexPrice(readObject(payload, 'index.price')['price'], context.venueTime, context)),
});

/** There are no streams of liquidations, nor of candles of mark and index prices. */
export const mexcFuturesFundingStreams: FundingStreams = { rate, markPrice, indexPrice };
