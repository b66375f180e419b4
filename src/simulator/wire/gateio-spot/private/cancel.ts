import type { AccountOrder } from '../../../accounts/account-order.js';
import { type Fields, readList, readObject, requiredText, textOf } from '../../gateio/rest/fields.js';
import { invalidValue, RestRefusal } from '../../gateio/rest/refusal.js';
import { findPair, readPair } from '../rest/params.js';
import { optionalPair, type PrivateCall, type PrivateHandler, pairOfOrder, requireSpotAccount } from './call.js';
import { BATCH_TEXT_MS, engineReads, findOrder } from './find-order.js';
import { orderText } from './order-fields.js';
import { eachItem, print, requireOpen } from './place.js';
import { isCustomId, readActionMode } from './read-order.js';

const MAX_BATCH = 20;
/** Source: Gate.io API v4 docs, countdown cancel orders. */
const MIN_COUNTDOWN_S = 5;
const MAX_COUNTDOWN_S = 100_000_000;

/** `DELETE /spot/orders/{id}`. Source: Gate.io API v4 docs, cancel a single order. */
export const cancelOrder: PrivateHandler = (call) => {
  const pair = readPair(call.query, call.pairs);
  requireSpotAccount(call.query.get('account'));
  const mode = readActionMode(call.query.get('action_mode'));
  const order = findOrder(call, call.name, pair, engineReads(call));
  requireOpen(order);
  call.model.desk.cancel(call.account, order);
  return print(call, pair, order, mode);
};

/** `DELETE /spot/orders`: without a pair, everything. Source: Gate.io API v4 docs, cancel all open orders. */
export const cancelAll: PrivateHandler = (call) => {
  const pair = optionalPair(call);
  requireSpotAccount(call.query.get('account'));
  const side = call.query.get('side');
  if (side !== null && side !== 'buy' && side !== 'sell') throw invalidValue('side');
  const mode = readActionMode(call.query.get('action_mode'));
  const isMeant = (order: AccountOrder): boolean =>
    (pair === undefined || order.market.spec.symbol === pair.market.spec.symbol) &&
    (side === null || order.side === side);
  return [...call.account.openOrders].filter(isMeant).map((order) =>
    eachItem({}, () => {
      call.model.desk.cancel(call.account, order);
      return print(call, pairOfOrder(order, call), order, mode);
    }),
  );
};

/** `POST /spot/cancel_batch_orders`. Source: Gate.io API v4 docs, cancel a batch of orders. */
export const cancelBatch: PrivateHandler = (call) => {
  const list = readList(call);
  if (list.length > MAX_BATCH) throw new RestRefusal(400, 'TOO_MANY_ORDERS', `At most ${MAX_BATCH} in one batch`);
  return list.map((fields) => cancelItem(call, fields));
};

function cancelItem(call: PrivateCall, fields: Fields): Record<string, unknown> {
  const id = requiredText(fields, 'id');
  const named = { currency_pair: textOf(fields, 'currency_pair'), id, account: textOf(fields, 'account') ?? 'spot' };
  try {
    const pair = findPair(call.pairs, requiredText(fields, 'currency_pair'));
    requireSpotAccount(textOf(fields, 'account'));
    const order = findOrder(call, id, pair, engineReads(call));
    if (isCustomId(id) && call.model.clock.now() - order.createdAt > BATCH_TEXT_MS) {
      throw new RestRefusal(404, 'CLIENT_ID_NOT_FOUND', 'This text is too old for a batch');
    }
    requireOpen(order);
    call.model.desk.cancel(call.account, order);
    const text = orderText(order);
    return { ...named, id: order.id, text, succeeded: true, label: '', message: '' };
  } catch (error) {
    if (!(error instanceof RestRefusal)) throw error;
    return { ...named, text: '', succeeded: false, label: error.label, message: error.message };
  }
}

/** `POST /spot/countdown_cancel_all`: 0 switches it off. Source: Gate.io API v4 docs, countdown cancel orders. */
export const countdownCancelAll: PrivateHandler = (call) => {
  const fields = readObject(call);
  const seconds = Number(requiredText(fields, 'timeout'));
  if (!Number.isInteger(seconds) || (seconds !== 0 && seconds < MIN_COUNTDOWN_S) || seconds > MAX_COUNTDOWN_S) {
    throw invalidValue('timeout');
  }
  const id = textOf(fields, 'currency_pair');
  const symbol = id === undefined ? undefined : findPair(call.pairs, id).market.spec.symbol;
  call.model.countdowns.arm(call.account, symbol, seconds * 1_000);
  return { triggerTime: Math.floor(call.model.clock.now()) + seconds * 1_000 };
};
