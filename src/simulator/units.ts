import { ValidationError } from '../errors/kinds.js';
import { type DecimalInput, isMultipleOf, stepOf, toDecimal } from '../model/decimal.js';
import type { MarketSpec } from './contract.js';

/**
 * Whole ticks or lots of a decimal: `'0.0150'` with 3 decimals is 15.
 * @throws {ValidationError} unless it is above zero, a whole number of steps, and below 2^53 steps.
 */
export function toUnits(input: DecimalInput, decimals: number, field: string): number {
  const value = toDecimal(input, field);
  const step = stepOf(decimals);
  if (!isMultipleOf(value, step)) {
    throw new ValidationError({ field, expected: `a multiple of ${step}`, received: input });
  }
  const [whole = '', fraction = ''] = value.split('.');
  const units = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (units > 0 && Number.isSafeInteger(units)) return units;
  throw new ValidationError({ field, expected: 'a number above zero and below 2^53 steps', received: input });
}

/** The double nearest to `units × 10^-decimals`. */
export function fromUnits(units: number, decimals: number): number {
  return units / 10 ** decimals;
}

/** What one whole unit of quantity is worth in quote asset at the start price: one of the base asset, or one contract. */
export function unitValue({ startPrice, perpetual }: MarketSpec): number {
  if (perpetual === undefined) return startPrice;
  return Number(perpetual.contractSize) * (perpetual.isInverse ? 1 : startPrice);
}

/** Base asset of so many lots at a price: of a spot market and a linear contract whatever the price is. */
export function baseOf(
  { quantityDecimals, priceDecimals, perpetual }: MarketSpec,
  lots: number,
  priceTicks: number,
): number {
  if (perpetual === undefined) return fromUnits(lots, quantityDecimals);
  const { contractSize, isInverse } = perpetual;
  const decimals = contractSize.split('.')[1]?.length ?? 0;
  const underlying = fromUnits(lots * Number(contractSize.replace('.', '')), quantityDecimals + decimals);
  return isInverse ? underlying / fromUnits(priceTicks, priceDecimals) : underlying;
}
