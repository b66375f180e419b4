import type { AccountPermission } from '../../../accounts/account-options.js';
import * as account from '../../gateio/rest/account-answers.js';
import { createRouteTable, type RouteTable } from '../../gateio/rest/route-table.js';
import * as balances from './balances.js';
import type { PrivateHandler } from './call.js';
import { cancelAll, cancelBatch, cancelOrder, countdownCancelAll } from './cancel.js';
import type { LimitGroup } from './limits.js';
import { getOrder, listOpenOrders, listOrders, myTrades } from './order-lists.js';
import { amendBatch, amendOrder, placeBatch, placeOrder } from './place.js';
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
}

const read = (handler: PrivateHandler, group: LimitGroup = 'spot'): PrivateRoute => ({
  handler,
  permission: 'read',
  group,
});
const place = (handler: PrivateHandler, status?: number): PrivateRoute => ({
  handler,
  permission: 'trade',
  group: 'orders',
  expires: true,
  ...(status === undefined ? {} : { status }),
});
const cancel = (handler: PrivateHandler): PrivateRoute => ({
  handler,
  permission: 'trade',
  group: 'cancels',
  expires: true,
});

/** By method and path after `/api/v4/`; `*` is an id. Source: Gate.io API v4 docs, rate limits and endpoints. */
const ROUTES: ReadonlyMap<string, PrivateRoute> = new Map<string, PrivateRoute>([
  ['POST spot/orders', place(placeOrder, 201)],
  ['POST spot/batch_orders', place(placeBatch)],
  ['PATCH spot/orders/*', place(amendOrder)],
  ['POST spot/amend_batch_orders', place(amendBatch)],
  ['DELETE spot/orders/*', cancel(cancelOrder)],
  ['DELETE spot/orders', cancel(cancelAll)],
  ['POST spot/cancel_batch_orders', cancel(cancelBatch)],
  ['POST spot/countdown_cancel_all', { handler: countdownCancelAll, permission: 'trade', group: 'spot' }],
  ['GET spot/orders', read(listOrders)],
  ['GET spot/orders/*', read(getOrder)],
  ['GET spot/open_orders', read(listOpenOrders)],
  ['GET spot/my_trades', read(myTrades)],
  ['GET spot/accounts', read(balances.listAccounts)],
  ['GET spot/account_book', read(balances.accountBook)],
  ['GET spot/fee', read(balances.tradingFee)],
  ['GET spot/batch_fee', read(balances.batchFee)],
  ['GET wallet/fee', read(balances.tradingFee, 'wallet')],
  ['GET account/detail', read(account.accountDetail, 'other')],
  ['GET account/rate_limit', read(balances.rateLimitTier, 'other')],
  ['GET unified/unified_mode', read(account.unifiedMode, 'other')],
  ['GET wallet/deposit_address', read(wallet.depositAddress, 'wallet')],
  ['GET wallet/deposits', read(wallet.listDeposits, 'wallet')],
  ['GET wallet/withdrawals', read(wallet.listWithdrawals, 'wallet')],
  ['GET wallet/withdraw_status', read(wallet.withdrawStatus, 'wallet')],
  ['GET wallet/saved_address', read(wallet.savedAddresses, 'wallet')],
  ['GET wallet/transfers', read(wallet.transferStatus, 'transfers')],
  ['POST wallet/transfers', { handler: wallet.transfer, permission: 'transfer', group: 'transfers' }],
  ['POST withdrawals', { handler: wallet.withdraw, permission: 'withdraw', group: 'withdrawals', status: 202 }],
  ['DELETE withdrawals/*', { handler: wallet.cancelWithdrawal, permission: 'withdraw', group: 'wallet', status: 202 }],
]);

export const PRIVATE_ROUTES: RouteTable<PrivateRoute> = createRouteTable(ROUTES);
