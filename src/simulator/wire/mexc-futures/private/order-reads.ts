import type { FuturesOrder } from '../../../positions/futures-order.js';
import { cutPage, findContract, optionalContract, Refusal } from '../rest/call.js';
import { isVisible, type PrivateCall, type PrivateHandler } from './call.js';
import { orderMissing } from './cancel.js';
import { fillRow, orderRow } from './order-rows.js';
import { sideNumber, stateNumber } from './order-words.js';
import { readNumbers, readRange } from './ranges.js';
import { asBatch, asFields, readText, required } from './read-body.js';

const MAX_ORDERS = 100;
const MAX_FILLS = 1_000;
const MAX_OLD_FILLS = 100;
const MAX_QUERY = 50;
const ENDED: ReadonlySet<number> = new Set([3, 4, 5]);

/** `GET order/get/{orderId}`. Source: MEXC contract docs, order by id. */
export const getOrder: PrivateHandler = (call) => {
  const order = call.account.ordersById.get(call.path['orderId']!);
  if (order === undefined || !isVisible(call, order)) throw orderMissing();
  return orderRow(call.account, order);
};

/** `GET order/external/{symbol}/{externalOid}`. Source: MEXC contract docs, order by external id. */
export const getByExternal: PrivateHandler = (call) => {
  const order = findNamed(call, call.path['symbol']!, call.path['externalOid']!);
  if (order === undefined) throw orderMissing();
  return orderRow(call.account, order);
};

/** `GET order/batch_query`: those that there are. Source: MEXC contract docs, orders by ids. */
export const batchQuery: PrivateHandler = (call) => {
  const ids = call.query.get('order_ids')?.split(',') ?? [];
  if (ids.length === 0 || ids.length > MAX_QUERY) throw new Refusal(2034, 'Too many orders in one query');
  return ids
    .map((id) => call.account.ordersById.get(id))
    .filter((order) => order !== undefined && isVisible(call, order))
    .map((order) => orderRow(call.account, order!));
};

/** `POST order/batch_query_with_external`. Source: MEXC contract docs, orders by external ids. */
export const batchQueryWithExternal: PrivateHandler = (call) =>
  asBatch(call.body).flatMap((item) => {
    const fields = asFields(item);
    const [symbol, oid] = [readText(fields, 'symbol'), readText(fields, 'externalOid')];
    const order = findNamed(call, required(symbol, 'symbol'), required(oid, 'externalOid'));
    return order === undefined ? [] : [orderRow(call.account, order)];
  });

/** `GET order/list/open_orders`, newest first. Source: MEXC contract docs, current pending orders. */
export const openOrders: PrivateHandler = (call) => {
  const symbol = call.path['symbol'];
  const market = (symbol === undefined ? optionalContract(call) : findContract(call.contracts, symbol))?.perpetual;
  const orders = [...call.account.openOrders].filter(
    (order) => isVisible(call, order) && (market === undefined || order.market === market),
  );
  return cutPage(call.query, orders.reverse(), MAX_ORDERS).map((order) => orderRow(call.account, order));
};

/** `GET order/list/history_orders`, newest first: those that are over, unless states are named. Source: MEXC contract docs. */
export const historyOrders: PrivateHandler = (call) => {
  const { query, account } = call;
  const market = optionalContract(call)?.perpetual;
  const isInRange = readRange(query);
  const [states, sides] = [readNumbers(query, 'states') ?? ENDED, readNumbers(query, 'side')];
  const categories = readNumbers(query, 'category');
  const id = query.get('orderId');
  const orders = account.orders.filter(
    (order) =>
      isVisible(call, order) &&
      (market === undefined || order.market === market) &&
      states.has(stateNumber(order)) &&
      (sides?.has(sideNumber(order)) ?? true) &&
      (categories?.has(order.isLiquidation ? 2 : 1) ?? true) &&
      (id === null || order.id === id) &&
      isInRange(order.createdAt),
  );
  return cutPage(query, orders.reverse(), MAX_ORDERS).map((order) => orderRow(account, order));
};

/** `GET order/list/order_deals/v3`, newest first. Source: MEXC contract docs, transaction details of orders. */
export const orderDeals: PrivateHandler = (call) => listFills(call, MAX_FILLS);

/** `GET order/list/order_deals`: the older one. Source: MEXC contract docs, 2025. */
export const olderOrderDeals: PrivateHandler = (call) => listFills(call, MAX_OLD_FILLS);

/** `GET order/deal_details/{orderId}`. Source: MEXC contract docs, transactions of an order. */
export const dealDetails: PrivateHandler = (call) =>
  call.account.fills
    .filter(({ order }) => order.id === call.path['orderId'] && isVisible(call, order))
    .map(fillRow)
    .reverse();

/** `order/open_order_total_count`. Source: official sample clients. */
export const openOrderCount: PrivateHandler = ({ account, model }) => {
  const [limits, plans] = [
    account.openOrders.size,
    model.desk.triggers.of(account).filter(({ status }) => status === 'open').length,
  ];
  return {
    sumCount: limits + plans,
    limitOrderCount: limits,
    stopOrderCount: 0,
    planOrderCount: plans,
    trackOrderCount: 0,
  };
};

function listFills(call: PrivateCall, maxSize: number): unknown {
  const market = optionalContract(call)?.perpetual;
  const isInRange = readRange(call.query);
  const fills = call.account.fills.filter(
    ({ order, at }) => isVisible(call, order) && (market === undefined || order.market === market) && isInRange(at),
  );
  return cutPage(call.query, fills.reverse(), maxSize).map(fillRow);
}

/** The newest one with this client id. @throws {Refusal} */
function findNamed(call: PrivateCall, symbol: string, externalOid: string): FuturesOrder | undefined {
  const { perpetual } = findContract(call.contracts, symbol);
  return call.account.orders.findLast(
    (order) =>
      order.clientOrderId === externalOid && order.market === perpetual && !order.isForgotten && isVisible(call, order),
  );
}
