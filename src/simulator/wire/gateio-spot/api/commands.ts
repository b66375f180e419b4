import type { Command } from '../../gateio/api/api-desk.js';
import type { PrivateCall, PrivateHandler } from '../private/call.js';
import { cancelAll, cancelBatch, cancelOrder } from '../private/cancel.js';
import { getOrder, listOrders } from '../private/order-lists.js';
import { amendOrder, placeBatch, placeOrder } from '../private/place.js';
import { readPair } from '../rest/params.js';

/** One order, or a list of them. */
const place: PrivateHandler = (call) => (call.body.startsWith('[') ? placeBatch(call) : placeOrder(call));

/** Here a pair must be named. */
const cancelPair: PrivateHandler = (call) => {
  readPair(call.query, call.pairs);
  return cancelAll(call);
};

/** By channel; each is the REST endpoint of the same name. Source: Gate.io spot WebSocket v4 docs, WebSocket API. */
export const COMMANDS: ReadonlyMap<string, Command<PrivateCall>> = new Map<string, Command<PrivateCall>>([
  ['spot.order_place', { handler: place, permission: 'trade', echoes: true, isMetered: true, expires: true }],
  ['spot.order_amend', { handler: amendOrder, permission: 'trade', isMetered: true, expires: true }],
  ['spot.order_cancel', { handler: cancelOrder, permission: 'trade', expires: true }],
  ['spot.order_cancel_ids', { handler: cancelBatch, permission: 'trade', expires: true }],
  ['spot.order_cancel_cp', { handler: cancelPair, permission: 'trade', expires: true }],
  ['spot.order_status', { handler: getOrder, permission: 'read' }],
  ['spot.order_list', { handler: listOrders, permission: 'read' }],
]);
