import { Refusal, readLimit, readTimes, requireMarket } from '../rest-call.js';
import { type PrivateHandler, readsFor } from './call.js';
import { orderRow, tradeRow } from './order-rows.js';
import { noId, requireMarkets } from './orders.js';

const DAY_MS = 86_400_000;
const ORDERS_REACH_MS = 7 * DAY_MS;
const TRADES_REACH_MS = 30 * DAY_MS;
const MAX_OPEN = 1_000;

/** `GET /api/v3/order`: of the last 7 days. Source: MEXC spot v3 docs, query order. */
export const getOrder: PrivateHandler = (call) => {
  const { view } = requireMarket(call);
  const [id, clientId] = [call.query.get('orderId'), call.query.get('origClientOrderId')];
  if (!id && !clientId) throw noId();
  const reads = readsFor(call);
  const order = id ? reads.byId(id) : reads.byClientId(clientId!);
  const isThere =
    order !== undefined &&
    order.market.spec.symbol === view.spec.symbol &&
    (order.status === 'open' || order.createdAt >= call.now - ORDERS_REACH_MS);
  if (!isThere) throw new Refusal(-2013, 'Order does not exist.');
  return orderRow(order);
};

/** `GET /api/v3/openOrders`, newest first. Source: MEXC spot v3 docs, current open orders. */
export const openOrders: PrivateHandler = (call) => {
  const symbols = call.query.has('symbol') ? requireMarkets(call) : undefined;
  return readsFor(call)
    .open()
    .filter(({ market }) => symbols === undefined || symbols.has(market.spec.symbol))
    .reverse()
    .slice(0, MAX_OPEN)
    .map(orderRow);
};

/** `GET /api/v3/allOrders`, newest first: one day unless asked for more, at most seven. Source: MEXC spot v3 docs, all orders. */
export const allOrders: PrivateHandler = (call) => {
  const { view } = requireMarket(call);
  const { start, end } = readTimes(call);
  const from = Math.max(start ?? (end ?? call.now) - DAY_MS, call.now - ORDERS_REACH_MS);
  return readsFor(call)
    .all(view.spec.symbol)
    .filter(({ createdAt }) => createdAt >= from && createdAt <= (end ?? Number.POSITIVE_INFINITY))
    .reverse()
    .slice(0, readLimit(call, 500, 1_000))
    .map(orderRow);
};

/** `GET /api/v3/myTrades`, newest first, of the last month. Source: MEXC spot v3 docs, account trade list. */
export const myTrades: PrivateHandler = (call) => {
  const { view } = requireMarket(call);
  const { start, end } = readTimes(call);
  const from = Math.max(start ?? 0, call.now - TRADES_REACH_MS);
  const orderId = call.query.get('orderId');
  return readsFor(call)
    .fills(view.spec.symbol)
    .filter(
      ({ order, at }) => at >= from && at <= (end ?? Number.POSITIVE_INFINITY) && (orderId ?? order.id) === order.id,
    )
    .reverse()
    .slice(0, readLimit(call, 100, 100))
    .map(tradeRow);
};
