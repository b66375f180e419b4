import { omitUndefined } from '../../../adapter/omit-undefined.js';
import {
  malformed,
  readArray,
  readInteger,
  readNumber,
  readObject,
  readOptional,
  readPrice,
} from '../../../adapter/read.js';
import type { BookTicker } from '../../../model/book-ticker.js';
import type { BookUpdate } from '../../../model/book-update.js';
import { createContractScale } from '../../../model/contracts.js';
import type { Instrument } from '../../../model/instrument.js';
import type { Level, OrderBookSnapshot } from '../../../model/order-book.js';
import { DepthView } from './push-reader.js';
import { readTime, termsOf } from './read-numbers.js';

/**
 * Fills `into` from a push of `depth`: the inclusive range `begin`..`end` of the book's versions, contracts absolute.
 * Servers that do not merge send `version` alone, which is the range then. Source: MEXC contract API docs, depth
 * stream; the range as observed.
 * @throws {MalformedResponseError}
 */
export function decodeDepthPush(payload: unknown, into: BookUpdate): void {
  if (payload instanceof DepthView) return into.assign(payload.update);
  const { asks, bids, begin, end, version } = readObject(payload, 'depth');
  into.full = false;
  into.lastSequence = readVersion(end ?? version, 'depth end');
  into.firstSequence = begin === undefined || begin === null ? into.lastSequence : readVersion(begin, 'depth begin');
  if (into.firstSequence > into.lastSequence) throw malformed('depth begin', 'end or below', begin);
  readSides(asks, bids, into);
}

/**
 * Fills `into` from a push of `depth.full`: the whole top of the book. Source: MEXC contract API docs, full depth
 * stream.
 */
export function decodeFullDepthPush(payload: unknown, into: BookUpdate): void {
  const { asks, bids, version } = readObject(messageOf(payload), 'depth.full');
  into.full = true;
  into.lastSequence = readVersion(version, 'depth.full version');
  into.firstSequence = into.lastSequence;
  readSides(asks, bids, into);
}

/**
 * Reads the best prices of a push of `depth.full` or of the order book call, which both start with them.
 * @throws {MalformedResponseError}
 */
export function decodeTop(payload: unknown, instrument: Instrument, receivedAt: number): BookTicker {
  const { asks, bids, version, timestamp } = readObject(messageOf(payload), 'depth');
  const toBase = createContractScale(termsOf(instrument));
  const [bid] = readLevels(bids, 'depth bids', -1, toBase);
  const [ask] = readLevels(asks, 'depth asks', 1, toBase);
  return {
    symbol: instrument.symbol,
    bidPrice: bid?.price,
    bidQuantity: bid?.quantity ?? 0,
    askPrice: ask?.price,
    askQuantity: ask?.quantity ?? 0,
    sequence: readVersion(version, 'depth version'),
    ...omitUndefined({ updatedAt: readOptional(timestamp, 'depth timestamp', readTime) }),
    receivedAt,
  };
}

/**
 * Reads the order book. Quantities are base asset by the same conversion that live books apply to pushes.
 * Source: MEXC contract API docs, depth. @throws {MalformedResponseError} also for prices out of order.
 */
export function decodeSnapshot(data: unknown, instrument: Instrument, receivedAt: number): OrderBookSnapshot {
  const { asks, bids, version, timestamp } = readObject(data, 'depth');
  const toBase = createContractScale(termsOf(instrument));
  return {
    symbol: instrument.symbol,
    bids: readLevels(bids, 'depth bids', -1, toBase),
    asks: readLevels(asks, 'depth asks', 1, toBase),
    sequence: readVersion(version, 'depth version'),
    ...omitUndefined({ updatedAt: readOptional(timestamp, 'depth timestamp', readTime) }),
    receivedAt,
  };
}

function readLevels(
  value: unknown,
  where: string,
  direction: 1 | -1,
  toBase: ReturnType<typeof createContractScale>,
): Level[] {
  const levels: Level[] = [];
  let previous: number | undefined;
  for (const row of readArray(value, where)) {
    const [rowPrice, rowContracts] = readArray(row, where);
    const price = readPrice(rowPrice, where);
    const contracts = readNumber(rowContracts, where);
    if (previous !== undefined && (price - previous) * direction <= 0)
      throw malformed(where, 'prices from the best on', row);
    previous = price;
    if (contracts > 0) levels.push({ price, quantity: toBase(contracts, price) });
  }
  return levels;
}

/** Changes that came on the route of whole tops. */
function messageOf(payload: unknown): unknown {
  return payload instanceof DepthView ? payload.parse() : payload;
}

function readSides(asks: unknown, bids: unknown, into: BookUpdate): void {
  for (const row of readArray(asks, 'depth asks')) {
    const [price, contracts] = readArray(row, 'depth ask');
    into.addAsk(readPrice(price, 'depth ask price'), readNumber(contracts, 'depth ask contracts'));
  }
  for (const row of readArray(bids, 'depth bids')) {
    const [price, contracts] = readArray(row, 'depth bid');
    into.addBid(readPrice(price, 'depth bid price'), readNumber(contracts, 'depth bid contracts'));
  }
}

function readVersion(value: unknown, where: string): number {
  const version = readInteger(value, where);
  if (version >= 0) return version;
  throw malformed(where, 'a version that is not negative', value);
}
