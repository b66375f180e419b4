import {
  type JsonObject,
  malformed,
  readNumber,
  readOptional,
  readPrice,
  readSignedNumber,
} from '../../../adapter/read.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Ticker } from '../../../model/ticker.js';

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
  const bidPrice = readSide(highest_bid, 'ticker highest_bid');
  const askPrice = readSide(lowest_ask, 'ticker lowest_ask');
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

/**
 * Bid price, bid size, ask price, ask size; an empty text as the price means that the side has no orders.
 * @throws {MalformedResponseError} when one is missing, or a price is not above zero.
 */
export function readSides(
  [bid, bidSize, ask, askSize]: readonly [unknown, unknown, unknown, unknown],
  where: string,
): Pick<BookTicker, 'bidPrice' | 'bidQuantity' | 'askPrice' | 'askQuantity'> {
  return {
    bidPrice: bid === '' ? undefined : readPrice(bid, `${where} bid price`),
    bidQuantity: bid === '' ? 0 : readNumber(bidSize, `${where} bid size`),
    askPrice: ask === '' ? undefined : readPrice(ask, `${where} ask price`),
    askQuantity: ask === '' ? 0 : readNumber(askSize, `${where} ask size`),
  };
}

function readSide(value: unknown, where: string): number | undefined {
  const price = readOptional(value, where, readNumber);
  return price === 0 ? undefined : price;
}

/** Percent to fraction by moving the point, which keeps the nearest double: `'1.62'` → 0.0162. */
function readPercent(value: unknown, where: string): number {
  readSignedNumber(value, where);
  const ratio = Number(`${value}e-2`);
  if (Number.isFinite(ratio)) return ratio;
  throw malformed(where, 'a percentage', value);
}
