import type { AccountPermission } from '../../../accounts/account-options.js';
import * as account from './account.js';
import type { PrivateHandler } from './call.js';
import * as capital from './capital.js';
import * as reads from './order-reads.js';
import * as orders from './orders.js';
import * as streamKeys from './stream-keys.js';
import * as transfers from './transfers.js';
import type { UserBudget } from './user-gate.js';

export interface PrivateRoute {
  readonly handler: PrivateHandler;
  readonly permission: AccountPermission;
  readonly weight: number;
  readonly budgets: readonly UserBudget[];
}

const route = (
  handler: PrivateHandler,
  permission: AccountPermission,
  weight: number,
  ...budgets: UserBudget[]
): PrivateRoute => ({ handler, permission, weight, budgets });

/** Weights count against the user. Source: MEXC spot v3 docs, limits and permissions, 2026. */
export const PRIVATE_ROUTES: ReadonlyMap<string, PrivateRoute> = new Map<string, PrivateRoute>([
  ['POST /api/v3/order', route(orders.placeOrder, 'trade', 1, 'orders')],
  ['POST /api/v3/order/test', route(orders.testOrder, 'trade', 1)],
  ['POST /api/v3/batchOrders', route(orders.placeBatch, 'trade', 1, 'orders', 'batches')],
  ['DELETE /api/v3/order', route(orders.cancelOrder, 'trade', 1, 'orders')],
  ['DELETE /api/v3/openOrders', route(orders.cancelOpenOrders, 'trade', 1, 'orders')],
  ['DELETE /api/v3/order/all', route(orders.cancelAllOrders, 'trade', 1)],
  ['GET /api/v3/order', route(reads.getOrder, 'read', 2)],
  ['GET /api/v3/openOrders', route(reads.openOrders, 'read', 3)],
  ['GET /api/v3/allOrders', route(reads.allOrders, 'read', 10)],
  ['GET /api/v3/myTrades', route(reads.myTrades, 'read', 10)],
  ['GET /api/v3/account', route(account.accountInfo, 'read', 10, 'account')],
  ['GET /api/v3/tradeFee', route(account.tradeFee, 'read', 20)],
  ['GET /api/v3/kyc/status', route(account.kycStatus, 'read', 1)],
  ['GET /api/v3/uid', route(account.userId, 'read', 1)],
  ['GET /api/v3/selfSymbols', route(account.selfSymbols, 'read', 1)],
  ['GET /api/v3/mxDeduct/enable', route(account.mxDeduct, 'read', 1)],
  ['POST /api/v3/mxDeduct/enable', route(account.setMxDeduct, 'trade', 1)],
  ['POST /api/v3/userDataStream', route(streamKeys.createListenKey, 'read', 1)],
  ['PUT /api/v3/userDataStream', route(streamKeys.extendListenKey, 'read', 1)],
  ['DELETE /api/v3/userDataStream', route(streamKeys.deleteListenKey, 'read', 1)],
  ['GET /api/v3/userDataStream', route(streamKeys.listListenKeys, 'read', 1)],
  ['GET /api/v3/capital/config/getall', route(capital.currencies, 'read', 10)],
  ['POST /api/v3/capital/withdraw', route(capital.withdraw, 'withdraw', 1)],
  ['DELETE /api/v3/capital/withdraw', route(capital.cancelWithdrawal, 'withdraw', 1)],
  ['GET /api/v3/capital/withdraw/history', route(capital.withdrawalHistory, 'read', 1)],
  ['GET /api/v3/capital/withdraw/address', route(capital.withdrawalAddresses, 'read', 10)],
  ['GET /api/v3/capital/deposit/address', route(capital.depositAddress, 'read', 10)],
  ['POST /api/v3/capital/deposit/address', route(capital.depositAddress, 'withdraw', 1)],
  ['GET /api/v3/capital/deposit/hisrec', route(capital.depositHistory, 'read', 10)],
  ['POST /api/v3/capital/transfer', route(transfers.transfer, 'transfer', 1)],
  ['GET /api/v3/capital/transfer', route(transfers.transferHistory, 'read', 1)],
  ['GET /api/v3/capital/transfer/tranId', route(transfers.transferById, 'read', 1)],
]);
