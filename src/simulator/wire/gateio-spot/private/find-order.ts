import type { AccountOrder } from '../../../accounts/account-order.js';
import { type OrderReads, readsOf } from '../../../accounts/order-reads.js';
import { RestRefusal } from '../../gateio/rest/refusal.js';
import type { Pair } from '../pairs.js';
import type { PrivateCall } from './call.js';
import { isCustomId } from './read-order.js';

/** An order that ended without a fill is forgotten after this time. Source: published measurement. */
const FORGET_UNFILLED_MS = 60_000;
/** A batch finds an order by its custom id so long after it was placed. Source: Gate.io API v4 docs, text. */
export const BATCH_TEXT_MS = 30 * 60_000;

/** What the caller can see now. */
export function readsFor({ account, model }: PrivateCall): OrderReads {
  return readsOf(account, model.clock.monotonic());
}

/** Orders that are over, oldest first, without those the venue no longer knows. */
export function finishedOrders(call: PrivateCall, pair: Pair | undefined): AccountOrder[] {
  const now = call.model.clock.monotonic();
  return readsFor(call)
    .all(pair?.market.spec.symbol)
    .filter((order) => order.status !== 'open' && isKept(order, now));
}

/**
 * The order that an id or a custom id names. A custom id is only good while the order is pending.
 * Source: Gate.io API v4 docs, order object, text.
 * @param reads who looks: a cancel or an amendment reaches orders that reads do not show yet.
 * @throws {RestRefusal}
 */
export function findOrder(call: PrivateCall, name: string, pair: Pair | undefined, reads: OrderReads): AccountOrder {
  const isText = isCustomId(name);
  const order = isText ? reads.byClientId(name) : reads.byId(name);
  const isThere =
    order !== undefined &&
    (pair === undefined || order.market.spec.symbol === pair.market.spec.symbol) &&
    (isText ? order.status === 'open' : isKept(order, call.model.clock.monotonic()));
  if (isThere) return order;
  if (isText) throw new RestRefusal(404, 'CLIENT_ID_NOT_FOUND', 'No pending order has this text');
  throw new RestRefusal(404, 'ORDER_NOT_FOUND', 'Order not found');
}

/** What the matching engine itself knows: nothing is hidden from it. */
export function engineReads({ account }: PrivateCall): OrderReads {
  return readsOf(account, Number.POSITIVE_INFINITY);
}

function isKept(order: AccountOrder, now: number): boolean {
  const isUnfilled = order.status === 'canceled' && order.filledLots === 0;
  return !isUnfilled || now - order.endedAt! <= FORGET_UNFILLED_MS;
}
