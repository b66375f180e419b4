import type { AccountPermission } from '../../../accounts/account-options.js';
import * as account from '../../gateio/rest/account-answers.js';
import { createRouteTable, type RouteTable } from '../../gateio/rest/route-table.js';
import type { PrivateHandler } from './call.js';
import { cancelAll, cancelBatch, cancelOrder, countdownCancelAll } from './cancel.js';
import * as history from './history.js';
import type { LimitGroup } from './limits.js';
import { getOrder, listOrders, myTrades, ordersInRange, tradesInRange } from './order-lists.js';
import { amendBatch, amendOrder, placeAtLevel, placeBatch, placeOrder } from './place.js';
import * as positions from './positions.js';
import * as triggers from './price-orders.js';
import * as wallet from './wallet.js';

export interface PrivateRoute {
  readonly handler: PrivateHandler;
  readonly permission: AccountPermission;
  /** How the venue meters it; orders are counted by their handlers. */
  readonly group: LimitGroup;
  /** Default 200. */
  readonly status?: number;
  /** Whether `x-gate-exptime` is heeded. */
  readonly expires?: true;
  /** Whether it works before the futures account was opened. */
  readonly needsNoAccount?: true;
}

const read = (handler: PrivateHandler): PrivateRoute => ({ handler, permission: 'read', group: 'other' });
const write = (handler: PrivateHandler, status?: number): PrivateRoute => ({
  handler,
  permission: 'trade',
  group: 'other',
  ...(status === undefined ? {} : { status }),
});
const place = (handler: PrivateHandler, status?: number): PrivateRoute => ({
  ...write(handler, status),
  group: 'orders',
  expires: true,
});
const cancel = (handler: PrivateHandler): PrivateRoute => ({ ...write(handler), group: 'cancels', expires: true });
const outside = (route: PrivateRoute): PrivateRoute => ({ ...route, needsNoAccount: true });

/** By method and path after `/api/v4/`, the settle asset left out; `*` is a name. Source: Gate API v4 docs, futures. */
const ROUTES: ReadonlyMap<string, PrivateRoute> = new Map<string, PrivateRoute>([
  ['POST futures/orders', place(placeOrder, 201)],
  ['POST futures/batch_orders', place(placeBatch)],
  ['POST futures/bbo_orders', place(placeAtLevel, 201)],
  ['PUT futures/orders/*', place(amendOrder)],
  ['POST futures/batch_amend_orders', place(amendBatch)],
  ['DELETE futures/orders/*', cancel(cancelOrder)],
  ['DELETE futures/orders', cancel(cancelAll)],
  ['POST futures/batch_cancel_orders', cancel(cancelBatch)],
  ['POST futures/countdown_cancel_all', write(countdownCancelAll)],
  ['GET futures/orders', read(listOrders)],
  ['GET futures/orders/*', read(getOrder)],
  ['GET futures/orders_timerange', read(ordersInRange)],
  ['GET futures/my_trades', read(myTrades)],
  ['GET futures/my_trades_timerange', read(tradesInRange)],
  ['GET futures/accounts', read(history.getAccount)],
  ['GET futures/account_book', read(history.accountBook)],
  ['GET futures/position_close', read(history.closedPositions)],
  ['GET futures/liquidates', read(history.liquidations)],
  ['GET futures/auto_deleverages', read(history.autoDeleverages)],
  ['GET futures/fee', read(history.tradingFees)],
  ['GET futures/positions', read(positions.listPositions)],
  ['GET futures/positions/*', read(positions.getPosition)],
  ['GET futures/get_leverage/*', read(positions.getLeverage)],
  ['POST futures/positions/*/leverage', write(positions.setLeverage.single)],
  ['POST futures/positions/*/set_leverage', write(positions.setLeverageByMode)],
  ['POST futures/positions/*/margin', write(positions.changeMargin.single)],
  ['POST futures/positions/*/risk_limit', write(positions.setRiskLimit.single)],
  ['POST futures/positions/cross_mode', write(positions.setCrossMode('single'))],
  ['GET futures/dual_comp/positions/*', read(positions.getDual)],
  ['POST futures/dual_comp/positions/*/leverage', write(positions.setLeverage.dual)],
  ['POST futures/dual_comp/positions/*/margin', write(positions.changeMargin.dual)],
  ['POST futures/dual_comp/positions/*/risk_limit', write(positions.setRiskLimit.dual)],
  ['POST futures/dual_comp/positions/cross_mode', write(positions.setCrossMode('dual'))],
  ['POST futures/dual_mode', write(positions.setPositionMode)],
  ['POST futures/set_position_mode', write(positions.setPositionMode)],
  ['POST futures/price_orders', write(triggers.place, 201)],
  ['GET futures/price_orders', read(triggers.list)],
  ['DELETE futures/price_orders', write(triggers.cancelAll)],
  ['PUT futures/price_orders/amend', write(triggers.amend)],
  ['GET futures/price_orders/*', read(triggers.getOne)],
  ['DELETE futures/price_orders/*', write(triggers.cancelOne)],
  ['GET wallet/fee', outside(read(wallet.tradingFee))],
  ['GET account/detail', outside(read(account.accountDetail))],
  ['GET unified/unified_mode', outside(read(account.unifiedMode))],
  ['POST wallet/transfers', outside({ handler: wallet.transfer, permission: 'transfer', group: 'other' })],
]);

export const PRIVATE_ROUTES: RouteTable<PrivateRoute> = createRouteTable(ROUTES);
