import { printAmount } from '../../../accounts/amount.js';
import type { FuturesFill, FuturesOrder } from '../../../positions/futures-order.js';
import { bookPrice } from '../../../positions/valuation.js';
import { readPage, readRange } from '../../gateio/rest/paging.js';
import { readInteger } from '../../gateio/rest/params.js';
import { invalidValue, missing } from '../../gateio/rest/refusal.js';
import { contractId } from '../contracts.js';
import { optionalContract } from '../rest/params.js';
import { fractionalSeconds, tradeIdOf } from '../trade-fields.js';
import type { PrivateCall, PrivateHandler } from './call.js';
import { findOrder, finishedOrders, visibleOrders } from './find-order.js';
import { orderText, signedLotsOf } from './order-fields.js';
import { print } from './place.js';

const MAX_ROWS = 1_000;

/** `GET /futures/{settle}/orders/{id}`. Source: Gate API v4 docs, get a futures order. */
export const getOrder: PrivateHandler = (call) => print(call, findOrder(call, call.name, 'reads'));

/** `GET /futures/{settle}/orders`, newest first. Source: Gate API v4 docs, list futures orders. */
export const listOrders: PrivateHandler = (call) => {
  const { query, contracts } = call;
  const status = query.get('status');
  if (status === null) throw missing('status');
  if (status !== 'open' && status !== 'finished') throw invalidValue('status');
  const contract = optionalContract(query, contracts);
  const rows =
    status === 'open'
      ? visibleOrders(call, contract).filter((order) => order.status === 'open')
      : finishedOrders(call, contract);
  const lastId = readInteger(query, 'last_id', 0, Number.MAX_SAFE_INTEGER);
  const kept = lastId === undefined ? rows : rows.filter((order) => Number(order.id) < lastId);
  return readPage(query, MAX_ROWS)
    .cut(kept.reverse())
    .map((order) => print(call, order));
};

/** `GET /futures/{settle}/orders_timerange`: finished ones, newest first. Source: Gate API v4 docs, orders by time range. */
export const ordersInRange: PrivateHandler = (call) => {
  const { fromMs, toMs } = readRange(call.query, undefined);
  const isIn = ({ updatedAt }: FuturesOrder): boolean => updatedAt >= fromMs && updatedAt < toMs;
  const rows = finishedOrders(call, optionalContract(call.query, call.contracts)).filter(isIn);
  return readPage(call.query, MAX_ROWS)
    .cut(rows.reverse())
    .map((order) => print(call, order));
};

/** `GET /futures/{settle}/my_trades`, newest first. Source: Gate API v4 docs, personal trading history. */
export const myTrades: PrivateHandler = (call) => {
  const orderId = call.query.get('order');
  const rows = visibleFills(call).filter(({ order }) => orderId === null || order.id === orderId);
  return readPage(call.query, MAX_ROWS)
    .cut(rows.reverse())
    .map((fill) => ({ id: tradeNumber(fill), ...fillFields(fill, call) }));
};

/** `GET /futures/{settle}/my_trades_timerange`: the id has another name and is text. Source: Gate API v4 docs, personal trades by time range. */
export const tradesInRange: PrivateHandler = (call) => {
  const { fromMs, toMs } = readRange(call.query, undefined);
  const role = call.query.get('role');
  const rows = visibleFills(call).filter(
    ({ at, liquidity }) => at >= fromMs && at < toMs && (role === null || role === liquidity),
  );
  return readPage(call.query, MAX_ROWS)
    .cut(rows.reverse())
    .map((fill) => ({ trade_id: String(tradeNumber(fill)), ...fillFields(fill, call) }));
};

/** Trades with the insurance fund are not on the tape: their numbers are far from its. */
export function tradeNumber({ tradeId, number }: FuturesFill): number {
  return tradeId === 0 ? 1_000_000 + number : tradeIdOf(tradeId);
}

function visibleFills(call: PrivateCall): FuturesFill[] {
  const { account, model, query, contracts } = call;
  const now = model.clock.monotonic();
  const contract = optionalContract(query, contracts);
  return account.fills.filter(
    ({ order }) => order.visibleFrom <= now && (contract === undefined || order.market === contract.perpetual),
  );
}

function fillFields(fill: FuturesFill, { sizes }: PrivateCall): Record<string, unknown> {
  const { order, at, lots, closedLots, priceTicks, liquidity, fee, value } = fill;
  const { market } = order;
  return {
    create_time: fractionalSeconds(at),
    contract: contractId(market.spec),
    order_id: order.id,
    size: sizes.print(market.spec, signedLotsOf(order, lots)),
    close_size: sizes.print(market.spec, signedLotsOf(order, closedLots)),
    price: printAmount(bookPrice(market, priceTicks)),
    role: liquidity,
    text: orderText(order),
    fee: printAmount(fee),
    point_fee: '0',
    trade_value: printAmount(value),
    amend_text: order.amendText ?? '-',
  };
}
