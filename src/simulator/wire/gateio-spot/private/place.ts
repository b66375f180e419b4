import type { AccountOrder } from '../../../accounts/account-order.js';
import { type Fields, readList, readObject, requiredText, textOf } from '../../gateio/rest/fields.js';
import { invalidValue, missing, RestRefusal } from '../../gateio/rest/refusal.js';
import type { Pair } from '../pairs.js';
import { findPair } from '../rest/params.js';
import { atDesk, marketOf, type PrivateCall, type PrivateHandler, pairOf, requireSpotAccount } from './call.js';
import { engineReads, findOrder } from './find-order.js';
import { orderFields } from './order-fields.js';
import { readActionMode, readAmendment, readOrder } from './read-order.js';

const MAX_BATCH_PAIRS = 4;
const MAX_BATCH_ORDERS_PER_PAIR = 10;
const MAX_AMENDMENTS = 5;

/** `POST /spot/orders`. Source: Gate.io API v4 docs, create an order. */
export const placeOrder: PrivateHandler = (call) => {
  const fields = readObject(call);
  const pair = pairOf(fields, call);
  call.meterOrders(pair.id, 1);
  const mode = readActionMode(textOf(fields, 'action_mode'));
  return print(call, pair, place(call, pair, fields), mode);
};

/** `POST /spot/batch_orders`: each order stands alone. Source: Gate.io API v4 docs, create a batch of orders. */
export const placeBatch: PrivateHandler = (call) => {
  const list = readList(call);
  const counts = new Map<string, number>();
  for (const fields of list) {
    if (textOf(fields, 'text') === undefined) throw missing('text');
    const id = requiredText(fields, 'currency_pair');
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  if (counts.size > MAX_BATCH_PAIRS) throw tooMany('TOO_MANY_CURRENCY_PAIRS');
  if (Math.max(...counts.values()) > MAX_BATCH_ORDERS_PER_PAIR) throw tooMany('TOO_MANY_ORDERS');
  if (new Set(list.map((fields) => textOf(fields, 'account') ?? 'spot')).size > 1) {
    throw new RestRefusal(400, 'MIXED_ACCOUNT_TYPE', 'A batch is for one account');
  }
  for (const [id, count] of counts) call.meterOrders(id, count);
  return list.map((fields) =>
    eachItem({ text: textOf(fields, 'text') }, () => {
      const pair = pairOf(fields, call);
      return print(call, pair, place(call, pair, fields), readActionMode(textOf(fields, 'action_mode')));
    }),
  );
};

/** `PATCH /spot/orders/{id}`: fields of the body win over the query. Source: Gate.io API v4 docs, amend an order. */
export const amendOrder: PrivateHandler = (call) => {
  const fields = { ...Object.fromEntries(call.query), ...readObject(call) };
  const pair = pairOf(fields, call);
  call.meterOrders(pair.id, 1);
  return amend(call, pair, call.name, fields);
};

/** `POST /spot/amend_batch_orders`. Source: Gate.io API v4 docs, amend a batch of orders. */
export const amendBatch: PrivateHandler = (call) => {
  const list = readList(call);
  if (list.length > MAX_AMENDMENTS) throw tooMany('TOO_MANY_ORDERS');
  for (const fields of list) call.meterOrders(findPair(call.pairs, requiredText(fields, 'currency_pair')).id, 1);
  return list.map((fields) =>
    eachItem({ order_id: textOf(fields, 'order_id') }, () =>
      amend(call, pairOf(fields, call), requiredText(fields, 'order_id'), fields),
    ),
  );
};

/** One item of a batch: its fields, or why it was refused, always with HTTP 200. */
export function eachItem(names: Fields, act: () => Record<string, unknown>): Record<string, unknown> {
  try {
    const fields = act();
    return { order_id: fields['id'], ...fields, succeeded: true, label: '', message: '' };
  } catch (error) {
    if (!(error instanceof RestRefusal)) throw error;
    return { ...names, succeeded: false, label: error.label, message: error.message };
  }
}

/** The order as `action_mode` wants it. */
export function print(
  { account }: PrivateCall,
  pair: Pair,
  order: AccountOrder,
  mode: 'ACK' | 'RESULT' | 'FULL',
): Record<string, unknown> {
  const fields = orderFields(order, pair.id, account.settings.selfTradeGroup);
  return mode === 'ACK' ? { id: order.id, text: fields['text'], amend_text: fields['amend_text'] } : fields;
}

function place(call: PrivateCall, pair: Pair, fields: Fields): AccountOrder {
  const request = readOrder(fields, call.account.settings.selfTradeGroup);
  const sourced = { ...request, source: call.source };
  return atDesk(pair, () => call.model.desk.place(call.account, marketOf(pair, call), sourced));
}

function amend(call: PrivateCall, pair: Pair, name: string, fields: Fields): Record<string, unknown> {
  requireSpotAccount(textOf(fields, 'account'));
  for (const part of ['stop_profit', 'stop_loss']) if (textOf(fields, part) !== undefined) throw invalidValue(part);
  const request = readAmendment(fields);
  const order = findOrder(call, name, pair, engineReads(call));
  requireOpen(order);
  atDesk(pair, () => call.model.desk.amend(call.account, order, request));
  return print(call, pair, order, readActionMode(textOf(fields, 'action_mode')));
}

/** @throws {RestRefusal} when it is over already. */
export function requireOpen(order: AccountOrder): void {
  if (order.status === 'filled') throw new RestRefusal(400, 'ORDER_CLOSED', 'Order is closed');
  if (order.status === 'canceled') throw new RestRefusal(400, 'ORDER_CANCELLED', 'Order is cancelled');
}

function tooMany(label: 'TOO_MANY_CURRENCY_PAIRS' | 'TOO_MANY_ORDERS'): RestRefusal {
  return new RestRefusal(400, label, 'Too many in one batch');
}
