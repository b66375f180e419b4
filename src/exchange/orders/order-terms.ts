import type { OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import { compareDecimals, type Decimal } from '../../model/decimal.js';
import { isFinal, type Order } from '../../model/order.js';
import type { Side } from '../../model/side.js';
import type { Writable } from '../../model/writable.js';
import type { RaiseConflict } from './order-conflict.js';

const NAMES = [
  'side',
  'type',
  'timeInForce',
  'postOnly',
  'reduceOnly',
  'positionSide',
  'price',
  'quantity',
  'quoteQuantity',
] as const satisfies readonly (keyof Order)[];
/** What an order asks for. */
export type Terms = Pick<Order, (typeof NAMES)[number]>;
type AmountName = 'price' | 'quantity' | 'quoteQuantity';
const MARKET_AMOUNTS: readonly AmountName[] = ['quantity', 'quoteQuantity'];
const LIMIT_AMOUNTS: readonly AmountName[] = ['price', ...MARKET_AMOUNTS];

/**
 * What was ordered. Of an order of ours it is known from the start; of others each report may add something. Price and
 * quantity are those of the newest report, because orders can be amended.
 */
export class OrderTerms {
  readonly #isOwn: boolean;
  /** The amount that an order of these contracts is sized in, whatever else is told of it. */
  readonly #rules: 'quantity' | 'quoteQuantity';
  #terms: Partial<Terms>;
  /** Of the report that confirmed or changed them last, by the venue's clock. */
  #toldAt = Number.NEGATIVE_INFINITY;
  /** When that report came, monotonic ms. */
  #heardAt = Number.NEGATIVE_INFINITY;
  /** Whether it was the report of an ended order, which changes no more. */
  #isLast = false;
  #mayChange: boolean;
  /** What an amendment that is under way asks for, in the unit of {@link ordered}. */
  #wanted: Decimal | undefined;

  /** @param isInverse whether its contracts are amounts of quote asset. */
  constructor(request: OrderRequest | undefined, isInverse: boolean) {
    this.#isOwn = request !== undefined;
    this.#rules = isInverse ? 'quoteQuantity' : 'quantity';
    this.#mayChange = !this.#isOwn;
    this.#terms = request === undefined ? {} : termsOf(request);
  }

  /** Complete as far as an order needs; `undefined` while side or type are not known. */
  get complete(): Terms | undefined {
    const terms = this.#terms;
    return isComplete(terms) ? terms : undefined;
  }

  /** What was ordered, in the unit that fills are counted in; `undefined` where another one rules. */
  get ordered(): Decimal | undefined {
    if (this.#rules === 'quoteQuantity') return this.#terms.quoteQuantity;
    return this.#terms.quoteQuantity === undefined ? this.#terms.quantity : undefined;
  }

  /** The most that may be ordered, now that an amendment may have been carried out that no report has told yet. */
  get most(): Decimal | undefined {
    const { ordered } = this;
    const wanted = this.#wanted;
    return ordered !== undefined && wanted !== undefined && compareDecimals(wanted, ordered) > 0 ? wanted : ordered;
  }

  /** Another price or quantity is no contradiction from now on. */
  allowChange(change: Partial<Terms>): void {
    this.#mayChange = true;
    const size = change[this.#rules];
    const isMore = size !== undefined && (this.#wanted === undefined || compareDecimals(size, this.#wanted) > 0);
    if (isMore) this.#wanted = size;
  }

  /** The change is certain not to come. */
  refuseChange(change: Partial<Terms>): void {
    if (change[this.#rules] === this.#wanted) this.#wanted = undefined;
  }

  learnSide(side: Side, raise: RaiseConflict): void {
    this.#learn('side', side, raise);
  }

  /**
   * @param filled what is known to be filled: an order cannot have become smaller than that.
   * @param heardAt monotonic ms.
   * @param asOf monotonic ms: the report says what was so then or later. The venue's clock may be set back between two changes.
   */
  learn(report: OrderReport, filled: Decimal, raise: RaiseConflict, heardAt: number, asOf = Number.NaN): void {
    this.#learn('side', report.side, raise);
    this.#learn('type', report.type, raise);
    const amounts = this.#amounts(report, filled, raise, heardAt, asOf);
    if (amounts === undefined && !this.#isNews(report)) return;
    const { price, quantity, quoteQuantity, ...rest } = report;
    // Venues print defaults that mean nothing: what is known stays, and an amount that we did not order is none of it.
    const news = pickTerms(this.#isOwn ? rest : report);
    this.#terms = settle({ ...news, ...this.#terms, ...amounts });
  }

  /** What another record of the same order knows. */
  absorb(other: OrderTerms): void {
    const { price, quantity, quoteQuantity, ...rest } = other.#terms;
    this.#terms = settle({ ...(this.#isOwn ? rest : other.#terms), ...this.#terms });
    this.#toldAt = Math.max(this.#toldAt, other.#toldAt);
    this.#heardAt = Math.max(this.#heardAt, other.#heardAt);
    this.#isLast ||= other.#isLast;
    this.#wanted ??= other.#wanted;
  }

  #learn(name: 'side' | 'type', told: string | undefined, raise: RaiseConflict): void {
    const known = this.#terms[name];
    if (told === undefined || known === told) return;
    if (known === undefined) this.#terms = { ...this.#terms, [name]: told };
    else raise('terms', `${name} ${known}`, told);
  }

  /** Whether the report says something of which nothing was known. */
  #isNews(report: OrderReport): boolean {
    const terms = this.#terms;
    return (
      !this.#isOwn ||
      (terms.timeInForce === undefined && report.timeInForce !== undefined) ||
      (terms.postOnly === undefined && report.postOnly !== undefined) ||
      (terms.reduceOnly === undefined && report.reduceOnly !== undefined) ||
      (terms.positionSide === undefined && report.positionSide !== undefined)
    );
  }

  /** `undefined` when nothing changes. */
  #amounts(
    report: OrderReport,
    filled: Decimal,
    raise: RaiseConflict,
    heardAt: number,
    asOf: number,
  ): Partial<Record<AmountName, Decimal>> | undefined {
    let told: Partial<Record<AmountName, Decimal>> | undefined;
    const toldAt = report.updatedAt ?? Number.NEGATIVE_INFINITY;
    const isLast = report.state !== undefined && isFinal(report.state);
    const isNewer = isLast === this.#isLast ? asOf >= this.#heardAt : isLast;
    const isStale = !isNewer && ((this.#isLast && !isLast) || this.#isBefore(toldAt));
    for (const name of this.#amountNames()) {
      const value = report[name];
      const known = this.#terms[name];
      if (value === undefined || known === undefined || compareDecimals(value, known) === 0) continue;
      if (isStale) continue;
      const isTooSmall = name === this.#rules && compareDecimals(value, filled) < 0;
      // What only reduces is cut to the position, which may have become smaller.
      const isCut = this.#terms.reduceOnly === true && name === this.#rules && compareDecimals(value, known) < 0;
      if (isTooSmall || !(this.#mayChange || isCut)) raise('terms', `${name} ${known}`, value);
      if (!isTooSmall && (this.#mayChange || Number.isFinite(toldAt))) told = { ...told, [name]: value };
    }
    const size = report[this.#rules];
    if (size !== undefined && this.#wanted !== undefined && compareDecimals(size, this.#wanted) === 0)
      this.#wanted = undefined;
    if (!isStale && (report.price !== undefined || size !== undefined)) {
      this.#toldAt = isNewer ? toldAt : Math.max(this.#toldAt, toldAt);
      this.#heardAt = heardAt;
      this.#isLast = isLast;
    }
    return told;
  }

  /** Whether a report of that time is older than what is known, as far as the venue's times tell. */
  #isBefore(toldAt: number): boolean {
    return this.#mayChange ? toldAt < this.#toldAt : toldAt <= this.#toldAt && Number.isFinite(toldAt);
  }

  #amountNames(): readonly AmountName[] {
    return this.#terms.type === 'market' ? MARKET_AMOUNTS : LIMIT_AMOUNTS;
  }
}

function isComplete(terms: Partial<Terms>): terms is Terms {
  return terms.side !== undefined && terms.type !== undefined;
}

/** What an order of ours says; of perpetuals also what it does not ask for. */
function termsOf(request: OrderRequest): Partial<Terms> {
  const { position, reduceOnly = false } = request;
  if (position === undefined) return plainTermsOf(request);
  const { side } = position;
  return settle(
    pickTerms({ ...request, reduceOnly, ...(position.mode === 'hedge' && side && { positionSide: side }) }),
  );
}

/** Field by field: every order comes by here before it is sent. What {@link settle} leaves out is left out. */
function plainTermsOf(request: OrderRequest): Partial<Terms> {
  const { side, type, timeInForce, postOnly, reduceOnly, price, quantity, quoteQuantity } = request;
  const isPlain = type === 'limit' && reduceOnly === undefined && quoteQuantity === undefined;
  if (isPlain && price !== undefined && quantity !== undefined)
    return { side, type, timeInForce, postOnly, price, quantity };
  const terms: Writable<Partial<Terms>> = { side, type, timeInForce, postOnly };
  if (reduceOnly !== undefined) terms.reduceOnly = reduceOnly;
  if (price !== undefined && type !== 'market') terms.price = price;
  if (quantity !== undefined && quoteQuantity === undefined) terms.quantity = quantity;
  if (quoteQuantity !== undefined) terms.quoteQuantity = quoteQuantity;
  return terms;
}

function pickTerms(from: Partial<Terms>): Partial<Terms> {
  const picked: Partial<Record<keyof Terms, unknown>> = {};
  for (const name of NAMES) if (from[name] !== undefined) picked[name] = from[name];
  return picked as Partial<Terms>;
}

/** Market orders have no price, and those by quote amount no quantity: what venues print there is something else. */
function settle(terms: Partial<Terms>): Partial<Terms> {
  const { price, quantity, ...rest } = terms;
  return {
    ...rest,
    ...(price === undefined || terms.type === 'market' ? {} : { price }),
    ...(quantity === undefined || terms.quoteQuantity !== undefined ? {} : { quantity }),
  };
}
