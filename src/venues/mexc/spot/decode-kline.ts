import { malformed, readNumber, readObject, readPrice } from '../../../adapter/read.js';
import type { Candle, CandleInterval } from '../../../model/candle.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { STREAM_INTERVALS } from '../candle-intervals.js';
import { readInt64, readMoment } from './read-wire.js';

/**
 * Reads a `publicSpotKline` body. Times in it are seconds. It does not say whether the candle is closed: it is once a
 * later one comes. Source: MEXC spot v3 docs, kline streams.
 * @throws {MalformedResponseError} also when the candle is of another interval than the one asked for.
 */
export function decodeKline(payload: unknown, symbol: MarketSymbol, interval: CandleInterval): Candle {
  const body = readObject(payload, 'kline');
  const { interval: sent, windowStart, openingPrice, closingPrice, highestPrice, lowestPrice, volume, amount } = body;
  const wanted = STREAM_INTERVALS.get(interval);
  if (wanted === undefined || sent !== wanted) throw malformed('kline interval', `${wanted}`, sent);
  const high = readPrice(highestPrice, 'kline highestPrice');
  const low = readPrice(lowestPrice, 'kline lowestPrice');
  if (low > high) throw malformed('kline lowestPrice', 'highestPrice or below', lowestPrice);
  return {
    symbol,
    interval,
    openedAt: readInt64(readMoment(windowStart, 'kline windowStart') * 1_000, 'kline windowStart'),
    open: readPrice(openingPrice, 'kline openingPrice'),
    high,
    low,
    close: readPrice(closingPrice, 'kline closingPrice'),
    baseVolume: readNumber(volume, 'kline volume'),
    quoteVolume: readNumber(amount, 'kline amount'),
  };
}
