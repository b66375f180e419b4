import {
  addDecimals,
  compareDecimals,
  type Decimal,
  isZero,
  multiplyDecimals,
  toDecimal,
} from '../../model/decimal.js';
import type { Fill } from '../../model/fill.js';
import type { RaiseConflict } from './order-conflict.js';

const ZERO = toDecimal(0);
const NEARLY_ALL = toDecimal('0.999999');

/**
 * How much of one order is filled, by two witnesses: the largest total that a report told, and the exact sum of its fills,
 * each counted once by its trade id. The larger one is true: neither can be ahead of the venue.
 *
 * Witnesses are compared in the asset in which the order is sized: base, but of inverse contracts quote. There the base
 * quantity is a quotient that each witness rounds in its own way; the largest is shown, so that it never falls.
 */
export class FilledAmounts {
  readonly #isInverse: boolean;
  /** Made for the first: most orders have none yet. */
  #fills: Map<string, Fill> | undefined;
  #sum = ZERO;
  #sumQuote = ZERO;
  #told = ZERO;
  #toldQuote: Decimal | undefined;
  /** The largest total of quote asset that was told without one of base asset. */
  #quoteAlone = ZERO;

  /** @param isInverse whether the contracts are amounts of quote asset. */
  constructor(isInverse: boolean) {
    this.#isInverse = isInverse;
  }

  /** In the asset in which the order is sized; exact, never falls. */
  get amount(): Decimal {
    return this.#isInverse ? larger(this.#sumQuote, this.#toldQuote ?? ZERO) : this.quantity;
  }

  /** Base asset; never falls. */
  get quantity(): Decimal {
    return larger(this.#told, this.#sum);
  }

  /** Quote asset, of the witness that knows the amount; `undefined` when that one does not say. */
  get quoteQuantity(): Decimal | undefined {
    if (this.#isInverse) return this.amount;
    if (compareDecimals(this.#sum, this.#told) > 0) return this.#sumQuote;
    if (this.#toldQuote !== undefined) return this.#toldQuote;
    return this.#fills !== undefined && compareDecimals(this.#sum, this.#told) === 0 ? this.#sumQuote : undefined;
  }

  /** Whether more quote asset was told to be filled than base asset is known for; venues round totals. */
  get isShort(): boolean {
    if (isZero(this.#quoteAlone)) return false;
    const known = this.quoteQuantity;
    if (known === undefined) return isZero(this.quantity);
    return compareDecimals(known, multiplyDecimals(this.#quoteAlone, NEARLY_ALL)) < 0;
  }

  get tradeIds(): Iterable<string> {
    return this.#fills?.keys() ?? [];
  }

  /** A total that a report told. Totals of the past are smaller and change nothing. */
  learnTotal(quantity: Decimal, quoteQuantity: Decimal | undefined): void {
    if (this.#isInverse) {
      this.#told = larger(this.#told, quantity);
      if (quoteQuantity !== undefined) this.#toldQuote = larger(this.#toldQuote ?? ZERO, quoteQuantity);
      return;
    }
    const order = compareDecimals(quantity, this.#told);
    if (order > 0) {
      this.#told = quantity;
      this.#toldQuote = quoteQuantity;
    } else if (order === 0) this.#toldQuote ??= quoteQuantity;
  }

  /** A total of quote asset, without one of base asset: how much that is the fills will tell. */
  learnQuote(quoteQuantity: Decimal): void {
    this.#quoteAlone = larger(this.#quoteAlone, quoteQuantity);
  }

  /** @returns whether it is counted now, and was not before. */
  addFill(fill: Fill, raise: RaiseConflict): boolean {
    this.#fills ??= new Map();
    const known = this.#fills.get(fill.id);
    if (known !== undefined) {
      if (!isSame(known, fill))
        raise('fill', `${known.quantity} at ${known.price}`, `${fill.quantity} at ${fill.price}`);
      return false;
    }
    this.#fills.set(fill.id, fill);
    this.#sum = addDecimals(this.#sum, fill.quantity);
    this.#sumQuote = addDecimals(this.#sumQuote, fill.quoteQuantity ?? multiplyDecimals(fill.quantity, fill.price));
    return true;
  }

  absorb(other: FilledAmounts, raise: RaiseConflict): void {
    this.learnTotal(other.#told, other.#toldQuote);
    this.learnQuote(other.#quoteAlone);
    for (const fill of other.#fills?.values() ?? []) this.addFill(fill, raise);
  }
}

function larger(a: Decimal, b: Decimal): Decimal {
  return compareDecimals(b, a) > 0 ? b : a;
}

/** The base quantity of inverse contracts is rounded: what is exact decides. */
function isSame(a: Fill, b: Fill): boolean {
  const [one, other] =
    a.quoteQuantity !== undefined && b.quoteQuantity !== undefined
      ? [a.quoteQuantity, b.quoteQuantity]
      : [a.quantity, b.quantity];
  return compareDecimals(one, other) === 0 && compareDecimals(a.price, b.price) === 0;
}
