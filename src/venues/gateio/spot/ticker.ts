import { type JsonObject, readNumber, readOptional } from '../../../adapter/read.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Ticker } from '../../../model/ticker.js';
import { readBest, readPercent, readSides } from '../ticker-fields.js';

interface Origin {
  readonly symbol: MarketSymbol;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
  /** Epoch ms by the venue's clock; `NaN` or absent where it says none. The row itself has no time. */
  readonly venueTime?: number;
}

/**
 * Reads a 24 h ticker; the endpoint and the channel send the same fields. There is no opening price.
 * Source: Gate API v4 docs, tickers; Gate spot WebSocket v4 docs, tickers channel.
 * @throws {MalformedResponseError} when the last price is missing or a field is not a number.
 */
export function decodeTicker(row: JsonObject, { symbol, receivedAt, venueTime }: Origin): Ticker {
  const { last, highest_bid, lowest_ask, high_24h, low_24h, change_percentage, base_volume, quote_volume } = row;
  const bidPrice = readBest(highest_bid, 'ticker highest_bid');
  const askPrice = readBest(lowest_ask, 'ticker lowest_ask');
  const highPrice = readOptional(high_24h, 'ticker high_24h', readNumber);
  const lowPrice = readOptional(low_24h, 'ticker low_24h', readNumber);
  const changeRatio = readOptional(change_percentage, 'ticker change_percentage', readPercent);
  const baseVolume = readOptional(base_volume, 'ticker base_volume', readNumber);
  const quoteVolume = readOptional(quote_volume, 'ticker quote_volume', readNumber);
  return {
    symbol,
    lastPrice: readNumber(last, 'ticker last'),
    ...(bidPrice === undefined ? {} : { bidPrice }),
    ...(askPrice === undefined ? {} : { askPrice }),
    ...(highPrice === undefined ? {} : { highPrice }),
    ...(lowPrice === undefined ? {} : { lowPrice }),
    ...(changeRatio === undefined ? {} : { changeRatio }),
    ...(baseVolume === undefined ? {} : { baseVolume }),
    ...(quoteVolume === undefined ? {} : { quoteVolume }),
    ...(venueTime === undefined || Number.isNaN(venueTime) ? {} : { updatedAt: venueTime }),
    receivedAt,
  };
}

/**
 * Reads the best prices out of the ticker of ONE pair; only then are their sizes sent. No time, no book number.
 * Source: Gate API v4 docs, tickers.
 * @throws {MalformedResponseError} when a price comes without its size, or a field is missing.
 */
export function decodeTickerSides(row: JsonObject, { symbol, receivedAt }: Origin): BookTicker {
  const { highest_bid, highest_size, lowest_ask, lowest_size } = row;
  return { ...readSides([highest_bid, highest_size, lowest_ask, lowest_size], 'ticker'), symbol, receivedAt };
}
