import type { FuturesAccount } from './futures-account.js';
import type { FuturesDesk } from './futures-model.js';
import { type FuturesOrder, leftLotsOf } from './futures-order.js';
import { closableLots } from './margins.js';
import type { PerpetualMarket } from './perpetual-market.js';

/** Resting orders that may only reduce are never larger than what there is to reduce: the newest are cut or canceled. */
export function trimReduceOnly(
  desk: Pick<FuturesDesk, 'cancel'>,
  account: FuturesAccount,
  market: PerpetualMarket,
): void {
  const room = new Map<string, number>();
  for (const order of [...account.openOrders]) {
    if (order.market !== market || !order.reduceOnly || order.engineId === undefined) continue;
    const { positionSide, side } = order;
    const closable = closableLots(account, market, positionSide, side);
    const key = `${positionSide} ${side}`;
    const left = room.get(key) ?? closable;
    if (left === 0) desk.cancel(account, order, closable === 0 ? 'position_closed' : 'reduce_only');
    else if (leftLotsOf(order) > left) cut(account, order, left);
    room.set(key, Math.max(0, left - leftLotsOf(order)));
  }
}

function cut(account: FuturesAccount, order: FuturesOrder, left: number): void {
  order.market.market.engine.reduce(order.engineId!, left);
  order.lots = order.filledLots + left;
  order.version++;
  order.updatedAt = Math.floor(account.now());
  account.tell((listener) => listener.order?.(order, 'amended'));
}
