import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import {
  readArray,
  readNumber,
  readObject,
  readOptional,
  readPrice,
  readSignedNumber,
  readText,
} from '../../../adapter/read.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import type { Ticker } from '../../../model/ticker.js';
import { type PushContext, updatedAt } from './push-context.js';

/**
 * Reads a `publicMiniTicker` body. In it `volume` is quote turnover, `quantity` base volume, and `zonedRate` the change
 * in the zone that was subscribed (`rate` is always that of the UTC+8 day). Source: MEXC spot v3 docs, mini ticker.
 * @throws {MalformedResponseError}
 */
export function decodeMiniTicker(payload: unknown, context: PushContext): Ticker {
  const { price, zonedRate, high, low, volume, quantity } = readObject(payload, 'miniTicker');
  return {
    symbol: context.symbol,
    lastPrice: readPrice(price, 'miniTicker price'),
    ...omitUndefined({
      highPrice: readOptional(high, 'miniTicker high', readNumber),
      lowPrice: readOptional(low, 'miniTicker low', readNumber),
      changeRatio: readOptional(zonedRate, 'miniTicker zonedRate', readSignedNumber),
      baseVolume: readOptional(quantity, 'miniTicker quantity', readNumber),
      quoteVolume: readOptional(volume, 'miniTicker volume', readNumber),
    }),
    ...updatedAt(context.venueTime),
    receivedAt: context.receivedAt,
  };
}

/**
 * Reads a `publicMiniTickers` body: all markets. Those that are not in the instrument list are left out; rows that
 * cannot be read are left out and reported as drift. Source: MEXC spot v3 docs, mini tickers.
 * @throws {MalformedResponseError} when the list itself cannot be read.
 */
export function decodeMiniTickers(payload: unknown, context: DecodeContext & { readonly venueTime: number }): Ticker[] {
  const { receivedAt, venueTime } = context;
  const tickers: Ticker[] = [];
  for (const item of readArray(readObject(payload, 'miniTickers')['items'], 'miniTickers items')) {
    try {
      const symbol = context.toCanonical(
        readText(readObject(item, 'miniTickers item')['symbol'], 'miniTickers symbol'),
      );
      if (symbol !== undefined) tickers.push(decodeMiniTicker(item, { symbol, receivedAt, venueTime }));
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      context.drift(error.message);
    }
  }
  return tickers;
}
