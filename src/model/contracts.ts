import { ValidationError } from '../errors/kinds.js';
import { type Decimal, divideDecimals, isMultipleOf, multiplyDecimals } from './decimal.js';

/** How a perpetual is counted. Every quantity elsewhere is base asset. */
export interface ContractTerms {
  /** `linear`: a contract is an amount of base asset. `inverse`: an amount of quote asset, settled in base asset. */
  readonly kind: 'linear' | 'inverse';
  /** One contract: base asset (linear) or quote asset (inverse). */
  readonly size: Decimal;
  /** Smallest step of a number of contracts. */
  readonly step: Decimal;
  /** Fewest contracts of an order. */
  readonly min: Decimal;
  /** Most contracts of an order; absent = the venue states none. */
  readonly max?: Decimal;
  /** Most contracts of a market order, where it differs. */
  readonly maxMarket?: Decimal;
}

/** What a number of contracts is: base asset, and for inverse contracts the exact amount of quote asset that they are. */
export interface ContractAmounts {
  /** Inverse: rounded to 20 decimals, and absent without a price. */
  readonly quantity?: Decimal;
  /** Inverse only; exact. */
  readonly quoteQuantity?: Decimal;
}

/** Digits after the point of base asset that was divided out of quote asset: enough to come back to whole contracts. */
const INVERSE_DECIMALS = 20;

/**
 * Contracts in the units that users see.
 * @param contracts of any sign; the amounts keep it. @param price quote per base; needed by inverse contracts.
 */
export function amountsOfContracts(
  contracts: Decimal,
  { kind, size }: ContractTerms,
  price?: Decimal,
): ContractAmounts {
  const amount = multiplyDecimals(contracts, size);
  if (kind === 'linear') return { quantity: amount };
  if (price === undefined) return { quoteQuantity: amount };
  return { quoteQuantity: amount, quantity: baseOfQuote(amount, price) };
}

/** Base asset that an amount of quote asset is at a price, to 20 decimals. @throws {ValidationError} for a price of zero. */
export function baseOfQuote(quoteQuantity: Decimal, price: Decimal): Decimal {
  return divideDecimals(quoteQuantity, price, INVERSE_DECIMALS);
}

/**
 * Contracts of an amount, exact.
 * @param amount base asset of linear contracts, quote asset of inverse ones.
 * @param field named in the error.
 * @throws {ValidationError} when it is no whole number of steps.
 */
export function contractsOfAmount(amount: Decimal, { size, step }: ContractTerms, field = 'quantity'): Decimal {
  const unit = multiplyDecimals(size, step);
  if (!isMultipleOf(amount, unit)) {
    throw new ValidationError({ field, expected: `a multiple of ${unit}`, received: amount });
  }
  return multiplyDecimals(divideDecimals(amount, unit, 0), step);
}

/** Contracts at a price → base asset. */
type ContractScale = (contracts: number, price: number) => number;

/** Pushes ask for it one by one, and its making costs as much as reading one. */
const SCALES = new WeakMap<ContractTerms, ContractScale>();

/**
 * The conversion of market data: contracts at a price → base asset; the same function for the same terms. The nearest double of
 * the exact product for linear contracts of up to 15 digits; one division for inverse ones.
 */
export function createContractScale(terms: ContractTerms): ContractScale {
  let scale = SCALES.get(terms);
  if (scale === undefined) {
    scale = makeScale(terms);
    SCALES.set(terms, scale);
  }
  return scale;
}

function makeScale({ kind, size }: ContractTerms): ContractScale {
  if (kind === 'inverse') {
    const quote = Number(size);
    return (contracts, price) => (contracts === 0 ? 0 : (contracts * quote) / price);
  }
  const [whole = '', fraction = ''] = size.split('.');
  const digits = Number(whole + fraction);
  const divisor = 10 ** fraction.length;
  return (contracts) => {
    if (Number.isInteger(contracts)) return (contracts * digits) / divisor;
    // Some contracts come in tenths: one more digit, and still whole numbers until the division.
    const tenths = contracts * 10;
    if (Number.isInteger(tenths)) return (tenths * digits) / (divisor * 10);
    return (contracts * digits) / divisor;
  };
}
