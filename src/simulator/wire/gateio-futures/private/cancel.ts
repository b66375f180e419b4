import type { FuturesOrder } from '../../../positions/futures-order.js';
import { readObject, requiredText, textOf } from '../../gateio/rest/fields.js';
import { invalidValue, RestRefusal } from '../../gateio/rest/refusal.js';
import { findContract, optionalContract } from '../rest/params.js';
import type { PrivateCall, PrivateHandler } from './call.js';
import { findOrder, requireOpen } from './find-order.js';
import { print } from './place.js';

const MAX_BATCH = 20;
/** Source: Gate API v4 docs, countdown cancel orders. */
const MIN_COUNTDOWN_S = 5;
const MAX_COUNTDOWN_S = 100_000_000;

/** `DELETE /futures/{settle}/orders/{id}`. Source: Gate API v4 docs, cancel a futures order. */
export const cancelOrder: PrivateHandler = (call) => {
  const order = findOrder(call, call.name, 'engine');
  requireOpen(order);
  call.model.desk.cancel(call.account, order);
  return print(call, order);
};

/** `DELETE /futures/{settle}/orders`: sides are those of the book; without a contract, everything. Source: Gate API v4 docs, cancel all open futures orders. */
export const cancelAll: PrivateHandler = (call) => {
  const { query, account, model } = call;
  const contract = optionalContract(query, call.contracts);
  const side = query.get('side');
  if (side !== null && side !== 'bid' && side !== 'ask') throw invalidValue('side');
  const isExcluded = query.get('exclude_reduce_only') === 'true';
  const isMeant = (order: FuturesOrder): boolean =>
    (contract === undefined || order.market === contract.perpetual) &&
    (side === null || order.side === (side === 'bid' ? 'buy' : 'sell')) &&
    !(isExcluded && order.reduceOnly);
  return [...account.openOrders].filter(isMeant).map((order) => {
    model.desk.cancel(account, order);
    return print(call, order);
  });
};

/** `POST /futures/{settle}/batch_cancel_orders`: failures have a `message` only. Source: Gate API v4 docs, cancel a batch of orders. */
export const cancelBatch: PrivateHandler = (call) => {
  const ids = readIds(call);
  const user_id = Number(call.account.settings.userId);
  return ids.map((id) => {
    try {
      const order = findOrder(call, id, 'engine');
      requireOpen(order);
      call.model.desk.cancel(call.account, order);
      return { id, user_id, succeeded: true, message: '' };
    } catch (error) {
      if (!(error instanceof RestRefusal)) throw error;
      return { id, user_id, succeeded: false, message: error.label };
    }
  });
};

/** `POST /futures/{settle}/countdown_cancel_all`: 0 switches it off. Source: Gate API v4 docs, countdown cancel orders. */
export const countdownCancelAll: PrivateHandler = (call) => {
  const { account, model, contracts } = call;
  const fields = readObject(call);
  const seconds = Number(requiredText(fields, 'timeout'));
  if (!Number.isInteger(seconds) || (seconds !== 0 && seconds < MIN_COUNTDOWN_S) || seconds > MAX_COUNTDOWN_S) {
    throw invalidValue('timeout');
  }
  const id = textOf(fields, 'contract');
  const symbol = id === undefined ? undefined : findContract(contracts, id).perpetual.spec.symbol;
  model.desk.armCountdown(account, symbol, seconds * 1_000);
  return { triggerTime: String(Math.floor(model.clock.now()) + seconds * 1_000) };
};

/** A list of ids as text; a number is taken too. @throws {RestRefusal} */
function readIds({ body }: PrivateCall): string[] {
  const list = parseList(body);
  if (list === undefined || list.length === 0) {
    throw new RestRefusal(400, 'INVALID_REQUEST_BODY', 'The request body cannot be read');
  }
  if (list.length > MAX_BATCH) throw new RestRefusal(400, 'TOO_MANY_ORDERS', `At most ${MAX_BATCH} in one batch`);
  return list;
}

function parseList(body: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(body);
    const isList = Array.isArray(list) && list.every((id) => typeof id === 'string' || typeof id === 'number');
    return isList ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}
