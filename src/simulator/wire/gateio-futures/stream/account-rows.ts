import { printAmount } from '../../../accounts/amount.js';
import type { FuturesAccount, FuturesBalanceChange, FuturesOrderEvent } from '../../../positions/futures-account.js';
import type { FuturesFill, FuturesOrder } from '../../../positions/futures-order.js';
import type { ClosedPosition, Liquidation, Position } from '../../../positions/position.js';
import { bookPrice, entryPrice } from '../../../positions/valuation.js';
import { toSeconds } from '../../gateio/wall-time.js';
import { contractId } from '../contracts.js';
import { CHANGE_TYPES, changeText } from '../private/history.js';
import { FINISHES, orderFields, orderText, signedLotsOf } from '../private/order-fields.js';
import { tradeNumber } from '../private/order-lists.js';
import { positionFields, shown } from '../private/position-fields.js';
import type { Sizes } from '../sizes.js';

type Row = Record<string, unknown>;

/** One order as it is now; amounts are numbers here. Source: Gate futures WebSocket v4 docs, orders. */
export function orderRow(account: FuturesAccount, order: FuturesOrder, event: FuturesOrderEvent, sizes: Sizes): Row {
  const all = orderFields(order, account, sizes);
  const isOver = order.status !== 'open';
  return {
    ...pick(all, KEPT),
    id_string: order.id,
    create_time: toSeconds(order.createdAt),
    create_time_ms: order.createdAt,
    price: number(all['price']),
    fill_price: number(all['fill_price']),
    finish_as: isOver ? FINISHES[order.endReason!] : event === 'placed' ? '_new' : '_update',
    finish_time: isOver ? toSeconds(order.updatedAt) : 0,
    finish_time_ms: isOver ? order.updatedAt : 0,
    tkfr: number(all['tkfr']),
    mkfr: number(all['mkfr']),
    refr: 0,
    user: account.settings.userId,
    update_id: order.version,
    update_time: order.updatedAt,
    stp_id: String(all['stp_id']),
    role: order.makerFee !== 0n && order.takerFee === 0n ? 'maker' : 'taker',
    fee: number(printAmount(order.takerFee + order.makerFee)),
    point_fee: 0,
    leverage: order.marginMode === 'cross' ? '0' : String(order.leverage),
  };
}

/** What is printed as over REST. */
const KEPT = [
  'contract',
  'iceberg',
  'id',
  'is_close',
  'is_liq',
  'is_reduce_only',
  'left',
  'refu',
  'size',
  'status',
  'text',
  'tif',
  'biz_info',
  'stp_act',
  'amend_text',
  'pos_margin_mode',
];

/** One execution of one's own; its id is text here. Source: Gate futures WebSocket v4 docs, user trades. */
export function tradeRow(fill: FuturesFill, sizes: Sizes): Row {
  const { order, at, lots, closedLots, priceTicks, liquidity, fee } = fill;
  const { market } = order;
  return {
    id: String(tradeNumber(fill)),
    create_time: toSeconds(at),
    create_time_ms: at,
    contract: contractId(market.spec),
    order_id: order.id,
    size: sizes.print(market.spec, signedLotsOf(order, lots)),
    price: printAmount(bookPrice(market, priceTicks)),
    role: liquidity,
    text: orderText(order),
    fee: number(printAmount(fee)),
    point_fee: 0,
    amend_text: order.amendText ?? '-',
    biz_info: '-',
    close_size: sizes.print(market.spec, signedLotsOf(order, closedLots)),
  };
}

/** A position as it is now: without what follows from the mark price. Source: Gate futures WebSocket v4 docs, positions. */
export function positionRow(position: Position, sizes: Sizes): Row {
  const all = positionFields(position, sizes);
  const { account, market, updatedAt, marginMode, leverage } = position;
  return {
    contract: contractId(market.spec),
    cross_leverage_limit: marginMode === 'cross' ? leverage : 0,
    entry_price: number(shown(entryPrice(position))),
    history_pnl: number(all['history_pnl']),
    history_point: 0,
    last_close_pnl: number(all['last_close_pnl']),
    leverage: marginMode === 'cross' ? 0 : leverage,
    leverage_max: number(all['leverage_max']),
    liq_price: number(all['liq_price']),
    maintenance_rate: number(all['maintenance_rate']),
    margin: number(all['margin']),
    mode: all['mode'],
    realised_pnl: number(all['realised_pnl']),
    realised_point: 0,
    risk_limit: number(all['risk_limit']),
    size: all['size'],
    time: toSeconds(updatedAt),
    time_ms: updatedAt,
    user: account.settings.userId,
    update_id: position.version,
    pos_margin_mode: marginMode,
    lever: String(leverage),
  };
}

/** One change of the balance. Source: Gate futures WebSocket v4 docs, balances. */
export function balanceRow(account: FuturesAccount, change: FuturesBalanceChange): Row {
  return {
    balance: number(printAmount(change.balance)),
    change: number(printAmount(change.change)),
    text: changeText(change),
    time: toSeconds(change.at),
    time_ms: change.at,
    type: CHANGE_TYPES[change.cause],
    user: account.settings.userId,
    currency: change.asset.toLowerCase(),
  };
}

/** Source: Gate futures WebSocket v4 docs, position closes. */
export function closeRow(account: FuturesAccount, closed: ClosedPosition): Row {
  return {
    contract: contractId(closed.market.spec),
    pnl: number(shown(closed.pnl + closed.fees + closed.funding)),
    side: closed.side,
    text: account.ordersById.get(closed.orderId)?.source ?? 'api',
    time: toSeconds(closed.closedAt),
    time_ms: closed.closedAt,
    user: account.settings.userId,
  };
}

/** Source: Gate futures WebSocket v4 docs, liquidates. */
export function liquidationRow(account: FuturesAccount, one: Liquidation, sizes: Sizes): Row {
  return {
    entry_price: number(shown(one.entryPrice)),
    fill_price: number(printAmount(one.fillPrice)),
    left: sizes.print(one.market.spec, 0),
    leverage: one.marginMode === 'cross' ? 0 : one.leverage,
    liq_price: number(shown(one.liquidationPrice)),
    margin: number(shown(one.margin)),
    mark_price: number(printAmount(one.markPrice)),
    order_id: Number(one.orderId),
    order_price: number(printAmount(one.orderPrice)),
    order_size: sizes.print(one.market.spec, -one.lots),
    size: sizes.print(one.market.spec, one.lots),
    time: toSeconds(one.at),
    time_ms: one.at,
    contract: contractId(one.market.spec),
    user: account.settings.userId,
  };
}

function number(text: unknown): number {
  return Number(text);
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
