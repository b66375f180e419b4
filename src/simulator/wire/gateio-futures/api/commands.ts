import type { Command } from '../../gateio/api/api-desk.js';
import { readRequired } from '../../gateio/rest/params.js';
import type { PrivateCall, PrivateHandler } from '../private/call.js';
import { cancelAll, cancelBatch, cancelOrder } from '../private/cancel.js';
import { getOrder, listOrders } from '../private/order-lists.js';
import { amendOrder, placeBatch, placeOrder } from '../private/place.js';

/** Here a contract must be named. */
const cancelContract: PrivateHandler = (call) => {
  readRequired(call.query, 'contract');
  return cancelAll(call);
};

/** Failed items lack `succeeded`, those that worked have no message. */
const cancelIds: PrivateHandler = (call) =>
  (cancelBatch(call) as readonly Readonly<Record<string, unknown>>[]).map(({ id, user_id, succeeded, message }) =>
    succeeded ? { id, user_id, succeeded } : { id, user_id, message },
  );

/** Fields that have their default value are left out. */
const sparse =
  (handler: PrivateHandler): PrivateHandler =>
  (call) =>
    withoutDefaults(handler(call));

const DEFAULTS: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ['left', ['0', 0]],
  ['iceberg', ['0', 0]],
  ['is_close', [false]],
  ['is_reduce_only', [false]],
  ['is_liq', [false]],
  ['auto_size', ['']],
  ['refu', [0]],
]);

function withoutDefaults(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(withoutDefaults);
  const entries = Object.entries(answer as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.filter(([name, value]) => !DEFAULTS.get(name)?.includes(value)));
}

const trade = { permission: 'trade', isMetered: true, expires: true } as const;

/** By channel; each is the REST endpoint of the same name. Source: Gate futures WebSocket v4 docs, WebSocket API. */
export const COMMANDS: ReadonlyMap<string, Command<PrivateCall>> = new Map<string, Command<PrivateCall>>([
  ['futures.order_place', { ...trade, handler: sparse(placeOrder), echoes: true }],
  ['futures.order_batch_place', { ...trade, handler: sparse(placeBatch), echoes: true }],
  ['futures.order_amend', { ...trade, handler: sparse(amendOrder) }],
  ['futures.order_cancel', { ...trade, handler: sparse(cancelOrder) }],
  ['futures.order_cancel_ids', { ...trade, handler: cancelIds }],
  ['futures.order_cancel_cp', { ...trade, handler: sparse(cancelContract) }],
  ['futures.order_status', { handler: sparse(getOrder), permission: 'read' }],
  ['futures.order_list', { handler: sparse(listOrders), permission: 'read' }],
]);
