import { ValidationError } from '../../errors/kinds.js';
import { type ContractTerms, contractsOfAmount } from '../../model/contracts.js';
import { type Decimal, isMultipleOf, multiplyDecimals } from '../../model/decimal.js';
import type { OrderType } from '../../model/order.js';
import { onStep, within } from './order-amounts.js';

/** An order's amount: one of the two. */
interface Amount {
  readonly quantity?: Decimal | undefined;
  readonly quoteQuantity?: Decimal | undefined;
}

/**
 * What an order of inverse contracts is in quote asset, in whole contracts.
 * @param mode how to get to whole contracts; `undefined`: it must be whole contracts already.
 * @throws {ValidationError} naming the field that was given.
 */
export function quoteOfInverse(
  { price, quantity, quoteQuantity }: Amount & { readonly price?: Decimal | undefined },
  { size, step }: ContractTerms,
  mode: 'down' | 'nearest' | undefined,
): Decimal | undefined {
  const unit = multiplyDecimals(size, step);
  if (quantity === undefined) return onStep('quoteQuantity', quoteQuantity, unit, mode);
  if (price === undefined) refuse('quantity', 'quoteQuantity instead, where no price is known', quantity);
  const value = multiplyDecimals(quantity, price);
  if (mode === undefined && !isMultipleOf(value, unit)) {
    const how = "or quoteQuantity, or rounding 'down' or 'nearest'";
    refuse('quantity', `a quantity that is, times the price, a multiple of ${unit} (${how})`, quantity);
  }
  return onStep('quantity', value, unit, mode);
}

/** Holds an order to the bounds of its contracts, told in the unit of its amount. @throws {ValidationError} */
export function checkContracts(
  { type, quantity, quoteQuantity }: Amount & { type: OrderType },
  terms: ContractTerms,
): void {
  const field = terms.kind === 'inverse' ? 'quoteQuantity' : 'quantity';
  const amount = quantity ?? quoteQuantity;
  if (amount === undefined) return;
  contractsOfAmount(amount, terms, field);
  const max = type === 'market' ? (terms.maxMarket ?? terms.max) : terms.max;
  const inUnit = (contracts: Decimal): Decimal => multiplyDecimals(contracts, terms.size);
  within(field, amount, inUnit(terms.min), max && inUnit(max), '');
}

function refuse(field: string, expected: string, received: unknown): never {
  throw new ValidationError({ field, expected, received });
}
