import type { AmendRequest, OrderRef, OrderReport } from '../../adapter/order-endpoints.js';
import type { PrivateVenue } from '../../adapter/private-venue.js';
import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';
import { createExchangeError } from '../../errors/kinds.js';
import { compareDecimals, type Decimal } from '../../model/decimal.js';
import { isFinal, type Order } from '../../model/order.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { atMost } from '../../transport/at-most.js';
import { sleep } from '../../transport/sleep.js';
import type { ExchangeCore } from '../exchange-core.js';
import { refOf } from '../orders/order-ref.js';
import type { OrderTracker } from '../orders/order-tracker.js';
import type { CommandDoor } from './command-door.js';
import type { OrderReads } from './order-reads.js';

interface CancelDeskOptions {
  readonly core: ExchangeCore;
  readonly venue: PrivateVenue;
  readonly tracker: OrderTracker;
  readonly reads: OrderReads;
  readonly door: CommandDoor;
  readonly signal: AbortSignal;
}

/** Pauses between looks at an order that was canceled and does not show as ended yet, ms. */
const PAUSES_MS = [0, 200, 500, 1_000] as const;
const AT_ONCE = 8;
/** The list of what is open is waited for so long before it is canceled all the same, ms. */
const LIST_PATIENCE_MS = 1_000;
const MOST_NAMED = 10;

/** Cancels and changes resting orders, and finds out how they ended. */
export class CancelDesk {
  readonly #options: CancelDeskOptions;

  constructor(options: CancelDeskOptions) {
    this.#options = options;
  }

  async cancel(ref: OrderRef, via: 'rest' | 'ws' = 'rest'): Promise<Order> {
    const { door } = this.#options;
    const known = this.#complete(ref);
    try {
      const order = this.#merge(known, await door.cancel(known, via));
      return isFinal(order.state) ? order : await this.#ended(known, undefined);
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      // It may have been filled, or canceled by the try whose answer was lost: the order itself knows.
      if (error.code !== 'order_not_found' && error.outcome !== 'unknown') throw error;
      const order = await this.#ended(known, error);
      if (!isFinal(order.state)) throw error;
      return order;
    }
  }

  async cancelMany(refs: readonly OrderRef[]): Promise<Array<Order | ExchangeError>> {
    const answers: Array<Order | ExchangeError> = new Array(refs.length);
    let next = 0;
    const work = async (): Promise<void> => {
      for (let index = next++; index < refs.length; index = next++) {
        try {
          answers[index] = await this.cancel(refs[index] as OrderRef);
        } catch (error) {
          answers[index] = isExchangeError(error)
            ? error
            : createExchangeError('unknown', { message: 'canceling failed', outcome: 'unknown', cause: error });
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, refs.length) }, work));
    return answers;
  }

  /**
   * Cancels what is open in the market; orders that the answer does not describe are read. It is sent also when nothing is
   * listed, because the venue may still hide an order from its lists, and when nothing can be read: then what is known here is told.
   */
  async cancelAll(symbol: MarketSymbol): Promise<Order[]> {
    const { core, venue, tracker } = this.#options;
    const mapper = await core.catalog.mapper();
    const known = tracker.open().filter((order) => order.symbol === symbol && order.orderId !== undefined);
    let listed: readonly OrderReport[] = known.map(refOf);
    const listing = this.#list(symbol).then((rows) => {
      listed = rows ?? listed;
    });
    await atMost(core.clock, LIST_PATIENCE_MS, listing);
    const rows = new Map(listed.map((row) => [row.orderId, row]));
    try {
      const answers = await core.rest.call(venue.orders.cancelAll, { symbol }, { mapper, lane: 'cancel' });
      for (const answer of answers) {
        tracker.apply(answer, 'answer');
        if (!rows.has(answer.orderId)) rows.set(answer.orderId, answer);
      }
    } catch (error) {
      // Nothing is open any more: it ended since it was listed.
      if (!isExchangeError(error, 'order_not_found')) throw error;
    }
    return Promise.all(
      [...rows.values()].map(async (row) => {
        const order = tracker.apply(row, 'query');
        return order !== undefined && isFinal(order.state) ? order : this.#ended(row, undefined);
      }),
    );
  }

  /** `undefined` where it cannot be had, which is told: cancels may work while reads do not. */
  async #list(symbol: MarketSymbol): Promise<readonly OrderReport[] | undefined> {
    const { core, reads } = this.#options;
    try {
      return (await reads.openReports(symbol)).rows;
    } catch (error) {
      if (!isExchangeError(error, 'closed')) core.report(error);
      return undefined;
    }
  }

  /** `own`: the orders of this client, one by one. `all`: whatever is open, market by market. */
  async cancelOpen(which: 'own' | 'all'): Promise<Order[]> {
    if (which === 'all') return this.#cancelEverywhere();
    const answers = await this.cancelMany(this.#left('own').map(refOf));
    // Nobody else would tell that an order may have been left in the market.
    for (const answer of answers) if (isExchangeError(answer)) this.#options.core.report(answer);
    return answers.filter((answer): answer is Order => !isExchangeError(answer));
  }

  /** In the markets that are known here at once, for a new order may not be listed yet, and in those that are listed. @throws what failed. */
  async #cancelEverywhere(): Promise<Order[]> {
    const { reads, tracker, venue } = this.#options;
    const markets = new Map<MarketSymbol, Promise<Order[]>>();
    const cancelIn = (orders: readonly { readonly symbol: MarketSymbol }[]): void => {
      for (const { symbol } of orders) {
        if (markets.has(symbol)) continue;
        const canceling = this.cancelAll(symbol);
        canceling.catch(() => undefined);
        markets.set(symbol, canceling);
      }
    };
    cancelIn(tracker.open());
    const listing = venue.orders.openRules.needsSymbol
      ? Promise.resolve([])
      : reads.openReports(undefined).then(({ rows }) => rows);
    const [listed] = await Promise.allSettled([listing.then(cancelIn)]);
    const ended = await Promise.allSettled(markets.values());
    const failed = [...ended, listed].find((one) => one?.status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return ended.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  }

  /** Cancels before everything is closed, and tells which orders may be left in the market; never rejects. */
  async cancelAtClose(which: 'own' | 'all', withinMs: number): Promise<void> {
    const { core } = this.#options;
    await atMost(core.clock, withinMs, this.cancelOpen(which)).catch(core.report);
    const left = this.#left(which);
    if (left.length === 0) return;
    const names = left
      .slice(0, MOST_NAMED)
      .map(({ symbol, orderId, clientOrderId }) => `${symbol} ${orderId ?? clientOrderId}`);
    const more = left.length > names.length ? ` and ${left.length - names.length} more` : '';
    const message = `orders that may still rest after the close (${left.length}): ${names.join(', ')}${more}`;
    core.report(createExchangeError('unknown', { message, outcome: 'unknown', venue: core.venue.id }));
  }

  #left(which: 'own' | 'all'): Order[] {
    return this.#options.tracker.open().filter(({ origin }) => which === 'all' || origin === 'own');
  }

  async amend(change: AmendRequest, via: 'rest' | 'ws' = 'rest'): Promise<Order> {
    const { door, reads, tracker } = this.#options;
    const known = { ...change, ...this.#complete(change) };
    tracker.allowAmend(known);
    try {
      return this.#merge(known, await door.amend(known, via));
    } catch (error) {
      if (!isExchangeError(error) || error.outcome !== 'unknown') {
        tracker.refuseAmend(known);
        throw error;
      }
      // Price and quantity are absolute: what the order says now is what happened. That it cannot be read says nothing.
      const report = await reads.report(known).catch(() => undefined);
      const order = report && this.#merge(known, report);
      if (order === undefined || !isChanged(order, change)) throw error;
      return order;
    }
  }

  /** Both ids, where we know the other one. */
  #complete(ref: OrderRef): OrderRef {
    const known = this.#options.tracker.get(refOf(ref));
    return refOf({ ...known, ...refOf(ref) });
  }

  /** @param error what the venue said instead. @throws it, when the order cannot be found either. */
  async #ended(ref: OrderRef, error: ExchangeError | undefined): Promise<Order> {
    const { core, reads, signal, tracker } = this.#options;
    let order = tracker.get(ref);
    for (const pauseMs of PAUSES_MS) {
      if (order !== undefined && isFinal(order.state)) return order;
      if (pauseMs > 0) await sleep(core.clock, pauseMs, signal);
      try {
        order = this.#merge(ref, await reads.report(ref));
      } catch (failure) {
        if (isExchangeError(failure, 'order_not_found') && error?.code === 'order_not_found') throw error;
        if (!isExchangeError(failure)) throw failure;
      }
    }
    if (order === undefined) throw error ?? core.closedError();
    return order;
  }

  #merge(ref: OrderRef, report: OrderReport): Order {
    const { tracker } = this.#options;
    const whole = { ...report, symbol: ref.symbol, ...(ref.orderId && { orderId: ref.orderId }) };
    const named = ref.clientOrderId === undefined ? whole : { ...whole, clientOrderId: ref.clientOrderId };
    const order = tracker.apply(named, 'answer') ?? tracker.look(named);
    if (order !== undefined) return order;
    throw createExchangeError('malformed_response', {
      message: 'the venue says too little of the order: neither its side nor its type',
      outcome: 'unknown',
      venue: this.#options.core.venue.id,
    });
  }
}

function isChanged(order: Order, change: AmendRequest): boolean {
  return (
    isNow(order.price, change.price) &&
    isNow(order.quantity, change.quantity) &&
    isNow(order.quoteQuantity, change.quoteQuantity)
  );
}

/** The venue may print the same number in another way. */
function isNow(told: Decimal | undefined, wanted: Decimal | undefined): boolean {
  return wanted === undefined || (told !== undefined && compareDecimals(told, wanted) === 0);
}
