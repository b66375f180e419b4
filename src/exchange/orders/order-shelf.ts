import type { MarketSymbol } from '../../model/symbol.js';
import { BoundedSet } from './bounded-set.js';
import type { TrackedOrder } from './tracked-order.js';

/** How many ended orders are kept whole, and how many ids and trades of older ones are recognised. */
export interface ShelfBounds {
  readonly ended: number;
  readonly remembered: number;
}

interface Names {
  readonly symbol: MarketSymbol;
  readonly orderId?: string | undefined;
  readonly clientOrderId?: string | undefined;
}

/** The orders by their ids, which are unique per market. Ended ones go after a while, their ids and trades later. */
export class OrderShelf {
  readonly #byOrderId = new Map<MarketSymbol, Map<string, TrackedOrder>>();
  /** Those of others; ours are under their id alone. */
  readonly #byClientId = new Map<MarketSymbol, Map<string, TrackedOrder>>();
  readonly #live = new Set<TrackedOrder>();
  readonly #ended = new Set<TrackedOrder>();
  readonly #pastIds: BoundedSet;
  readonly #pastTrades: BoundedSet;
  /** By our id alone: no two of ours have the same. */
  readonly #own = new Map<string, TrackedOrder>();
  readonly #ownOrderIds: BoundedSet;
  readonly #maxEnded: number;
  #liveOwn = 0;

  constructor({ ended, remembered }: ShelfBounds) {
    this.#maxEnded = ended;
    this.#pastIds = new BoundedSet(2 * remembered);
    this.#pastTrades = new BoundedSet(remembered);
    this.#ownOrderIds = new BoundedSet(remembered);
  }

  /** Not ended, oldest first. */
  get live(): Iterable<TrackedOrder> {
    return this.#live;
  }

  get liveOwn(): number {
    return this.#liveOwn;
  }

  get liveForeign(): number {
    return this.#live.size - this.#liveOwn;
  }

  byOrderId({ symbol, orderId }: Names): TrackedOrder | undefined {
    return orderId === undefined ? undefined : this.#byOrderId.get(symbol)?.get(orderId);
  }

  byClientId({ symbol, clientOrderId }: Names): TrackedOrder | undefined {
    if (clientOrderId === undefined) return undefined;
    const own = this.#own.get(clientOrderId);
    return own?.symbol === symbol ? own : this.#byClientId.get(symbol)?.get(clientOrderId);
  }

  own(clientOrderId: string): TrackedOrder | undefined {
    return this.#own.get(clientOrderId);
  }

  /** Whether the venue's id belongs to an order of ours. */
  isOwnOrderId(orderId: string): boolean {
    return this.#ownOrderIds.has(orderId);
  }

  /** Whether it was an order that has ended long ago. */
  isPast({ symbol, orderId, clientOrderId }: Names): boolean {
    if (this.#pastIds.isEmpty) return false;
    if (orderId !== undefined) return this.#pastIds.has(orderKey(symbol, orderId));
    return clientOrderId !== undefined && this.#pastIds.has(clientKey(symbol, clientOrderId));
  }

  isPastTrade({ symbol, orderId }: Names, id: string): boolean {
    return this.#pastTrades.has(tradeKey(symbol, orderId, id));
  }

  rememberTrade({ symbol, orderId }: Names, id: string): void {
    this.#pastTrades.add(tradeKey(symbol, orderId, id));
  }

  /** Puts it under the ids that it has, among the live ones. */
  add(order: TrackedOrder): void {
    this.index(order);
    this.#live.add(order);
    if (order.isOwn) this.#liveOwn++;
  }

  /** Puts it under the ids that it has learned. */
  index(order: TrackedOrder): void {
    const { symbol, orderId, clientOrderId } = order;
    if (orderId !== undefined) idsOf(this.#byOrderId, symbol).set(orderId, order);
    if (!order.isOwn) {
      if (clientOrderId !== undefined) idsOf(this.#byClientId, symbol).set(clientOrderId, order);
      return;
    }
    if (orderId !== undefined) this.#ownOrderIds.add(orderId);
    if (clientOrderId !== undefined) this.#own.set(clientOrderId, order);
  }

  /** Takes it away without a trace. */
  remove(order: TrackedOrder): void {
    const { symbol, orderId, clientOrderId } = order;
    if (this.#live.delete(order) && order.isOwn) this.#liveOwn--;
    this.#ended.delete(order);
    if (this.byOrderId(order) === order) this.#byOrderId.get(symbol)?.delete(orderId as string);
    if (order.isOwn) this.#own.delete(clientOrderId as string);
    else if (this.byClientId(order) === order) this.#byClientId.get(symbol)?.delete(clientOrderId as string);
  }

  /** Sorts it among the live or the ended; the oldest of too many ended ones are forgotten but for their ids. */
  sort(order: TrackedOrder): void {
    if (!order.isEnded) {
      if (this.#ended.delete(order)) this.add(order);
      return;
    }
    if (this.#live.delete(order) && order.isOwn) this.#liveOwn--;
    this.#ended.add(order);
    if (this.#ended.size <= this.#maxEnded) return;
    for (const oldest of this.#ended) {
      this.#forget(oldest);
      return;
    }
  }

  #forget(order: TrackedOrder): void {
    const { symbol, orderId, clientOrderId } = order;
    this.remove(order);
    if (orderId !== undefined) this.#pastIds.add(orderKey(symbol, orderId));
    if (clientOrderId !== undefined) this.#pastIds.add(clientKey(symbol, clientOrderId));
    for (const id of order.tradeIds) this.rememberTrade(order, id);
  }
}

/** The ids of one market; there are as many maps as markets at most. */
function idsOf(all: Map<MarketSymbol, Map<string, TrackedOrder>>, symbol: MarketSymbol): Map<string, TrackedOrder> {
  let ids = all.get(symbol);
  if (ids === undefined) {
    ids = new Map();
    all.set(symbol, ids);
  }
  return ids;
}

function orderKey(symbol: string, orderId: string): string {
  return `o ${symbol} ${orderId}`;
}

function clientKey(symbol: string, clientOrderId: string): string {
  return `c ${symbol} ${clientOrderId}`;
}

/** Both sides of a trade with oneself have the same trade id. */
function tradeKey(symbol: string, orderId: string | undefined, id: string): string {
  return `${symbol} ${orderId} ${id}`;
}
