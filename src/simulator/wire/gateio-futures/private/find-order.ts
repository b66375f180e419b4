import type { FuturesOrder } from '../../../positions/futures-order.js';
import { RestRefusal } from '../../gateio/rest/refusal.js';
import type { Contract } from '../contracts.js';
import type { PrivateCall } from './call.js';
import { isCustomId } from './read-order.js';

/** An order that ended without a fill is forgotten after this time, by its text earlier. Source: Gate API v4 docs, futures order, text. */
const FORGET_BY_ID_MS = 10 * 60_000;
const FORGET_BY_TEXT_MS = 60_000;

/** Who looks: a cancel or an amendment reaches orders that reads do not show yet. */
export type Looker = 'reads' | 'engine';

/** All orders that the caller can see, oldest first. */
export function visibleOrders({ account, model }: PrivateCall, contract?: Contract): FuturesOrder[] {
  const now = model.clock.monotonic();
  return account.orders.filter(
    (order) => order.visibleFrom <= now && (contract === undefined || order.market === contract.perpetual),
  );
}

/** Orders that are over, oldest first, without those the venue no longer knows. */
export function finishedOrders(call: PrivateCall, contract?: Contract): FuturesOrder[] {
  const now = call.model.clock.monotonic();
  return visibleOrders(call, contract).filter(
    (order) => order.status !== 'open' && isKept(order, now, FORGET_BY_ID_MS),
  );
}

/** The order that an id or a text names. @throws {RestRefusal} */
export function findOrder(call: PrivateCall, name: string, looker: Looker): FuturesOrder {
  const { account, model } = call;
  const now = model.clock.monotonic();
  const isText = isCustomId(name);
  const isSeen = (order: FuturesOrder): boolean =>
    (looker === 'engine' || order.visibleFrom <= now) &&
    isKept(order, now, isText ? FORGET_BY_TEXT_MS : FORGET_BY_ID_MS);
  const order = isText
    ? account.orders.findLast((one) => one.clientOrderId === name && !one.isForgotten && isSeen(one))
    : account.ordersById.get(name);
  if (order !== undefined && isSeen(order)) return order;
  throw orderNotFound();
}

export function orderNotFound(): RestRefusal {
  return new RestRefusal(404, 'ORDER_NOT_FOUND', 'order not found');
}

/** @throws {RestRefusal} when it is over already. */
export function requireOpen(order: FuturesOrder): void {
  if (order.status !== 'open') throw new RestRefusal(400, 'ORDER_FINISHED', 'order is finished', 'detail');
}

function isKept(order: FuturesOrder, now: number, forMs: number): boolean {
  const isUnfilled = order.status === 'canceled' && order.filledLots === 0;
  return !isUnfilled || now - order.endedAt! <= forMs;
}
