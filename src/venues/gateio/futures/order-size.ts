import { ValidationError } from '../../../errors/kinds.js';
import { contractsOfAmount } from '../../../model/contracts.js';
import { type Decimal, isZero, subtractDecimals, toDecimal } from '../../../model/decimal.js';
import type { Instrument } from '../../../model/instrument.js';
import type { Side } from '../../../model/side.js';
import { termsOf } from './contract-terms.js';

const ZERO = toDecimal('0');

/** An amount in the unit in which the market is sized. */
interface SizedAmount {
  readonly quantity?: Decimal | undefined;
  readonly quoteQuantity?: Decimal | undefined;
}

/**
 * Contracts with the sign of the side: above zero buys, below sells.
 * @param amount base asset of linear contracts, quote asset of inverse ones.
 * @throws {ValidationError} when the other unit is given, both or none, or it is no whole number of steps.
 */
export function signedSize(amount: SizedAmount, side: Side, instrument: Instrument): Decimal {
  const terms = termsOf(instrument);
  const [field, other] =
    terms.kind === 'linear' ? (['quantity', 'quoteQuantity'] as const) : (['quoteQuantity', 'quantity'] as const);
  const value = amount[field];
  if (value === undefined || amount[other] !== undefined)
    throw new ValidationError({ field, expected: `${field} alone for ${terms.kind} contracts`, received: value });
  const contracts = contractsOfAmount(value, terms, field);
  if (isZero(contracts)) throw new ValidationError({ field, expected: 'at least one contract', received: value });
  return side === 'buy' ? contracts : subtractDecimals(ZERO, contracts);
}

/** The number without its sign. */
export function magnitude(size: Decimal): Decimal {
  return size.startsWith('-') ? (size.slice(1) as Decimal) : size;
}

/** Which side a signed size is on; `undefined` for none. */
export function sideOfSize(size: Decimal): Side | undefined {
  if (isZero(size)) return undefined;
  return size.startsWith('-') ? 'sell' : 'buy';
}
