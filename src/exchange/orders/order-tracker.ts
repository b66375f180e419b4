import type { AmendRequest, OrderRef, OrderReport, OrderRequest } from '../../adapter/order-endpoints.js';
import { DuplicateOrderError, OverflowError } from '../../errors/kinds.js';
import type { Fill } from '../../model/fill.js';
import { isFinal, type Order } from '../../model/order.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import { type NewsSource, OrderConflictError, type OrderConflictKind, type RaiseConflict } from './order-conflict.js';
import { OrderShelf } from './order-shelf.js';
import { TrackedOrder } from './tracked-order.js';

export interface OrderTrackerOptions {
  readonly venue: VenueId;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly conflict: (error: OrderConflictError) => void;
  /** Ended orders that are kept whole. Default 10,000; of older ones only ids and trades are recognised. */
  readonly keepEnded?: number;
  /** Older orders whose ids are recognised, and older trades. Default 100,000 each. */
  readonly remembered?: number;
  /** Own orders, and orders of others, that may be live. Default 10,000 each. */
  readonly maxLive?: number;
}

interface TrackerEvents {
  /** An order has changed; also a new one. */
  readonly order: Order;
  /** A fill that was not known before. */
  readonly fill: Fill;
}

/**
 * What our own sending found out. `unknown`: the answer got lost. `rejected`: refused for certain, or proven absent.
 * `not_sent`: no byte left. The last two end it, unless the venue shows it all the same.
 */
export type SendingNews = 'unknown' | 'rejected' | 'not_sent';

const COMPARED = [
  'orderId',
  'clientOrderId',
  'side',
  'type',
  'timeInForce',
  'postOnly',
  'reduceOnly',
  'positionSide',
  'price',
  'quantity',
  'quoteQuantity',
  'filledQuantity',
  'filledQuoteQuantity',
  'state',
  'reason',
] as const satisfies readonly (keyof Order)[];

/**
 * Merges what REST answers, streams and our own sending say of the account's orders. The same news in any order, any
 * number of times, gives the same orders: filled amounts never fall, an end stays, the first order id stays, a fill
 * counts once by its trade id, also when it comes before its order. What contradicts goes to `conflict`.
 *
 * Bounds: see the options. Ended orders beyond `keepEnded` are dropped, the first to end first. With too many live
 * orders of others the oldest is dropped with a conflict `overflow`; with too many of our own, `begin` throws.
 */
export class OrderTracker {
  readonly #venue: VenueId;
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly #conflict: (error: OrderConflictError) => void;
  readonly #orderHandlers: ((order: Order) => void)[] = [];
  readonly #fillHandlers: ((fill: Fill) => void)[] = [];
  readonly #shelf: OrderShelf;
  readonly #maxLive: number;

  constructor(options: OrderTrackerOptions) {
    this.#venue = options.venue;
    this.#clock = options.clock;
    this.#conflict = options.conflict;
    this.#maxLive = options.maxLive ?? 10_000;
    this.#shelf = new OrderShelf({ ended: options.keepEnded ?? 10_000, remembered: options.remembered ?? 100_000 });
  }

  /** Handlers must not throw, and may call the tracker. */
  on<N extends keyof TrackerEvents>(event: N, handler: (event: TrackerEvents[N]) => void): void {
    if (event === 'order') this.#orderHandlers.push(handler as (order: Order) => void);
    else this.#fillHandlers.push(handler as (fill: Fill) => void);
  }

  /**
   * An order of ours is about to be sent, or was by the run before.
   * @throws {DuplicateOrderError} `not_sent`, when its client order id was used. @throws {OverflowError}
   */
  begin(request: OrderRequest): Order {
    return this.#tell(this.#claim(request)) as Order;
  }

  /**
   * {@link OrderTracker.begin} but for telling: that is for {@link OrderTracker.announce}, so that nobody who listens
   * holds up the order. It can be found from now on.
   * @throws as {@link OrderTracker.begin} does.
   */
  claim(request: OrderRequest): void {
    this.#claim(request);
  }

  /** Tells of an order that was claimed, unless it has been told of. */
  announce(clientOrderId: string): void {
    const order = this.#shelf.own(clientOrderId);
    if (order !== undefined && order.told === undefined) this.#tell(order);
  }

  #claim(request: OrderRequest): TrackedOrder {
    const { symbol, clientOrderId } = request;
    const before = this.#shelf.own(clientOrderId) ?? this.#shelf.byClientId({ symbol, clientOrderId });
    if (before?.isFree === true) this.#shelf.remove(before);
    else if (before !== undefined || this.#shelf.isPast({ symbol, clientOrderId })) {
      const message = `clientOrderId: expected one that was never used, received ${JSON.stringify(clientOrderId)}`;
      throw new DuplicateOrderError({ message, outcome: 'not_sent', venue: this.#venue });
    }
    if (this.#shelf.liveOwn >= this.#maxLive) {
      throw new OverflowError({ message: `${this.#maxLive} orders of this client are live`, venue: this.#venue });
    }
    const order = new TrackedOrder(symbol, this.#clock.now(), request);
    this.#shelf.add(order);
    return order;
  }

  /**
   * What became of the sending. An order that was not begun is left alone.
   * @param reason why it ended; default the news itself.
   */
  mark(clientOrderId: string, news: SendingNews, reason?: string): void {
    const order = this.#shelf.own(clientOrderId);
    if (order === undefined) return;
    order.learnVerdict(news, reason, this.#clock.now(), this.#raise(order, 'local'));
    this.#tell(order);
  }

  /**
   * What the venue says of an order.
   * @param asOf monotonic ms: it was so at that moment or later, whatever times it names. Absent: that is not known.
   * @returns the order as it stands; `undefined` for one that ended so long ago that it was dropped, or of which too
   * little is known yet.
   */
  apply(report: OrderReport, source: NewsSource, asOf?: number): Order | undefined {
    const order = this.#resolve(report, source);
    if (order === undefined) return undefined;
    order.learnReport(report, this.#clock.now(), this.#raise(order, source), this.#clock.monotonic(), asOf);
    return this.#tell(order);
  }

  /**
   * The order as a row of a list shows it. Merged when it is known or has not ended; a look at the past is no news, so
   * any other is described and forgotten.
   */
  look(report: OrderReport): Order | undefined {
    const { symbol } = report;
    if (this.#isKnown(report) || (!isFinal(report.state ?? 'unknown') && !this.#shelf.isPast(report)))
      return this.apply(report, 'query');
    const order = new TrackedOrder(symbol, this.#clock.now());
    order.orderId = report.orderId;
    order.clientOrderId = report.clientOrderId;
    order.learnReport(report, this.#clock.now(), () => undefined);
    return order.describe(this.#venue);
  }

  /** @returns whether the fill was not known before. */
  applyFill(fill: Fill): boolean {
    if (!this.#isKnown(fill) && this.#shelf.isPastTrade(fill, fill.id)) return false;
    const order = this.#resolve(fill, 'fill');
    const isNew =
      order === undefined
        ? this.#isNewPastFill(fill)
        : order.learnFill(fill, this.#clock.now(), this.#raise(order, 'fill'));
    if (order !== undefined) this.#tell(order);
    if (isNew) for (const handler of this.#fillHandlers) handler(fill);
    return isNew;
  }

  /** Another price or quantity of this order is no contradiction from now on: it is being amended. */
  allowAmend(change: AmendRequest): void {
    this.#find(change)?.allowChange(change);
  }

  /** The amendment is certain not to be carried out. */
  refuseAmend(change: AmendRequest): void {
    const order = this.#find(change);
    if (order === undefined) return;
    order.refuseChange(change);
    this.#tell(order);
  }

  /** Whether the venue's id belongs to an order of ours, also an ended one. */
  hasOrder(orderId: string): boolean {
    return this.#shelf.isOwnOrderId(orderId);
  }

  /** By order id where given, else by client order id. */
  get(ref: OrderRef): Order | undefined {
    return this.#find(ref)?.describe(this.#venue);
  }

  /** Orders that have not ended, oldest first, ours and others'. */
  open(): Order[] {
    return [...this.#shelf.live].flatMap((order) => order.describe(this.#venue) ?? []);
  }

  #isKnown(ref: OrderRef): boolean {
    return (this.#shelf.byOrderId(ref) ?? this.#shelf.byClientId(ref)) !== undefined;
  }

  #find(ref: OrderRef): TrackedOrder | undefined {
    return ref.orderId === undefined ? this.#shelf.byClientId(ref) : this.#shelf.byOrderId(ref);
  }

  /** The one order that these ids name; a new one of somebody else when nobody has them. */
  #resolve(ref: OrderRef, source: NewsSource): TrackedOrder | undefined {
    const byId = this.#shelf.byOrderId(ref);
    const byClientId = this.#shelf.byClientId(ref);
    if (byId !== undefined) return this.#reconcile(byId, byClientId, ref, source);
    if (byClientId !== undefined && (ref.orderId === undefined || byClientId.orderId === undefined)) {
      byClientId.orderId ??= ref.orderId;
      this.#shelf.index(byClientId);
      return byClientId;
    }
    if (this.#shelf.isPast(ref) || (ref.orderId ?? ref.clientOrderId) === undefined) return undefined;
    if (byClientId !== undefined) {
      this.#raise(byClientId, source)('order_id', byClientId.orderId ?? '', ref.orderId ?? '');
    }
    return this.#addForeign(ref, byClientId === undefined ? ref.clientOrderId : undefined);
  }

  #reconcile(
    byId: TrackedOrder,
    byClientId: TrackedOrder | undefined,
    { clientOrderId }: OrderRef,
    source: NewsSource,
  ): TrackedOrder {
    if (byClientId === byId || clientOrderId === undefined) return byId;
    const isNameless = byId.clientOrderId === undefined;
    if (!isNameless) this.#raise(byId, source)('client_order_id', byId.clientOrderId ?? '', clientOrderId);
    else if (byClientId === undefined) {
      byId.clientOrderId = clientOrderId;
      this.#shelf.index(byId);
    } else if (byClientId.orderId === undefined) {
      this.#shelf.remove(byId);
      byClientId.orderId = byId.orderId;
      this.#shelf.index(byClientId);
      byClientId.absorb(byId, this.#raise(byClientId, source));
      return byClientId;
    }
    return byId;
  }

  #addForeign({ symbol, orderId }: OrderRef, clientOrderId: string | undefined): TrackedOrder {
    if (this.#shelf.liveForeign >= this.#maxLive) this.#dropForeign();
    const order = new TrackedOrder(symbol, this.#clock.now());
    order.orderId = orderId;
    order.clientOrderId = clientOrderId;
    this.#shelf.add(order);
    return order;
  }

  #dropForeign(): void {
    for (const order of this.#shelf.live) {
      if (order.isOwn) continue;
      this.#shelf.remove(order);
      for (const id of order.tradeIds) this.#shelf.rememberTrade(order, id);
      // A lone fill of an order that nobody has told of is no loss.
      if (order.describe(this.#venue) === undefined) return;
      this.#raise(order, 'local')('overflow', 'an order of somebody else', `more than ${this.#maxLive}`);
      return;
    }
  }

  /** A fill of an order that has been dropped, and not one of those that it had. */
  #isNewPastFill(fill: Fill): boolean {
    this.#shelf.rememberTrade(fill, fill.id);
    this.#raise(fill, 'fill')('late_fill', 'an order that ended long ago', fill.quantity);
    return true;
  }

  #tell(order: TrackedOrder): Order | undefined {
    const now = order.describe(this.#venue);
    if (now === undefined) return undefined;
    const before = order.told;
    if (before === now) return now;
    order.told = now;
    if (isFinal(now.state) !== (before !== undefined && isFinal(before.state))) this.#shelf.sort(order);
    if (before === undefined || COMPARED.some((field) => before[field] !== now[field])) {
      for (const handler of this.#orderHandlers) handler(now);
    }
    return now;
  }

  #raise(order: OrderRef | TrackedOrder, source: NewsSource): RaiseConflict {
    return (kind: OrderConflictKind, known: string, told: string) => {
      const { symbol, orderId, clientOrderId } = order;
      this.#conflict(
        new OrderConflictError({ kind, symbol, orderId, clientOrderId, known, told, source }, this.#venue),
      );
    };
  }
}
