import { Refusal } from '../rest/call.js';
import type { EndpointLimit } from '../rest/endpoint-gate.js';
import * as assets from './assets.js';
import type { ContractPermission } from './authenticate.js';
import type { PrivateHandler } from './call.js';
import * as cancels from './cancel.js';
import * as reads from './order-reads.js';
import * as places from './place.js';
import * as plans from './plans.js';
import * as positions from './positions.js';

export interface PrivateRoute {
  readonly handler: PrivateHandler;
  readonly permission: ContractPermission;
  readonly limit: EndpointLimit;
}

const route = (
  permission: ContractPermission,
  handler: PrivateHandler,
  requests = 20,
  windowMs = 2_000,
): PrivateRoute => ({ handler, permission, limit: { requests, windowMs } });

const nothing: PrivateHandler = () => [];
/** What is not simulated (stop and trailing orders, amending): rather refused than taken and forgotten. */
const maintained: PrivateHandler = () => {
  throw new Refusal(604, 'The function is under maintenance');
};
const marketMakersOnly: PrivateHandler = () => {
  throw new Refusal(8918, 'For market makers only');
};
const replaced: PrivateHandler = () => {
  throw new Refusal(8817, 'The risk limit mechanism has been replaced');
};

/** Under `/api/v1/private/`; each limit is by user. Source: MEXC contract docs, limits and permissions, 2026. */
export const PRIVATE_ROUTES: Readonly<Record<string, PrivateRoute>> = {
  'GET account/assets': route('readAccount', assets.assets),
  'GET account/asset/{currency}': route('readAccount', assets.asset),
  'GET account/transfer_record': route('readAccount', assets.transferRecords),
  'GET account/tiered_fee_rate/v2': route('readAccount', assets.tieredFeeRate),
  'GET account/tiered_fee_rate': route('readAccount', assets.tieredFeeRate),
  'GET account/risk_limit': route('readAccount', assets.riskLimits),
  'GET account/contract/fee_rate': route('readAccount', assets.contractFeeRates),
  'GET account/discountType': route('readAccount', assets.discountType),
  'GET account/feeDeductConfigs': route('readAccount', nothing),
  'POST account/change_risk_level': route('writeAccount', replaced),
  'GET position/open_positions': route('readAccount', positions.openPositions),
  'GET position/list/history_positions': route('readAccount', positions.historyPositions),
  'GET position/funding_records': route('readAccount', positions.fundingRecords),
  'GET position/leverage': route('readAccount', positions.getLeverage),
  'POST position/change_leverage': route('writeOrders', positions.changeLeverage, 10, 10_000),
  'POST position/change_margin': route('writeOrders', positions.changeMargin),
  'POST position/change_auto_add_im': route('writeOrders', maintained),
  'GET position/position_mode': route('readAccount', positions.getPositionMode),
  'POST position/change_position_mode': route('writeOrders', positions.changePositionMode),
  'POST position/reverse': route('writeOrders', positions.reversePosition, 4),
  'POST position/close_all': route('writeOrders', positions.closeAll, 4),
  'POST order/create': route('writeOrders', places.createOrder, 4),
  'POST order/submit': route('writeOrders', places.submitOrder, 4),
  'POST order/submit_batch': route('writeOrders', places.submitBatch, 4),
  'POST order/cancel': route('writeOrders', cancels.cancelOrders),
  'POST order/cancel_with_external': route('writeOrders', cancels.cancelWithExternal),
  'POST order/batch_cancel_with_external': route('writeOrders', cancels.batchCancelWithExternal),
  'POST order/cancel_all': route('writeOrders', cancels.cancelAllOrders),
  'GET order/get/{orderId}': route('readOrders', reads.getOrder),
  'GET order/external/{symbol}/{externalOid}': route('readOrders', reads.getByExternal),
  'GET order/batch_query': route('readOrders', reads.batchQuery, 5),
  'POST order/batch_query_with_external': route('readOrders', reads.batchQueryWithExternal, 5),
  'GET order/list/open_orders': route('readOrders', reads.openOrders),
  'GET order/list/open_orders/{symbol}': route('readOrders', reads.openOrders),
  'GET order/list/history_orders': route('readOrders', reads.historyOrders),
  'GET order/list/order_deals/v3': route('readOrders', reads.orderDeals),
  'GET order/list/order_deals': route('readOrders', reads.olderOrderDeals),
  'GET order/deal_details/{orderId}': route('readOrders', reads.dealDetails),
  'GET order/open_order_total_count': route('readOrders', reads.openOrderCount),
  'POST order/open_order_total_count': route('readOrders', reads.openOrderCount),
  'POST planorder/place/v2': route('writeOrders', plans.placePlan, 4),
  'POST planorder/place': route('writeOrders', plans.placeOlderPlan, 4),
  'POST planorder/change_price': route('writeOrders', plans.changePlanPrice, 4),
  'POST planorder/cancel': route('writeOrders', plans.cancelPlans),
  'POST planorder/cancel_all': route('writeOrders', plans.cancelAllPlans),
  'GET planorder/list/orders': route('readOrders', plans.listPlans),
  'POST planorder/change_stop_order': route('writeOrders', maintained, 4),
  'POST order/chase_limit_order': route('writeOrders', maintained, 4),
  'POST order/change_limit_order': route('writeOrders', maintained, 4),
  'POST stoporder/place': route('writeOrders', maintained, 5),
  'POST stoporder/cancel': route('writeOrders', maintained),
  'POST stoporder/cancel_all': route('writeOrders', maintained),
  'POST stoporder/change_price': route('writeOrders', maintained, 4),
  'POST stoporder/change_plan_price': route('writeOrders', maintained, 4),
  'GET stoporder/list/orders': route('readOrders', nothing),
  'GET stoporder/open_orders': route('readOrders', nothing),
  'POST trackorder/place': route('writeOrders', maintained, 4),
  'POST trackorder/cancel': route('writeOrders', maintained),
  'POST trackorder/change_order': route('writeOrders', maintained, 4),
  'GET trackorder/list/orders': route('readOrders', nothing),
  'GET market_maker/self_trade/blacklist': route('readAccount', marketMakersOnly),
  'POST market_maker/self_trade/blacklist/create': route('writeAccount', marketMakersOnly),
  'POST market_maker/self_trade/blacklist/update': route('writeAccount', marketMakersOnly),
  'POST market_maker/self_trade/blacklist/delete': route('writeAccount', marketMakersOnly),
};
