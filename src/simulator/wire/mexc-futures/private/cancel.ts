import type { FuturesOrder } from '../../../positions/futures-order.js';
import { findContract, Refusal } from '../rest/call.js';
import type { PrivateCall, PrivateHandler } from './call.js';
import { asBatch, asFields, asOptionalFields, type Fields, readId, readText, required } from './read-body.js';

interface ItemResult {
  readonly errorCode: number;
  readonly errorMsg: string;
}

const DONE: ItemResult = { errorCode: 0, errorMsg: 'success' };
const MISSING: ItemResult = { errorCode: 2040, errorMsg: 'order not exist' };
const FINAL: ItemResult = { errorCode: 2041, errorMsg: 'order state cannot be cancelled' };

/** `POST order/cancel`: a bare list of ids; each item says for itself. Source: MEXC contract docs, cancel orders. */
export const cancelOrders: PrivateHandler = (call) => {
  const ids = asBatch(call.body).map((one) => required(readId(one, 'orderId'), 'orderId'));
  return ids.map((id) => ({ orderId: id, ...cancel(call, call.account.ordersById.get(id)) }));
};

/** `POST order/cancel_with_external`, a list or, older, one object. Source: MEXC contract docs, cancel by external id. */
export const cancelWithExternal: PrivateHandler = (call) =>
  cancelNamed(call, Array.isArray(call.body) ? asBatch(call.body) : [call.body]);

/** `POST order/batch_cancel_with_external`. Source: MEXC contract docs, bulk cancel by external id. */
export const batchCancelWithExternal: PrivateHandler = (call) => cancelNamed(call, asBatch(call.body));

/** `POST order/cancel_all`, of one contract or all. Source: MEXC contract docs, cancel all orders under a contract. */
export const cancelAllOrders: PrivateHandler = (call) => {
  const symbol = readText(asOptionalFields(call.body), 'symbol');
  const market = symbol === undefined ? undefined : findContract(call.contracts, symbol).perpetual;
  for (const order of [...call.account.openOrders]) {
    if (market === undefined || order.market === market) call.model.desk.cancel(call.account, order);
  }
  return undefined;
};

function cancelNamed(call: PrivateCall, items: readonly unknown[]): unknown {
  const named = items.map((item) => readName(call, asFields(item)));
  return named.map(({ symbol, externalOid, order }) => {
    const result = cancel(call, order);
    return { symbol, externalOid, ...(order === undefined ? {} : { orderId: order.id }), ...result };
  });
}

/** The matching engine knows its orders by their ids even while no read shows them. */
function readName(call: PrivateCall, fields: Fields) {
  const symbol = required(readText(fields, 'symbol'), 'symbol');
  const externalOid = required(readText(fields, 'externalOid'), 'externalOid');
  const market = findContract(call.contracts, symbol).perpetual;
  const order = call.account.orders.findLast((one) => one.clientOrderId === externalOid && one.market === market);
  return { symbol, externalOid, order };
}

function cancel({ account, model }: PrivateCall, order: FuturesOrder | undefined): ItemResult {
  if (order === undefined) return MISSING;
  return model.desk.cancel(account, order) ? DONE : FINAL;
}

/** @throws {Refusal} */
export function orderMissing(): Refusal {
  return new Refusal(2040, 'order not exist');
}
