import { amountsOfContracts, type ContractTerms } from '../../model/contracts.js';
import { type Decimal, divideDecimals, multiplyDecimals, subtractDecimals, toDecimal } from '../../model/decimal.js';
import type { Position } from '../../model/position.js';

/** Digits after the point of a profit in base asset, which is a quotient. */
const INVERSE_DECIMALS = 20;
const ZERO = toDecimal(0);

/**
 * The profit of a position if it were closed at a price, settle asset, before fees. Exact; of inverse contracts rounded to
 * 20 decimals, halves away from zero.
 */
export function profitAt(
  { side, contracts, entryPrice }: Pick<Position, 'side' | 'contracts'> & { readonly entryPrice: Decimal },
  terms: ContractTerms,
  price: Decimal,
): Decimal {
  const gained = side === 'long' ? subtractDecimals(price, entryPrice) : subtractDecimals(entryPrice, price);
  const { quantity = ZERO, quoteQuantity } = amountsOfContracts(contracts, terms);
  if (quoteQuantity === undefined) return multiplyDecimals(quantity, gained);
  const base = multiplyDecimals(quoteQuantity, gained);
  return divideDecimals(base, multiplyDecimals(entryPrice, price), INVERSE_DECIMALS);
}
