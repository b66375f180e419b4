import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import {
  type JsonObject,
  malformed,
  readArray,
  readNumber,
  readObject,
  readOptional,
  readPrice,
  readSignedNumber,
  readText,
} from '../../../adapter/read.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Ticker } from '../../../model/ticker.js';
import { readBestSide, readMoment } from './read-wire.js';

/**
 * Reads one row of ticker/bookTicker. Source: MEXC spot v3 docs, symbol order book ticker.
 * @throws {MalformedResponseError} also when the row is of another market.
 */
export function decodeRestBookTicker(body: unknown, symbol: MarketSymbol, context: DecodeContext): BookTicker {
  const row = requireMarket(body, symbol, context);
  const { bidPrice, bidQty, askPrice, askQty } = row;
  const bid = readBestSide(bidPrice, bidQty, 'bookTicker bid');
  const ask = readBestSide(askPrice, askQty, 'bookTicker ask');
  return {
    symbol,
    bidPrice: bid.price,
    bidQuantity: bid.quantity,
    askPrice: ask.price,
    askQuantity: ask.quantity,
    receivedAt: context.receivedAt,
  };
}

/**
 * Reads one row of ticker/24hr. Source: MEXC spot v3 docs, 24hr ticker price change statistics.
 * @throws {MalformedResponseError} also when the row is of another market.
 */
export function decodeRestTicker(body: unknown, symbol: MarketSymbol, context: DecodeContext): Ticker {
  return readTicker(requireMarket(body, symbol, context), symbol, context.receivedAt);
}

/** Reads all rows. Markets that are not listed are left out; rows that cannot be read are left out and reported. */
export function decodeRestTickers(body: unknown, context: DecodeContext): Ticker[] {
  const tickers: Ticker[] = [];
  for (const item of readArray(body, 'ticker/24hr')) {
    try {
      const row = readObject(item, 'ticker');
      const symbol = context.toCanonical(readText(row['symbol'], 'ticker symbol'));
      if (symbol !== undefined) tickers.push(readTicker(row, symbol, context.receivedAt));
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      context.drift(`ticker left out: ${error.message}`);
    }
  }
  return tickers;
}

function readTicker(row: JsonObject, symbol: MarketSymbol, receivedAt: number): Ticker {
  const {
    lastPrice,
    bidPrice,
    askPrice,
    openPrice,
    highPrice,
    lowPrice,
    priceChangePercent,
    volume,
    quoteVolume,
    closeTime,
  } = row;
  return {
    symbol,
    lastPrice: readPrice(lastPrice, 'ticker lastPrice'),
    ...omitUndefined({
      bidPrice: readOptional(bidPrice, 'ticker bidPrice', readNumber) || undefined,
      askPrice: readOptional(askPrice, 'ticker askPrice', readNumber) || undefined,
      openPrice: readOptional(openPrice, 'ticker openPrice', readNumber),
      highPrice: readOptional(highPrice, 'ticker highPrice', readNumber),
      lowPrice: readOptional(lowPrice, 'ticker lowPrice', readNumber),
      // Despite its name the field is a fraction: "0.0040" is +0.40 %.
      changeRatio: readOptional(priceChangePercent, 'ticker priceChangePercent', readSignedNumber),
      baseVolume: readOptional(volume, 'ticker volume', readNumber),
      quoteVolume: readOptional(quoteVolume, 'ticker quoteVolume', readNumber),
      updatedAt: readOptional(closeTime, 'ticker closeTime', readMoment),
    }),
    receivedAt,
  };
}

/** An answer of another market would be taken for this one: the row must name it. */
function requireMarket(body: unknown, symbol: MarketSymbol, { toCanonical }: DecodeContext): JsonObject {
  const row = readObject(body, 'ticker');
  if (toCanonical(readText(row['symbol'], 'ticker symbol')) === symbol) return row;
  throw malformed('ticker symbol', `the market of ${symbol}`, row['symbol']);
}
