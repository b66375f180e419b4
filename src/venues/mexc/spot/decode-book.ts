import { malformed, readArray, readInteger, readNumber, readObject, readPrice } from '../../../adapter/read.js';
import { BookUpdate } from '../../../model/book-update.js';

/**
 * Reads a `publicAggreDepths` body: changes of the inclusive range fromVersion..toVersion. Source: MEXC spot v3 docs, diff depth.
 * What comes as a {@link BookUpdate} was read in the frame already. The message has no time of its own: `lastOrderCreateTime` is when the newest order in it was placed, which may be long ago.
 * @throws {MalformedResponseError} and leaves `into` half filled.
 */
export function decodeAggreDepth(payload: unknown, into: BookUpdate): void {
  if (payload instanceof BookUpdate) {
    into.assign(payload);
    return;
  }
  const { fromVersion, toVersion, asks, bids } = readObject(payload, 'aggre.depth');
  into.full = false;
  into.firstSequence = readVersion(fromVersion, 'aggre.depth fromVersion');
  into.lastSequence = readVersion(toVersion, 'aggre.depth toVersion');
  if (into.firstSequence > into.lastSequence)
    throw malformed('aggre.depth toVersion', 'fromVersion or above', toVersion);
  readLevels(asks, bids, into, 'aggre.depth');
}

/** Reads a `publicLimitDepths` body: the whole top of the book. Source: MEXC spot v3 docs, partial book depth. */
export function decodeLimitDepth(payload: unknown, into: BookUpdate): void {
  const { version, asks, bids } = readObject(payload, 'limit.depth');
  into.full = true;
  into.firstSequence = readVersion(version, 'limit.depth version');
  into.lastSequence = into.firstSequence;
  readLevels(asks, bids, into, 'limit.depth');
}

/** Reads a `publicIncreaseDepths` body: one change. The channel is no longer documented and no feed uses it. */
export function decodeIncreaseDepth(payload: unknown, into: BookUpdate): void {
  const { version, asks, bids } = readObject(payload, 'increase.depth');
  into.full = false;
  into.firstSequence = readVersion(version, 'increase.depth version');
  into.lastSequence = into.firstSequence;
  readLevels(asks, bids, into, 'increase.depth');
}

/**
 * Reads a `publicIncreaseDepthsBatch` body: calls `each` with `into` once per change, in the order of the wire.
 * @throws {MalformedResponseError} at the first change that cannot be read; those before it have been handed over.
 */
export function decodeIncreaseDepthBatch(payload: unknown, into: BookUpdate, each: (update: BookUpdate) => void): void {
  const { items } = readObject(payload, 'increase.depth.batch');
  for (const item of readArray(items, 'increase.depth.batch items')) {
    into.reset();
    decodeIncreaseDepth(item, into);
    each(into);
  }
}

function readVersion(value: unknown, where: string): number {
  const version = readInteger(value, where);
  if (version >= 0) return version;
  throw malformed(where, 'a version that is not negative', value);
}

function readLevels(asks: unknown, bids: unknown, into: BookUpdate, where: string): void {
  for (const level of readArray(asks, `${where} asks`)) {
    const { price, quantity } = readObject(level, `${where} ask`);
    into.addAsk(readPrice(price, `${where} ask price`), readNumber(quantity, `${where} ask quantity`));
  }
  for (const level of readArray(bids, `${where} bids`)) {
    const { price, quantity } = readObject(level, `${where} bid`);
    into.addBid(readPrice(price, `${where} bid price`), readNumber(quantity, `${where} bid quantity`));
  }
}
