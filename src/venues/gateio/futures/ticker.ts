import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, readNumber, readObject, readOptional, readPrice } from '../../../adapter/read.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { Instrument } from '../../../model/instrument.js';
import type { Ticker } from '../../../model/ticker.js';
import { TickerView } from '../push-views.js';
import { readSequence } from '../read-sequence.js';
import { readBest, readPercent, readSides } from '../ticker-fields.js';
import { readMilliseconds } from '../times.js';
import { scaleOf, termsOf } from './contract-terms.js';

export interface TickerOrigin {
  readonly instrument: Instrument;
  /** Epoch ms by our clock. */
  readonly receivedAt: number;
  /** Epoch ms by the venue's clock; `NaN` or absent where it says none. */
  readonly venueTime?: number;
}

/**
 * Reads a 24 h ticker; the endpoint and the channel send the same fields. There is no opening price.
 * Source: Gate API v4 docs, futures tickers; Gate futures WebSocket v4 docs, tickers.
 * @throws {MalformedResponseError} when the last price is missing or a field is not a number.
 */
export function decodeTicker(row: JsonObject, origin: TickerOrigin): Ticker {
  const { last, highest_bid, lowest_ask, high_24h, low_24h, change_percentage } = row;
  const bidPrice = readBest(highest_bid, 'ticker highest_bid');
  const askPrice = readBest(lowest_ask, 'ticker lowest_ask');
  const highPrice = readOptional(high_24h, 'ticker high_24h', readNumber);
  const lowPrice = readOptional(low_24h, 'ticker low_24h', readNumber);
  const changeRatio = readOptional(change_percentage, 'ticker change_percentage', readPercent);
  return {
    symbol: origin.instrument.symbol,
    lastPrice: readNumber(last, 'ticker last'),
    ...(bidPrice === undefined ? {} : { bidPrice }),
    ...(askPrice === undefined ? {} : { askPrice }),
    ...(highPrice === undefined ? {} : { highPrice }),
    ...(lowPrice === undefined ? {} : { lowPrice }),
    ...(changeRatio === undefined ? {} : { changeRatio }),
    ...readVolumes(row, origin.instrument),
    ...readTimes(row, origin),
  };
}

/**
 * The venue prints volumes in base and quote asset as whole numbers. What contracts are amounts of is reckoned from their
 * number, so that nothing of it is cut. Source: Gate API v4 docs, futures tickers.
 */
function readVolumes(row: JsonObject, instrument: Instrument): Pick<Ticker, 'baseVolume' | 'quoteVolume'> {
  const { volume_24h, volume_24h_base, volume_24h_quote } = row;
  const contracts = readOptional(volume_24h, 'ticker volume_24h', readNumber);
  const inBase = readOptional(volume_24h_base, 'ticker volume_24h_base', readNumber);
  const inQuote = readOptional(volume_24h_quote, 'ticker volume_24h_quote', readNumber);
  const { kind, size } = termsOf(instrument);
  return omitUndefined(
    kind === 'inverse'
      ? { baseVolume: inBase, quoteVolume: contracts === undefined ? inQuote : contracts * Number(size) }
      : { baseVolume: contracts === undefined ? inBase : scaleOf(instrument)(contracts, 1), quoteVolume: inQuote },
  );
}

/** When a ticker was made, where it says so (pushes do), and when it came. */
export function readTimes(
  { t }: JsonObject,
  { receivedAt, venueTime = Number.NaN }: TickerOrigin,
): { readonly updatedAt?: number; readonly receivedAt: number } {
  const updatedAt = readOptional(t, 'ticker t', readMilliseconds) ?? venueTime;
  return { ...(Number.isNaN(updatedAt) ? {} : { updatedAt }), receivedAt };
}

/** Best prices out of a ticker; there is no book number. Source: Gate API v4 docs, futures tickers. */
export function decodeTickerSides(row: JsonObject, { instrument, receivedAt }: TickerOrigin): BookTicker {
  const { highest_bid, highest_size, lowest_ask, lowest_size } = row;
  return toBase([highest_bid, highest_size, lowest_ask, lowest_size], instrument, receivedAt);
}

/**
 * Reads a push of `futures.book_ticker`. Source: Gate futures WebSocket v4 docs, best bid and ask.
 * @throws {MalformedResponseError}
 */
export function decodeBookTicker(payload: unknown, { instrument, receivedAt }: TickerOrigin): BookTicker {
  if (payload instanceof TickerView) return fromView(payload, instrument, receivedAt);
  const { t, u, b, B, a, A } = readObject(payload, 'book ticker');
  return {
    ...toBase([b, B, a, A], instrument, receivedAt),
    sequence: readSequence(u, 'book ticker u'),
    updatedAt: readMilliseconds(t, 'book ticker t'),
  };
}

/** Both sides have orders. */
function fromView(view: TickerView, instrument: Instrument, receivedAt: number): BookTicker {
  const scale = scaleOf(instrument);
  const { bidPrice, askPrice } = view;
  return {
    symbol: instrument.symbol,
    bidPrice,
    bidQuantity: scale(view.bidQuantity, bidPrice),
    askPrice,
    askQuantity: scale(view.askQuantity, askPrice),
    receivedAt,
    sequence: view.sequence,
    updatedAt: view.updatedAt,
  };
}

function toBase(
  sides: readonly [unknown, unknown, unknown, unknown],
  instrument: Instrument,
  receivedAt: number,
): BookTicker {
  const { bidPrice, bidQuantity, askPrice, askQuantity } = readSides(sides, 'best prices');
  const scale = scaleOf(instrument);
  return {
    symbol: instrument.symbol,
    bidPrice,
    bidQuantity: bidPrice === undefined ? 0 : scale(bidQuantity, bidPrice),
    askPrice,
    askQuantity: askPrice === undefined ? 0 : scale(askQuantity, askPrice),
    receivedAt,
  };
}

/** A price that a ticker names. @throws {MalformedResponseError} */
export function readTickerPrice(row: JsonObject, field: 'mark_price' | 'index_price'): number {
  return readPrice(row[field], `ticker ${field}`);
}
