import type { AccountPermission } from '../../../accounts/account-options.js';
import type { PrivateHandler } from '../private/call.js';
import { cancelAll, cancelBatch, cancelOrder } from '../private/cancel.js';
import { getOrder, listOrders } from '../private/order-lists.js';
import { amendOrder, placeBatch, placeOrder } from '../private/place.js';
import { readPair } from '../rest/params.js';

/** What one channel of the WebSocket API does. */
export interface Command {
  readonly handler: PrivateHandler;
  readonly permission: AccountPermission;
  /** Whether the request is echoed before it is carried out. */
  readonly echoes?: true;
  /** Whether it counts against the budget of placing and amending. */
  readonly isMetered?: true;
  /** Whether `x-gate-exptime` is heeded. */
  readonly expires?: true;
}

/** One order, or a list of them. */
const place: PrivateHandler = (call) => (call.body.startsWith('[') ? placeBatch(call) : placeOrder(call));

/** Here a pair must be named. */
const cancelPair: PrivateHandler = (call) => {
  readPair(call.query, call.pairs);
  return cancelAll(call);
};

/** By channel; each is the REST endpoint of the same name. Source: Gate.io spot WebSocket v4 docs, WebSocket API. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['spot.order_place', { handler: place, permission: 'trade', echoes: true, isMetered: true, expires: true }],
  ['spot.order_amend', { handler: amendOrder, permission: 'trade', isMetered: true, expires: true }],
  ['spot.order_cancel', { handler: cancelOrder, permission: 'trade', expires: true }],
  ['spot.order_cancel_ids', { handler: cancelBatch, permission: 'trade', expires: true }],
  ['spot.order_cancel_cp', { handler: cancelPair, permission: 'trade', expires: true }],
  ['spot.order_status', { handler: getOrder, permission: 'read' }],
  ['spot.order_list', { handler: listOrders, permission: 'read' }],
]);
