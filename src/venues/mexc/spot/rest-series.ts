import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import {
  malformed,
  readArray,
  readId,
  readInteger,
  readNumber,
  readObject,
  readOptional,
  readPrice,
} from '../../../adapter/read.js';
import type { CandlesParams } from '../../../adapter/venue.js';
import type { Candle } from '../../../model/candle.js';
import type { Level, OrderBookSnapshot } from '../../../model/order-book.js';
import type { Side } from '../../../model/side.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import type { Trade } from '../../../model/trade.js';
import { readMoment } from './read-wire.js';

/** Reads depth. Source: MEXC spot v3 docs, order book. @throws {MalformedResponseError} also for prices out of order. */
export function decodeDepth(body: unknown, symbol: MarketSymbol, receivedAt: number): OrderBookSnapshot {
  const { lastUpdateId, bids, asks, timestamp } = readObject(body, 'depth');
  const sequence = readInteger(lastUpdateId, 'depth lastUpdateId');
  if (sequence < 0) throw malformed('depth lastUpdateId', 'an id that is not negative', lastUpdateId);
  return {
    symbol,
    bids: readLevels(bids, 'depth bids', -1),
    asks: readLevels(asks, 'depth asks', 1),
    sequence,
    ...omitUndefined({ updatedAt: readOptional(timestamp, 'depth timestamp', readMoment) }),
    receivedAt,
  };
}

/**
 * Reads trades, oldest first. Ids are null on this call. Source: MEXC spot v3 docs, recent trades list.
 * The docs do not state the order; the newest have been seen first.
 */
export function decodeTrades(body: unknown, symbol: MarketSymbol, drift: DecodeContext['drift']): Trade[] {
  const trades = readArray(body, 'trades').map((row) => readTrade(row, symbol, drift));
  const first = trades[0];
  const last = trades[trades.length - 1];
  if (first !== undefined && last !== undefined && first.matchedAt >= last.matchedAt) trades.reverse();
  return trades.sort((a, b) => a.matchedAt - b.matchedAt);
}

/**
 * Reads klines, oldest first, and only those opened within `from` to `to`. Source: MEXC spot v3 docs, kline data.
 * A candle is known to be closed when a later one was sent beside it.
 */
export function decodeKlines(body: unknown, { symbol, interval, from, to }: CandlesParams): Candle[] {
  const candles = readArray(body, 'klines')
    .map((row) => readKline(row, symbol, interval))
    .sort((a, b) => a.openedAt - b.openedAt);
  return candles
    .map((candle, at) => (at < candles.length - 1 ? { ...candle, closed: true } : candle))
    .filter(({ openedAt }) => (from === undefined || openedAt >= from) && (to === undefined || openedAt <= to));
}

function readLevels(value: unknown, where: string, direction: 1 | -1): Level[] {
  const levels: Level[] = [];
  let previous: number | undefined;
  for (const row of readArray(value, where)) {
    const pair = readArray(row, `${where} level`);
    const price = readPrice(pair[0], `${where} price`);
    const quantity = readNumber(pair[1], `${where} quantity`);
    if (previous !== undefined && (price - previous) * direction <= 0)
      throw malformed(where, 'prices from the best on', row);
    previous = price;
    if (quantity > 0) levels.push({ price, quantity });
  }
  return levels;
}

function readTrade(row: unknown, symbol: MarketSymbol, drift: DecodeContext['drift']): Trade {
  const { id, price, qty, time, isBuyerMaker, tradeType } = readObject(row, 'trade');
  return {
    symbol,
    ...omitUndefined({ id: readOptional(id, 'trade id', readId) }),
    price: readPrice(price, 'trade price'),
    quantity: readPrice(qty, 'trade qty'),
    takerSide: readTakerSide(isBuyerMaker, tradeType, drift),
    matchedAt: readMoment(time, 'trade time'),
  };
}

/** `isBuyerMaker` is documented and wins; `tradeType` is not, and serves where the other is missing. */
function readTakerSide(isBuyerMaker: unknown, tradeType: unknown, drift: DecodeContext['drift']): Side {
  const named = tradeType === 'BID' ? 'buy' : tradeType === 'ASK' ? 'sell' : undefined;
  if (typeof isBuyerMaker !== 'boolean') {
    if (named !== undefined) return named;
    throw malformed('trade isBuyerMaker', 'true or false', isBuyerMaker);
  }
  const side = isBuyerMaker ? 'sell' : 'buy';
  if (named !== undefined && named !== side) drift('trade: tradeType and isBuyerMaker disagree');
  return side;
}

function readKline(row: unknown, symbol: MarketSymbol, interval: Candle['interval']): Candle {
  const [openTime, open, high, low, close, baseVolume, , quoteVolume] = readArray(row, 'kline');
  const highPrice = readPrice(high, 'kline high');
  const lowPrice = readPrice(low, 'kline low');
  if (lowPrice > highPrice) throw malformed('kline low', 'high or below', low);
  return {
    symbol,
    interval,
    openedAt: readMoment(openTime, 'kline open time'),
    open: readPrice(open, 'kline open'),
    high: highPrice,
    low: lowPrice,
    close: readPrice(close, 'kline close'),
    baseVolume: readNumber(baseVolume, 'kline base volume'),
    quoteVolume: readNumber(quoteVolume, 'kline quote volume'),
  };
}
