import type { Side } from '../../model/side.js';
import type { SeededRandom } from '../../transport/seeded-random.js';
import type { SimulatedMarket } from '../market.js';
import type { Ladder } from '../matching/ladder.js';
import type { RestingOrder } from '../matching/order.js';
import type { OrderSize } from './order-size.js';

/** Owner of every synthetic order. */
export const FLOW_OWNER = 'flow';

/** Mean distance between two levels, as a fraction of the price; at least one tick. */
const GAP = 0.00002;
/** Levels per side and step that are added at most while a side is short of them: this fraction, but not below four. */
const REFILL = 0.1;

/** The makers' orders of one market: a ladder on each side of their price. */
export class MakerLadder {
  readonly #market: SimulatedMarket;
  readonly #bids: Ladder;
  readonly #asks: Ladder;
  readonly #random: SeededRandom;
  readonly #size: OrderSize;
  readonly #levels: number;
  readonly #gapTicks: number;

  constructor(options: {
    readonly market: SimulatedMarket;
    readonly random: SeededRandom;
    readonly size: OrderSize;
    readonly levels: number;
  }) {
    const { spec, engine } = options.market;
    this.#market = options.market;
    this.#bids = engine.bids;
    this.#asks = engine.asks;
    this.#random = options.random;
    this.#size = options.size;
    this.#levels = options.levels;
    this.#gapTicks = Math.max(1, Math.round(spec.startPrice * 10 ** spec.priceDecimals * GAP));
  }

  /** The first book: about {@link FlowSettings.levels} per side around `fair`. */
  fill(fair: number): void {
    for (let rank = 0; rank < this.#levels; rank++) {
      this.#extend('buy', fair, rank / this.#levels);
      this.#extend('sell', fair, rank / this.#levels);
    }
  }

  /** Clears what the price has run over, closes the gap at the top, and keeps the number of levels. */
  follow(fair: number): void {
    this.#clear('buy', fair);
    this.#clear('sell', fair);
    this.#tighten('buy', fair);
    this.#tighten('sell', fair);
    this.#keepCount('buy', fair);
    this.#keepCount('sell', fair);
  }

  /** One small action of one maker: a new order, more of an old one, or less. */
  stir(fair: number): void {
    const side = this.#random.chance(0.5) ? 'buy' : 'sell';
    const ladder = this.#ladder(side);
    const u = this.#random.next();
    // Squared: most of what happens, happens near the top.
    const depth = this.#random.next() ** 2;
    if (u < 0.4)
      this.#quote(side, this.#away(side, fair, 1 + Math.floor(depth * this.#levels * this.#gapTicks)), depth);
    else if (u < 0.6) this.#requote(side, ladder, depth);
    else this.#shrink(ladder, depth);
  }

  #clear(side: Side, fair: number): void {
    const ladder = this.#ladder(side);
    let best = ladder.best;
    if (best === undefined || !isAtOrPast(side, best.priceTicks, fair)) return;
    // A side is never empty: behind the last level that must go stands a new one first.
    if (isAtOrPast(side, ladder.worst!.priceTicks, fair)) this.#quote(side, this.#away(side, fair, 1), 0);
    // Some are taken by whoever saw the new price first; from the rest the makers pull back in time.
    if (this.#random.chance(0.5)) this.#hit(side, fair, Math.ceil(best.lots * (0.5 + this.#random.next())));
    for (best = ladder.best; best !== undefined && isAtOrPast(side, best.priceTicks, fair); best = ladder.best) {
      const { priceTicks } = best;
      for (let order = best.head; order !== undefined; ) {
        const { id, owner, next } = order;
        if (owner === FLOW_OWNER) this.#market.engine.cancel(id);
        order = next;
      }
      if (ladder.best?.priceTicks === priceTicks) this.#hit(side, priceTicks, ladder.best.lots);
    }
  }

  /** Trades against `side` down to `priceTicks`. */
  #hit(side: Side, priceTicks: number, lots: number): void {
    const taker = side === 'buy' ? 'sell' : 'buy';
    this.#market.submit({ owner: FLOW_OWNER, side: taker, lots, priceTicks, timeInForce: 'ioc' });
  }

  #tighten(side: Side, fair: number): void {
    const best = this.#ladder(side).best;
    const target = this.#away(side, fair, 1 + this.#random.int(2));
    if (best === undefined || isAtOrPast(side, target, best.priceTicks + (side === 'buy' ? 1 : -1))) {
      this.#quote(side, target, 0);
    }
  }

  #keepCount(side: Side, fair: number): void {
    const ladder = this.#ladder(side);
    const most = Math.max(4, this.#levels * REFILL);
    for (let i = 0; i < most && ladder.size < this.#levels * 0.95; i++) this.#extend(side, fair, 1);
    for (let i = 0; i < most && ladder.size > this.#levels * 1.1; i++) {
      const order = worstOwnOrder(ladder);
      if (order === undefined) return;
      this.#market.engine.cancel(order.id);
    }
  }

  /** A new level beyond the makers' worst one. */
  #extend(side: Side, fair: number, depth: number): void {
    const worst = worstOwnOrder(this.#ladder(side))?.level;
    const distance = worst === undefined ? 1 + this.#random.int(2) : 1 + this.#random.int(2 * this.#gapTicks - 1);
    this.#quote(side, this.#away(side, worst?.priceTicks ?? fair, distance), depth);
  }

  #requote(side: Side, ladder: Ladder, depth: number): void {
    const level = ladder.at(Math.floor(depth * ladder.size));
    // Not behind the orders of others alone: they may lie far from where makers trade.
    if (level?.tail?.owner === FLOW_OWNER) this.#quote(side, level.priceTicks, depth);
  }

  #shrink(ladder: Ladder, depth: number): void {
    if (ladder.size < 2) return;
    const order = ladder.at(Math.floor(depth * ladder.size))?.tail;
    if (order?.owner === FLOW_OWNER) this.#market.engine.cancel(order.id);
  }

  #quote(side: Side, priceTicks: number, depth: number): void {
    if (priceTicks < 1) return;
    this.#market.submit({ owner: FLOW_OWNER, side, lots: this.#size.maker(depth), priceTicks, postOnly: true });
  }

  #ladder(side: Side): Ladder {
    return side === 'buy' ? this.#bids : this.#asks;
  }

  #away(side: Side, fromTicks: number, ticks: number): number {
    return side === 'buy' ? fromTicks - ticks : fromTicks + ticks;
  }
}

/** Whether a resting price of `side` is as good for the other side as `limit`, or better. */
function isAtOrPast(side: Side, priceTicks: number, limit: number): boolean {
  return side === 'buy' ? priceTicks >= limit : priceTicks <= limit;
}

/** Orders of others may lie anywhere, also far behind the makers' last. */
function worstOwnOrder(ladder: Ladder): RestingOrder | undefined {
  for (let rank = ladder.size - 1; rank >= 0; rank--) {
    for (let order = ladder.at(rank)?.head; order !== undefined; order = order.next) {
      if (order.owner === FLOW_OWNER) return order;
    }
  }
  return undefined;
}
