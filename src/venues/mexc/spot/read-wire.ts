import { malformed, readNumber } from '../../../adapter/read.js';

const TWO_TO_32 = 2 ** 32;

/** One side of a best price. Without orders: `undefined` price and zero quantity. */
export interface BestSide {
  readonly price: number | undefined;
  readonly quantity: number;
}

const EMPTY_SIDE: BestSide = { price: undefined, quantity: 0 };

/**
 * A 64-bit integer as the protobuf library hands it over: a number, or an object of two 32-bit halves.
 * @throws {MalformedResponseError} beyond 2^53.
 */
export function readInt64(value: unknown, where: string): number {
  const number = isHalves(value) ? value.high * TWO_TO_32 + (value.low >>> 0) : value;
  if (Number.isSafeInteger(number)) return number as number;
  throw malformed(where, 'a whole number up to 2^53', value);
}

/** A moment: above zero, because an absent protobuf integer reads as 0. @throws {MalformedResponseError} */
export function readMoment(value: unknown, where: string): number {
  const moment = readInt64(value, where);
  if (moment > 0) return moment;
  throw malformed(where, 'a time above zero', value);
}

/**
 * The best price of one side. The venue sends null (REST) or empty text (stream) for a side without orders; a price or
 * quantity of zero can mean nothing else.
 * @throws {MalformedResponseError} when the field is missing altogether: then this is another message.
 */
export function readBestSide(price: unknown, quantity: unknown, where: string): BestSide {
  if (price === null || price === '') return EMPTY_SIDE;
  const best = { price: readNumber(price, `${where} price`), quantity: readNumber(quantity, `${where} quantity`) };
  return best.price === 0 || best.quantity === 0 ? EMPTY_SIDE : best;
}

function isHalves(value: unknown): value is { low: number; high: number } {
  if (typeof value !== 'object' || value === null) return false;
  const { low, high } = value as { low?: unknown; high?: unknown };
  return Number.isInteger(low) && Number.isInteger(high);
}
