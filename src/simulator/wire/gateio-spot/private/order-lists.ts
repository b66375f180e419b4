import type { AccountFill, AccountOrder } from '../../../accounts/account-order.js';
import { amountOf, printAmount } from '../../../accounts/amount.js';
import { readPage, readRange } from '../../gateio/rest/paging.js';
import { invalidValue, missing } from '../../gateio/rest/refusal.js';
import { toSeconds, wallMs } from '../../gateio/wall-time.js';
import type { Pair } from '../pairs.js';
import { readPair } from '../rest/params.js';
import { tradeId, tradeTimeMs } from '../trade-fields.js';
import { optionalPair, type PrivateCall, type PrivateHandler, pairOfOrder, requireSpotAccount } from './call.js';
import { findOrder, finishedOrders, readsFor } from './find-order.js';
import { orderFields, orderText } from './order-fields.js';

const MAX_OPEN = 100;
const MAX_ROWS = 1_000;
const DAY_S = 86_400;

/** `GET /spot/orders/{id}`: the pair must be named while it is pending. Source: Gate.io API v4 docs, get an order. */
export const getOrder: PrivateHandler = (call) => {
  requireSpotAccount(call.query.get('account'));
  const pair = optionalPair(call);
  const order = findOrder(call, call.name, pair, readsFor(call));
  if (pair === undefined && order.status === 'open') throw missing('currency_pair');
  return print(call, order);
};

/** `GET /spot/orders`, newest first. Source: Gate.io API v4 docs, list orders. */
export const listOrders: PrivateHandler = (call) => {
  requireSpotAccount(call.query.get('account'));
  const status = call.query.get('status');
  if (status === null) throw missing('status');
  if (status === 'open') {
    const pair = readPair(call.query, call.pairs);
    const rows = readsFor(call).open(pair.market.spec.symbol).reverse();
    return readPage(call.query, MAX_OPEN)
      .cut(rows)
      .map((order) => print(call, order));
  }
  if (status !== 'finished') throw invalidValue('status');
  const side = call.query.get('side');
  if (side !== null && side !== 'buy' && side !== 'sell') throw invalidValue('side');
  const { fromMs, toMs } = readRange(call.query, undefined);
  const rows = finishedOrders(call, optionalPair(call)).filter(
    (order) => (side === null || order.side === side) && order.updatedAt >= fromMs && order.updatedAt < toMs,
  );
  return readPage(call.query, MAX_ROWS)
    .cut(rows.reverse())
    .map((order) => print(call, order));
};

/** `GET /spot/open_orders`: pages are per pair. Source: Gate.io API v4 docs, list all open orders. */
export const listOpenOrders: PrivateHandler = (call) => {
  requireSpotAccount(call.query.get('account'));
  const page = readPage(call.query, MAX_OPEN);
  return [...call.pairs.values()].flatMap((pair) => {
    const rows = readsFor(call).open(pair.market.spec.symbol).reverse();
    const orders = page.cut(rows).map((order) => print(call, order));
    return rows.length === 0 ? [] : [{ currency_pair: pair.id, total: rows.length, orders }];
  });
};

/** `GET /spot/my_trades`, newest first; 7 days unless a range is given. Source: Gate.io API v4 docs, personal trades. */
export const myTrades: PrivateHandler = (call) => {
  const pair = optionalPair(call);
  const orderId = call.query.get('order_id');
  if (orderId !== null && pair === undefined) throw missing('currency_pair');
  const { fromMs, toMs } = readRange(call.query, {
    defaultSeconds: 7 * DAY_S,
    maxSeconds: 30 * DAY_S,
    nowS: toSeconds(wallMs(call.model.clock)),
  });
  const rows = readsFor(call)
    .fills(pair?.market.spec.symbol)
    .filter(({ order, at }) => (orderId === null || order.id === orderId) && at >= fromMs && at < toMs);
  return readPage(call.query, MAX_ROWS)
    .cut(rows.reverse())
    .map((fill) => tradeFields(fill, pairOfOrder(fill.order, call)));
};

/** One execution of one's own; `side` is one's own. Source: Gate.io API v4 docs, personal trades. */
function tradeFields(fill: AccountFill, { id: pairId, market: { spec } }: Pair): Record<string, unknown> {
  const { order, priceTicks, lots } = fill;
  const tape = { id: fill.tradeId, at: fill.at, priceTicks, lots, takerSide: order.side };
  return {
    id: String(tradeId(tape)),
    create_time: String(toSeconds(fill.at)),
    create_time_ms: tradeTimeMs(tape),
    currency_pair: pairId,
    side: order.side,
    role: fill.liquidity,
    amount: printAmount(amountOf(lots, spec.quantityDecimals)),
    price: printAmount(amountOf(priceTicks, spec.priceDecimals)),
    order_id: order.id,
    fee: printAmount(fill.fee),
    fee_currency: fill.feeAsset,
    point_fee: '0',
    gt_fee: '0',
    amend_text: order.amendText ?? '-',
    sequence_id: String(fill.tradeId),
    text: orderText(order),
    deal: printAmount(amountOf(BigInt(priceTicks) * BigInt(lots), spec.priceDecimals + spec.quantityDecimals)),
  };
}

function print(call: PrivateCall, order: AccountOrder): Record<string, unknown> {
  return orderFields(order, pairOfOrder(order, call).id, call.account.settings.selfTradeGroup);
}
