import { addDecimals, compareDecimals, type Decimal, multiplyDecimals, toDecimal } from '../../model/decimal.js';
import type { Fill } from '../../model/fill.js';
import type { RaiseConflict } from './order-conflict.js';

const ZERO = toDecimal(0);

/**
 * How much of one order is filled, by two witnesses: the largest total that a report told, and the exact sum of its fills,
 * each counted once by its trade id. The larger one is true: neither can be ahead of the venue.
 */
export class FilledAmounts {
  readonly #fills = new Map<string, Fill>();
  #sum = ZERO;
  #sumQuote = ZERO;
  #told = ZERO;
  #toldQuote: Decimal | undefined;

  /** Base asset; never falls. */
  get quantity(): Decimal {
    return this.#sumIsAhead() ? this.#sum : this.#told;
  }

  /** Quote asset, of the witness that knows the quantity; `undefined` when that one does not say. */
  get quoteQuantity(): Decimal | undefined {
    if (this.#sumIsAhead()) return this.#sumQuote;
    if (this.#toldQuote !== undefined) return this.#toldQuote;
    return this.#fills.size > 0 && compareDecimals(this.#sum, this.#told) === 0 ? this.#sumQuote : undefined;
  }

  get tradeIds(): Iterable<string> {
    return this.#fills.keys();
  }

  /** A total that a report told. Totals of the past are smaller and change nothing. */
  learnTotal(quantity: Decimal, quoteQuantity: Decimal | undefined): void {
    const order = compareDecimals(quantity, this.#told);
    if (order > 0) {
      this.#told = quantity;
      this.#toldQuote = quoteQuantity;
    } else if (order === 0) this.#toldQuote ??= quoteQuantity;
  }

  /** @returns whether it is counted now, and was not before. */
  addFill(fill: Fill, raise: RaiseConflict): boolean {
    const known = this.#fills.get(fill.id);
    if (known !== undefined) {
      if (!isSame(known, fill))
        raise('fill', `${known.quantity} at ${known.price}`, `${fill.quantity} at ${fill.price}`);
      return false;
    }
    this.#fills.set(fill.id, fill);
    this.#sum = addDecimals(this.#sum, fill.quantity);
    this.#sumQuote = addDecimals(this.#sumQuote, multiplyDecimals(fill.quantity, fill.price));
    return true;
  }

  absorb(other: FilledAmounts, raise: RaiseConflict): void {
    this.learnTotal(other.#told, other.#toldQuote);
    for (const fill of other.#fills.values()) this.addFill(fill, raise);
  }

  #sumIsAhead(): boolean {
    return compareDecimals(this.#sum, this.#told) > 0;
  }
}

function isSame(a: Fill, b: Fill): boolean {
  return compareDecimals(a.quantity, b.quantity) === 0 && compareDecimals(a.price, b.price) === 0;
}
