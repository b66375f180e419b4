import { type JsonObject, malformed, readDecimal, readOptional } from '../../../adapter/read.js';
import { type Decimal, isZero, subtractDecimals, toDecimal } from '../../../model/decimal.js';
import type { OrderType } from '../../../model/order.js';
import type { Side } from '../../../model/side.js';

/** How much was ordered and how much of it is done; what cannot be told exactly is absent. */
export interface OrderAmounts {
  /** Base asset. */
  readonly quantity?: Decimal | undefined;
  /** Quote asset; market buys. */
  readonly quoteQuantity?: Decimal | undefined;
  /** Base asset. */
  readonly filledQuantity?: Decimal | undefined;
  /** Quote asset. */
  readonly filledQuoteQuantity?: Decimal | undefined;
  /** Whether anything is known to be filled. */
  readonly hasFill: boolean;
  /** Whether it is known that nothing is filled. */
  readonly hasNoFill: boolean;
  /** Whether nothing is left of it. */
  readonly isSpent: boolean;
}

const ZERO = toDecimal('0');

/**
 * Reads the amounts of an order. `amount` and `left` are QUOTE for a market buy and base for all others; `fill_price` is
 * a total, not a price. Base that was filled is told, or follows exactly from base amounts; it is never worked out of an
 * average price. Source: Gate API v4 docs, order.
 * @throws {MalformedResponseError} for a negative amount, or more left than was ordered.
 */
export function readAmounts(row: JsonObject, type: OrderType | undefined, side: Side | undefined): OrderAmounts {
  const { amount, left, filled_amount, filled_total, fill_price } = row;
  const ordered = readOptional(amount, 'order amount', readAmount);
  const unfilled = readOptional(left, 'order left', readAmount);
  const told = readOptional(filled_amount, 'order filled_amount', readAmount);
  const filledQuoteQuantity =
    readOptional(filled_total, 'order filled_total', readAmount) ??
    readOptional(fill_price, 'order fill_price', readAmount);
  const isKnown = type !== undefined && side !== undefined;
  const isByQuote = type === 'market' && side === 'buy';
  const done = ordered === undefined || unfilled === undefined ? undefined : subtract(ordered, unfilled);
  const nothing = filledQuoteQuantity !== undefined && isZero(filledQuoteQuantity) ? ZERO : undefined;
  const filledQuantity = told ?? (isKnown && !isByQuote ? done : undefined) ?? nothing;
  const fills = [filledQuantity, filledQuoteQuantity].filter((value) => value !== undefined);
  const hasFill = fills.some((value) => !isZero(value));
  return {
    quantity: isKnown && !isByQuote ? ordered : undefined,
    quoteQuantity: isByQuote ? ordered : undefined,
    filledQuantity,
    filledQuoteQuantity,
    hasFill,
    hasNoFill: !hasFill && filledQuantity !== undefined,
    isSpent: unfilled !== undefined && isZero(unfilled),
  };
}

/** Money that cannot be negative, digit for digit. @throws {MalformedResponseError} */
export function readAmount(value: unknown, where: string): Decimal {
  const decimal = readDecimal(value, where);
  if (!decimal.startsWith('-')) return decimal;
  throw malformed(where, 'an amount that is not negative', value);
}

function subtract(ordered: Decimal, unfilled: Decimal): Decimal {
  // So every new order is printed.
  if (ordered === unfilled) return ZERO;
  return readAmount(subtractDecimals(ordered, unfilled), 'order amount less left');
}
