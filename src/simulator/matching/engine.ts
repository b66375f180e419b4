import { ValidationError } from '../../errors/kinds.js';
import type { Side } from '../../model/side.js';
import { Ladder } from './ladder.js';
import type { Execution, MeetingRule, NewOrder, RestingOrder } from './order.js';
import { enqueue, type PriceLevel, unlink } from './price-level.js';

/** Hears everything that happens, in order: the trades of a level, then the level. Never at rest does the book cross. */
export interface EngineListener {
  level(side: 'bid' | 'ask', priceTicks: number, lots: number, previousLots: number): void;
  /** One fill of one resting order. `maker` already shows what it holds after the fill. */
  trade(priceTicks: number, lots: number, takerSide: Side, maker: RestingOrder, taker: NewOrder): void;
}

/** Price-time priority matching of one market, on whole ticks and lots. An owner may trade with himself unless his handler forbids it. */
export class MatchingEngine {
  readonly bids = new Ladder('bid');
  readonly asks = new Ladder('ask');
  readonly #orders = new Map<number, RestingOrder>();
  #listener: EngineListener | undefined;
  #lastId = 0;
  #filled = 0;
  #quote = 0;
  /** The order that is being matched has met one that it must not trade with. */
  #stopped = false;

  /** Orders submitted before are part of the book but were not reported. */
  listen(listener: EngineListener): void {
    this.#listener = listener;
  }

  /** A resting order; `undefined` once it is gone. */
  order(id: number): RestingOrder | undefined {
    return this.#orders.get(id);
  }

  /** @throws {ValidationError} when the price or the quantity is not a whole number above zero. */
  submit(order: NewOrder): Execution {
    const { side, lots } = order;
    requireUnits('quantity', lots);
    if (order.priceTicks !== undefined) requireUnits('price', order.priceTicks);
    const limit = order.priceTicks ?? (side === 'buy' ? Number.POSITIVE_INFINITY : 0);
    const orderId = ++this.#lastId;
    const best = (side === 'buy' ? this.asks : this.bids).best;
    const takes = best !== undefined && reaches(side, limit, best.priceTicks);
    this.#stopped = false;
    if (takes && order.postOnly)
      return { orderId, status: 'rejected', filledLots: 0, restingLots: 0, quoteTickLots: 0 };
    this.#filled = 0;
    this.#quote = 0;
    if (takes && !(order.timeInForce === 'fok' && !this.canFill(order))) this.#take(order, limit);
    const left = lots - this.#filled;
    const rests =
      left > 0 && !this.#stopped && order.priceTicks !== undefined && (order.timeInForce ?? 'gtc') === 'gtc';
    if (rests) this.#rest(orderId, order, limit, left);
    return {
      orderId,
      status: left === 0 ? 'filled' : !rests ? 'canceled' : this.#filled > 0 ? 'partially_filled' : 'open',
      filledLots: this.#filled,
      restingLots: rests ? left : 0,
      quoteTickLots: this.#quote,
    };
  }

  /** Takes a resting order out. Returns what was left of it; 0 = there is no such order any more. */
  cancel(id: number): number {
    const order = this.#orders.get(id);
    const level = order?.level;
    if (order === undefined || level === undefined) return 0;
    const before = level.lots;
    const lots = order.lots;
    this.#remove(level, order);
    this.#settle(order.side === 'buy' ? 'bid' : 'ask', level, before);
    return lots;
  }

  /** Makes a resting order smaller; it keeps its place in the line. `lots` is below what is left of it. */
  reduce(id: number, lots: number): void {
    requireUnits('quantity', lots);
    const order = this.#orders.get(id);
    const level = order?.level;
    if (order === undefined || level === undefined || lots >= order.lots) return;
    const before = level.lots;
    level.lots -= order.lots - lots;
    order.lots = lots;
    this.#settle(order.side === 'buy' ? 'bid' : 'ask', level, before);
  }

  /** Whether an order at this price would take; `undefined` = at any price. */
  wouldTake(side: Side, priceTicks: number | undefined): boolean {
    const best = (side === 'buy' ? this.asks : this.bids).best;
    return best !== undefined && (priceTicks === undefined || reaches(side, priceTicks, best.priceTicks));
  }

  /** Whether the book holds enough for the whole order. */
  canFill(order: NewOrder): boolean {
    const { side, lots } = order;
    const limit = order.priceTicks ?? (side === 'buy' ? Number.POSITIVE_INFINITY : 0);
    const ladder = side === 'buy' ? this.asks : this.bids;
    let available = 0;
    for (let rank = 0; available < lots; rank++) {
      const level = ladder.at(rank);
      if (level === undefined || !reaches(side, limit, level.priceTicks)) return false;
      if (order.handler === undefined) available += level.lots;
      else {
        for (let maker = level.head; maker !== undefined && available < lots; maker = maker.next) {
          const rule = meetingRule(order, maker);
          if (rule === undefined) available += Math.min(maker.lots, maker.handler?.most?.() ?? maker.lots);
          else if (rule !== 'cancel_maker') return false;
        }
      }
    }
    return true;
  }

  #take(order: NewOrder, limit: number): void {
    const { side, lots } = order;
    const ladder = side === 'buy' ? this.asks : this.bids;
    let left = lots;
    for (let level = ladder.best; left > 0 && !this.#stopped && level !== undefined; level = ladder.best) {
      if (!reaches(side, limit, level.priceTicks)) break;
      const before = level.lots;
      left = this.#takeLevel(order, level, left);
      if (level.lots !== before) this.#settle(side === 'buy' ? 'ask' : 'bid', level, before);
    }
    this.#filled = lots - left;
  }

  #takeLevel(order: NewOrder, level: PriceLevel, lots: number): number {
    let left = lots;
    for (let maker = level.head; left > 0 && maker !== undefined; maker = level.head) {
      const rule = meetingRule(order, maker);
      if (rule !== undefined) {
        this.#part(rule, level, maker);
        if (this.#stopped) break;
        continue;
      }
      const most = maker.handler?.most?.() ?? maker.lots;
      if (most === 0) {
        this.#part('cancel_maker', level, maker);
        continue;
      }
      const fill = Math.min(left, maker.lots, most);
      left -= fill;
      maker.lots -= fill;
      level.lots -= fill;
      this.#quote += fill * level.priceTicks;
      this.#listener?.trade(level.priceTicks, fill, order.side, maker, order);
      if (maker.lots === 0) this.#remove(level, maker);
    }
    return left;
  }

  #part(rule: MeetingRule, level: PriceLevel, maker: RestingOrder): void {
    if (rule !== 'cancel_taker') {
      this.#remove(level, maker);
      maker.handler?.prevented();
    }
    this.#stopped = rule !== 'cancel_maker';
  }

  #rest(id: number, order: NewOrder, priceTicks: number, lots: number): void {
    const bid = order.side === 'buy';
    const level = (bid ? this.bids : this.asks).findOrAdd(priceTicks);
    const before = level.lots;
    const resting: RestingOrder = {
      id,
      owner: order.owner,
      side: order.side,
      lots,
      level,
      previous: undefined,
      next: undefined,
      handler: order.handler,
    };
    this.#orders.set(id, resting);
    enqueue(level, resting);
    this.#listener?.level(bid ? 'bid' : 'ask', priceTicks, level.lots, before);
  }

  #remove(level: PriceLevel, order: RestingOrder): void {
    unlink(level, order);
    this.#orders.delete(order.id);
  }

  #settle(side: 'bid' | 'ask', level: PriceLevel, before: number): void {
    if (level.lots === 0) (side === 'bid' ? this.bids : this.asks).remove(level);
    this.#listener?.level(side, level.priceTicks, level.lots, before);
  }
}

function meetingRule({ handler }: NewOrder, maker: RestingOrder): MeetingRule | undefined {
  return handler !== undefined && maker.handler !== undefined ? handler.meets(maker.handler) : undefined;
}

function reaches(side: Side, limit: number, priceTicks: number): boolean {
  return side === 'buy' ? priceTicks <= limit : priceTicks >= limit;
}

function requireUnits(field: string, units: number): void {
  if (Number.isSafeInteger(units) && units > 0) return;
  throw new ValidationError({ field, expected: 'a whole number above zero', received: units });
}
