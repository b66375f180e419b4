import { malformed, readArray, readNumber, readObject, readPrice } from '../../../adapter/read.js';
import type { CandlesParams } from '../../../adapter/venue.js';
import type { Candle, CandleInterval } from '../../../model/candle.js';
import { createContractScale } from '../../../model/contracts.js';
import type { Instrument } from '../../../model/instrument.js';
import { STREAM_INTERVALS } from '../candle-intervals.js';
import { readSeconds, termsOf } from './read-numbers.js';

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'vol', 'amount'] as const;
/** Candles of mark and index prices have no trades. */
const PRICE_COLUMNS = COLUMNS.slice(0, 5);

/** The seven values of a candle as the venue sends them. */
type Values = readonly unknown[];

/**
 * Reads candles, oldest first, and only those opened within `from` to `to`; without these the newest `limit`. They come
 * as one list for each field. `open` may be the close before; the `real…` lists are not read. Source: MEXC contract API
 * docs, kline.
 * @throws {MalformedResponseError} also when the lists are not equally long.
 */
export function decodeCandles(data: unknown, params: CandlesParams, instrument: Instrument, ofTrades = true): Candle[] {
  const { from, to, limit, interval } = params;
  const columns = readColumns(data, ofTrades ? COLUMNS : PRICE_COLUMNS);
  const candles = (columns[0] ?? []).map((_, at) => {
    const values = columns.map((column) => column[at]);
    return readCandle(ofTrades ? values : [...values, 0, 0], interval, instrument);
  });
  candles.sort((a, b) => a.openedAt - b.openedAt);
  const wanted = candles.filter(
    ({ openedAt }) => (from === undefined || openedAt >= from) && (to === undefined || openedAt <= to),
  );
  return from === undefined ? wanted.slice(-limit) : wanted.slice(0, limit);
}

/**
 * Reads a push of `kline`. It does not say whether the candle is closed: it is once a later one comes.
 * Source: MEXC contract API docs, kline stream.
 * @throws {MalformedResponseError} also when the candle is of another interval than the one asked for.
 */
export function decodeCandlePush(payload: unknown, interval: CandleInterval, instrument: Instrument): Candle {
  const { interval: sent, t, o, h, l, c, q, a } = readObject(payload, 'kline');
  if (sent !== STREAM_INTERVALS.get(interval)) throw malformed('kline interval', `that of ${interval}`, sent);
  return readCandle([t, o, h, l, c, q, a], interval, instrument);
}

function readColumns(data: unknown, names: readonly string[]): (readonly unknown[])[] {
  const fields = readObject(data, 'kline');
  const columns = names.map((name) => readArray(fields[name], `kline ${name}`));
  const uneven = columns.find(({ length }) => length !== columns[0]?.length);
  if (uneven !== undefined) throw malformed('kline', 'lists of one length', uneven);
  return columns;
}

/** Contracts of inverse markets are base asset at the close, and quote asset exactly. */
function readCandle([time, o, h, l, c, vol, amount]: Values, interval: CandleInterval, instrument: Instrument): Candle {
  const terms = termsOf(instrument);
  const high = readPrice(h, 'kline high');
  const low = readPrice(l, 'kline low');
  if (low > high) throw malformed('kline low', 'high or below', l);
  const close = readPrice(c, 'kline close');
  const contracts = readNumber(vol, 'kline vol');
  return {
    symbol: instrument.symbol,
    interval,
    openedAt: readSeconds(time, 'kline time'),
    open: readPrice(o, 'kline open'),
    high,
    low,
    close,
    baseVolume: createContractScale(terms)(contracts, close),
    quoteVolume: terms.kind === 'inverse' ? contracts * Number(terms.size) : readNumber(amount, 'kline amount'),
  };
}
