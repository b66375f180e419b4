import type { OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import { compareDecimals, type Decimal, isZero, toDecimal } from '../../model/decimal.js';
import type { Fill } from '../../model/fill.js';
import { isFinal, type Order, type OrderState } from '../../model/order.js';
import { isInverseSymbol, type MarketSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import { FilledAmounts } from './filled-amounts.js';
import type { RaiseConflict } from './order-conflict.js';
import { OrderTerms, type Terms } from './order-terms.js';
import { printOrder } from './print-order.js';

/** What our own sending knows of an order of which the venue has said nothing yet. */
export type Verdict = 'pending' | 'unknown' | 'rejected' | 'not_sent';

interface End {
  readonly state: OrderState;
  readonly reason: string | undefined;
  /** What the venue said was filled when it ended. */
  readonly filled: Decimal | undefined;
}

const ZERO = toDecimal(0);
/** Of orders of which nothing is told to be filled; only read. */
const NONE = new FilledAmounts(false);
const NONE_OF_INVERSE = new FilledAmounts(true);

/** How far the venue has shown it: not at all, that it exists, that it rests, that a part is filled. */
const UNSEEN = 0;
const SEEN = 1;
const OPEN = 2;
const PART_FILLED = 3;

/**
 * All evidence on one order. What it says depends on what was told, not on when: totals only grow, an end stays, each
 * fill counts once. An end by our own {@link Verdict} yields to the venue, because an order that rests must show.
 */
export class TrackedOrder {
  readonly symbol: MarketSymbol;
  readonly isOwn: boolean;
  orderId: string | undefined;
  clientOrderId: string | undefined;
  /** As its tracker told it last. */
  told: Order | undefined;
  readonly #terms: OrderTerms;
  /** Made with the first news of it: an order that is just being sent has none. */
  #known: FilledAmounts | undefined;
  readonly #isInverse: boolean;
  #verdict: Verdict = 'pending';
  #verdictReason: string | undefined;
  #wasUnknown = false;
  #seen = UNSEEN;
  #end: End | undefined;
  #saidFilled = false;
  #createdAt: number | undefined;
  #updatedAt: number | undefined;
  #receivedAt: number;
  #overfillTold: Decimal | undefined;
  /** As it was described last; forgotten at the end of everything that may change it. */
  #described: Order | undefined;
  #isEndContradicted = false;

  /** @param request of an order of ours; absent for others. */
  constructor(symbol: MarketSymbol, receivedAt: number, request?: OrderRequest) {
    this.symbol = symbol;
    this.isOwn = request !== undefined;
    this.clientOrderId = request?.clientOrderId;
    this.#isInverse = isInverseSymbol(symbol);
    this.#terms = new OrderTerms(request, this.#isInverse);
    this.#receivedAt = receivedAt;
  }

  /** Whether it was refused at once or never sent: its id may be used again. */
  get isFree(): boolean {
    return this.#isUnseen() && !this.#wasUnknown && (this.#verdict === 'rejected' || this.#verdict === 'not_sent');
  }

  get tradeIds(): Iterable<string> {
    return this.#filled.tradeIds;
  }

  /** @param heardAt monotonic ms. @param asOf see {@link OrderTerms.learn}. */
  learnReport(report: OrderReport, receivedAt: number, raise: RaiseConflict, heardAt = 0, asOf?: number): void {
    const { state, filledQuantity } = report;
    if (state !== 'rejected') this.#overrule(state ?? 'a report', raise);
    this.#terms.learn(report, this.#filled.amount, raise, heardAt, asOf);
    if (filledQuantity !== undefined) this.#learnFilled().learnTotal(filledQuantity, report.filledQuoteQuantity);
    else if (this.#isInverse) this.#learnFilled().learnTotal(ZERO, report.filledQuoteQuantity);
    else if (report.filledQuoteQuantity !== undefined) this.#learnFilled().learnQuote(report.filledQuoteQuantity);
    this.#learnState(report, raise);
    this.#createdAt ??= report.createdAt;
    this.#touch(receivedAt, report.updatedAt);
    this.#check(raise);
    this.#described = undefined;
  }

  /** @returns whether the fill was new. */
  learnFill(fill: Fill, receivedAt: number, raise: RaiseConflict): boolean {
    this.#overrule('a fill', raise);
    this.#terms.learnSide(fill.side, raise);
    this.#seen = Math.max(this.#seen, SEEN);
    const isNew = this.#learnFilled().addFill(fill, raise);
    if (isNew) this.#touch(receivedAt, fill.filledAt);
    this.#check(raise);
    this.#described = undefined;
    return isNew;
  }

  learnVerdict(
    verdict: Exclude<Verdict, 'pending'>,
    reason: string | undefined,
    receivedAt: number,
    raise: RaiseConflict,
  ): void {
    if (!this.#isUnseen()) {
      // That the answer got lost is no news once the venue has shown the order.
      const isEnd = verdict === 'rejected' || verdict === 'not_sent';
      if (isEnd && this.#state() !== 'rejected') raise('verdict', this.#state(), verdict);
      return;
    }
    if (this.#verdict !== 'pending' && this.#verdict !== 'unknown') return;
    this.#verdict = verdict;
    this.#verdictReason = reason;
    this.#wasUnknown ||= verdict === 'unknown';
    this.#touch(receivedAt, undefined);
    this.#described = undefined;
  }

  /** Takes over what was known of the same order under its other id. */
  absorb(other: TrackedOrder, raise: RaiseConflict): void {
    if (!other.#isUnseen()) this.#overrule('a report', raise);
    this.#terms.absorb(other.#terms);
    if (other.#known !== undefined) this.#learnFilled().absorb(other.#known, raise);
    this.#seen = Math.max(this.#seen, other.#seen);
    this.#end ??= other.#end;
    this.#saidFilled ||= other.#saidFilled;
    this.#createdAt ??= other.#createdAt;
    this.#touch(other.#receivedAt, other.#updatedAt);
    this.#check(raise);
    this.#described = undefined;
  }

  allowChange(change: Partial<Terms>): void {
    this.#terms.allowChange(change);
    this.#described = undefined;
  }

  refuseChange(change: Partial<Terms>): void {
    this.#terms.refuseChange(change);
    this.#described = undefined;
  }

  /** The order as it stands; `undefined` while side or type are not known. The same object until something changes. */
  describe(venue: VenueId): Order | undefined {
    const before = this.#described;
    if (before !== undefined && before.orderId === this.orderId && before.clientOrderId === this.clientOrderId)
      return before;
    const terms = this.#terms.complete;
    if (terms === undefined) return undefined;
    const order = printOrder(venue, this, terms, {
      filledQuantity: this.#filledQuantity(),
      filledQuoteQuantity: this.#filledQuoteQuantity(),
      state: this.#state(),
      reason: this.#reason(),
      createdAt: this.#createdAt,
      updatedAt: this.#updatedAt,
      receivedAt: this.#receivedAt,
    });
    // Watchers and callers share it: one that writes into it must fail, not change what the others see.
    this.#described = Object.freeze(order);
    return this.#described;
  }

  get isEnded(): boolean {
    return isFinal(this.#state());
  }

  #learnState(report: OrderReport, raise: RaiseConflict): void {
    const { state, reason } = report;
    const filled = this.#isInverse ? report.filledQuoteQuantity : report.filledQuantity;
    if (state === 'filled' && filled === undefined) this.#saidFilled = true;
    const seen = state === 'partially_filled' ? PART_FILLED : state === 'open' ? OPEN : SEEN;
    this.#seen = Math.max(this.#seen, seen);
    if (state === undefined || !isFinal(state)) return;
    const end = this.#end;
    if (end === undefined) this.#end = { state, reason, filled };
    else if (end.state === state) this.#end = { state, reason: end.reason ?? reason, filled: end.filled ?? filled };
    else raise('final_state', end.state, state);
    if (end !== undefined && filled !== undefined && compareDecimals(filled, this.#filled.amount) < 0) {
      raise('late_fill', this.#filled.amount, filled);
    }
  }

  /** Raises what the evidence as a whole contradicts, each once. */
  #check(raise: RaiseConflict): void {
    const filled = this.#filled.amount;
    const { most } = this.#terms;
    const end = this.#end;
    if (end?.filled !== undefined && compareDecimals(filled, end.filled) > 0) {
      raise('late_fill', end.filled, filled);
      this.#end = { ...end, filled };
    }
    if (end !== undefined && end.state !== 'filled' && this.#isFull() && !this.#isEndContradicted) {
      this.#isEndContradicted = true;
      raise('final_state', end.state, 'filled');
    }
    if (most === undefined || compareDecimals(filled, most) <= 0) return;
    if (this.#overfillTold !== undefined && compareDecimals(filled, this.#overfillTold) <= 0) return;
    this.#overfillTold = filled;
    raise('overfill', most, filled);
  }

  /** The venue shows an order that ought not to be there. */
  #overrule(told: string, raise: RaiseConflict): void {
    if (this.#verdict === 'pending' || this.#verdict === 'unknown') return;
    if (this.#isUnseen()) raise('verdict', this.#verdict, told);
    this.#verdict = 'unknown';
  }

  get #filled(): FilledAmounts {
    return this.#known ?? (this.#isInverse ? NONE_OF_INVERSE : NONE);
  }

  #learnFilled(): FilledAmounts {
    this.#known ??= new FilledAmounts(this.#isInverse);
    return this.#known;
  }

  #isUnseen(): boolean {
    return this.#seen === UNSEEN;
  }

  #state(): OrderState {
    if (this.#isFull()) return 'filled';
    if (this.#end !== undefined && !this.#isShort(this.#end)) return this.#end.state;
    if (this.#isUnseen())
      return this.#verdict === 'pending' || this.#verdict === 'unknown' ? this.#verdict : 'rejected';
    if (this.#seen === PART_FILLED || !isZero(this.#filled.amount)) return 'partially_filled';
    return this.#seen === OPEN ? 'open' : 'pending';
  }

  #reason(): string | undefined {
    if (this.#end !== undefined) return this.#end.state === this.#state() ? this.#end.reason : undefined;
    if (!this.#isUnseen() || this.#state() !== 'rejected') return undefined;
    return this.#verdictReason ?? this.#verdict;
  }

  #filledQuantity(): Decimal {
    // At what price contracts of quote asset were filled is not implied.
    if (this.#isInverse || !this.#isImplied()) return this.#filled.quantity;
    return this.#terms.ordered ?? this.#filled.quantity;
  }

  #filledQuoteQuantity(): Decimal | undefined {
    if (!this.#isImplied()) return this.#filled.quoteQuantity;
    return this.#isInverse ? this.#terms.ordered : undefined;
  }

  /** `filled` without a number means all of it. */
  #isImplied(): boolean {
    const { ordered } = this.#terms;
    return this.#saidFilled && ordered !== undefined && compareDecimals(this.#filled.amount, ordered) < 0;
  }

  #isFull(): boolean {
    const { most } = this.#terms;
    const filled = this.#filled.amount;
    return most !== undefined && !isZero(filled) && compareDecimals(filled, most) >= 0;
  }

  /** The venue has told its end, but not yet how much was filled: an order that is over and shows too little misleads. */
  #isShort({ state, filled }: End): boolean {
    if (filled !== undefined) return false;
    return (
      this.#filled.isShort || (state === 'filled' && isZero(this.#filled.amount) && this.#terms.ordered === undefined)
    );
  }

  #touch(receivedAt: number, updatedAt: number | undefined): void {
    this.#receivedAt = Math.max(this.#receivedAt, receivedAt);
    if (updatedAt !== undefined) this.#updatedAt = Math.max(this.#updatedAt ?? updatedAt, updatedAt);
  }
}
