import type { Execution, NewOrder } from '../../../src/simulator/matching/order.js';

interface Resting {
  readonly id: number;
  readonly side: 'buy' | 'sell';
  readonly priceTicks: number;
  lots: number;
}

/** The rules of matching in the plainest words: one list, sorted and searched anew for every step. */
export class NaiveEngine {
  readonly events: unknown[] = [];
  #orders: Resting[] = [];
  #lastId = 0;

  submit(order: NewOrder): Execution {
    const orderId = ++this.#lastId;
    const makers = this.#makersFor(order);
    const nothing = { orderId, filledLots: 0, restingLots: 0, quoteTickLots: 0 };
    if (order.postOnly && makers.length > 0) return { ...nothing, status: 'rejected' };
    const available = makers.reduce((sum, maker) => sum + maker.lots, 0);
    const killed = order.timeInForce === 'fok' && available < order.lots;
    const before = this.#levels();
    let left = order.lots;
    let quoteTickLots = 0;
    const trades: Array<[number, unknown]> = [];
    for (const maker of killed ? [] : makers) {
      const fill = Math.min(left, maker.lots);
      if (fill === 0) break;
      left -= fill;
      maker.lots -= fill;
      quoteTickLots += fill * maker.priceTicks;
      trades.push([maker.priceTicks, [order.side, maker.priceTicks, fill, maker.id]]);
    }
    this.#orders = this.#orders.filter((resting) => resting.lots > 0);
    for (const price of new Set(trades.map(([at]) => at))) {
      this.events.push(...trades.filter(([at]) => at === price).map(([, event]) => event));
      this.#reportLevel(order.side === 'buy' ? 'sell' : 'buy', price, before);
    }
    const rests = left > 0 && order.priceTicks !== undefined && (order.timeInForce ?? 'gtc') === 'gtc';
    if (rests) {
      this.#orders.push({ id: orderId, side: order.side, priceTicks: order.priceTicks!, lots: left });
      this.#reportLevel(order.side, order.priceTicks!, before);
    }
    const filledLots = order.lots - left;
    const status = left === 0 ? 'filled' : rests ? (filledLots > 0 ? 'partially_filled' : 'open') : 'canceled';
    return { orderId, status, filledLots, restingLots: rests ? left : 0, quoteTickLots };
  }

  cancel(id: number): number {
    const order = this.#orders.find((resting) => resting.id === id);
    if (order === undefined) return 0;
    const before = this.#levels();
    this.#orders = this.#orders.filter((resting) => resting !== order);
    this.#reportLevel(order.side, order.priceTicks, before);
    return order.lots;
  }

  book(): { bids: unknown[]; asks: unknown[] } {
    const side = (name: 'buy' | 'sell', sign: number) =>
      [...this.#levels()]
        .filter(([key]) => key.startsWith(name))
        .map(([key, lots]) => ({ priceTicks: Number(key.split(' ')[1]), lots }))
        .sort((a, b) => sign * (a.priceTicks - b.priceTicks));
    return { bids: side('buy', -1), asks: side('sell', 1) };
  }

  #makersFor({ side, priceTicks }: NewOrder): Resting[] {
    const sign = side === 'buy' ? 1 : -1;
    return this.#orders
      .filter((resting) => resting.side !== side)
      .filter((resting) => priceTicks === undefined || sign * (priceTicks - resting.priceTicks) >= 0)
      .sort((a, b) => sign * (a.priceTicks - b.priceTicks) || a.id - b.id);
  }

  #levels(): Map<string, number> {
    const levels = new Map<string, number>();
    for (const { side, priceTicks, lots } of this.#orders) {
      const key = `${side} ${priceTicks}`;
      levels.set(key, (levels.get(key) ?? 0) + lots);
    }
    return levels;
  }

  #reportLevel(side: 'buy' | 'sell', priceTicks: number, before: Map<string, number>): void {
    const key = `${side} ${priceTicks}`;
    const now = this.#levels().get(key) ?? 0;
    this.events.push([side === 'buy' ? 'bid' : 'ask', priceTicks, now, before.get(key) ?? 0]);
  }
}
