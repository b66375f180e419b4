import { malformed, readArray, readNumber, readObject, readPrice } from '../../../adapter/read.js';
import type { Candle, CandleInterval } from '../../../model/candle.js';
import type { MarketSymbol } from '../../../model/symbol.js';
import { readSeconds } from '../times.js';

interface Origin {
  readonly symbol: MarketSymbol;
  readonly interval: CandleInterval;
}

/**
 * Reads a row of the endpoint: time, QUOTE volume, close, high, low, open, BASE volume, closed.
 * Source: Gate API v4 docs, market candlesticks.
 * @throws {MalformedResponseError} when a value is missing or impossible.
 */
export function decodeCandleRow(row: unknown, origin: Origin): Candle {
  const [time, quoteVolume, close, high, low, open, baseVolume, closed] = readArray(row, 'candle');
  return readCandle({ time, open, high, low, close, baseVolume, quoteVolume, closed }, origin);
}

/**
 * Reads a push of the channel: `v` is QUOTE volume, `a` BASE amount, `w` whether the window has closed.
 * Source: Gate spot WebSocket v4 docs, candlesticks channel.
 * @throws {MalformedResponseError} when a value is missing or impossible.
 */
export function decodeCandlePush(payload: unknown, origin: Origin): Candle {
  const { t, o, h, l, c, a, v, w } = readObject(payload, 'candle');
  return readCandle({ time: t, open: o, high: h, low: l, close: c, baseVolume: a, quoteVolume: v, closed: w }, origin);
}

type Parts = Record<'time' | 'open' | 'high' | 'low' | 'close' | 'baseVolume' | 'quoteVolume' | 'closed', unknown>;

function readCandle(parts: Parts, { symbol, interval }: Origin): Candle {
  const closed = readFlag(parts.closed);
  return {
    symbol,
    interval,
    openedAt: readSeconds(parts.time, 'candle time'),
    open: readPrice(parts.open, 'candle open'),
    high: readPrice(parts.high, 'candle high'),
    low: readPrice(parts.low, 'candle low'),
    close: readPrice(parts.close, 'candle close'),
    baseVolume: readNumber(parts.baseVolume, 'candle base volume'),
    quoteVolume: readNumber(parts.quoteVolume, 'candle quote volume'),
    ...(closed === undefined ? {} : { closed }),
  };
}

function readFlag(value: unknown): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw malformed('candle closed', 'true or false, or their texts', value);
}
