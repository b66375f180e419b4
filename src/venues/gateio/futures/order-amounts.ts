import type { OrderReport } from '../../../adapter/order-endpoints.js';
import { type JsonObject, malformed, readOptional } from '../../../adapter/read.js';
import { amountsOfContracts, type ContractTerms } from '../../../model/contracts.js';
import { compareDecimals, type Decimal, isZero, subtractDecimals, toDecimal } from '../../../model/decimal.js';
import type { Instrument } from '../../../model/instrument.js';
import { termsOf } from './contract-terms.js';
import { magnitude, sideOfSize } from './order-size.js';
import { readSize, readUnsigned } from './read-size.js';

/** How much was ordered and how much of it is done; what cannot be told exactly is absent. */
export interface OrderAmounts
  extends Pick<OrderReport, 'quantity' | 'quoteQuantity' | 'filledQuantity' | 'filledQuoteQuantity'> {
  /** Whether anything is known to be filled. */
  readonly hasFill: boolean;
  /** Whether nothing is left of it. */
  readonly isSpent: boolean;
}

const ZERO = toDecimal('0');

/**
 * Reads the amounts of an order: contracts ordered and left, of the same sign. An order that closes a position has none
 * of its own until it is known what there was. Of a filled order, nothing left is a default that the socket leaves out.
 * Source: Gate API v4 docs, futures order; Gate futures WebSocket v4 docs, WebSocket API.
 * @throws {MalformedResponseError} for more left than was ordered, or left on the other side.
 */
export function readAmounts(row: JsonObject, instrument: Instrument): OrderAmounts {
  const { size: sizeText, left: leftText, fill_price, status, finish_as } = row;
  const size = readOptional(sizeText, 'order size', readSize);
  if (size === undefined || isZero(size)) return { hasFill: false, isSpent: false };
  const isFilled = status === 'finished' && finish_as === 'filled';
  const left = readOptional(leftText, 'order left', readSize) ?? (isFilled ? ZERO : undefined);
  const terms = termsOf(instrument);
  const ordered = orderedOf(magnitude(size), terms);
  if (left === undefined) return { ...ordered, hasFill: false, isSpent: false };
  const done = filledContracts(size, left);
  const price = readOptional(fill_price, 'order fill_price', readUnsigned);
  return { ...ordered, ...filledOf(done, terms, price), hasFill: !isZero(done), isSpent: isZero(left) };
}

function filledContracts(size: Decimal, left: Decimal): Decimal {
  const isImpossible =
    (!isZero(left) && sideOfSize(left) !== sideOfSize(size)) || compareDecimals(magnitude(left), magnitude(size)) > 0;
  if (isImpossible) throw malformed('order left', 'contracts of what was ordered', left);
  return magnitude(subtractDecimals(size, left));
}

/** Inverse contracts are sized in quote asset alone. */
function orderedOf(contracts: Decimal, terms: ContractTerms): Pick<OrderReport, 'quantity' | 'quoteQuantity'> {
  return amountsOfContracts(contracts, terms);
}

function filledOf(
  contracts: Decimal,
  terms: ContractTerms,
  price: Decimal | undefined,
): Pick<OrderReport, 'filledQuantity' | 'filledQuoteQuantity'> {
  if (terms.kind === 'inverse' && isZero(contracts)) return { filledQuantity: ZERO, filledQuoteQuantity: ZERO };
  const at = price === undefined || isZero(price) ? undefined : price;
  const { quantity, quoteQuantity } = amountsOfContracts(contracts, terms, at);
  return {
    ...(quantity === undefined ? {} : { filledQuantity: quantity }),
    ...(quoteQuantity === undefined ? {} : { filledQuoteQuantity: quoteQuantity }),
  };
}
