import type { Account } from '../../../accounts/account.js';
import type { AccountOrder } from '../../../accounts/account-order.js';
import { printAmount } from '../../../accounts/amount.js';
import { DeskRefusal, type RefusalReason } from '../../../accounts/order-request.js';
import type { VenueModel } from '../../../contract.js';
import type { SimulatedMarket } from '../../../market.js';
import { type Fields, requiredText } from '../../gateio/rest/fields.js';
import { invalidValue, RestRefusal } from '../../gateio/rest/refusal.js';
import type { Pair, Pairs } from '../pairs.js';
import { findPair } from '../rest/params.js';

/** One private request, authenticated and metered. */
export interface PrivateCall {
  readonly model: VenueModel;
  readonly pairs: Pairs;
  readonly account: Account;
  readonly query: URLSearchParams;
  /** The last part of the path where the endpoint has one: an order id or a custom id. */
  readonly name: string;
  /** Where orders come from, when not from REST. */
  readonly source?: string;
  /** Raw text. */
  readonly body: string;
  /** Counts `count` orders of a pair against the budget of placing and amending. @throws {RestRefusal} */
  meterOrders(pairId: string, count: number): void;
}

/** Makes the answer. @throws {RestRefusal} and {DeskRefusal} */
export type PrivateHandler = (call: PrivateCall) => unknown;

/** The pair that a field names. @throws {RestRefusal} */
export function pairOf(fields: Fields, { pairs }: PrivateCall): Pair {
  return findPair(pairs, requiredText(fields, 'currency_pair'));
}

/** The pair that the query names, if it does. @throws {RestRefusal} */
export function optionalPair({ query, pairs }: PrivateCall): Pair | undefined {
  const id = query.get('currency_pair');
  return id === null || id === '' ? undefined : findPair(pairs, id);
}

/** The market of a pair, as orders need it. */
export function marketOf({ market }: Pair, { model }: PrivateCall): SimulatedMarket {
  return model.desk.markets.get(market.spec.symbol)!;
}

/** The pair of an order. */
export function pairOfOrder({ market: { spec } }: AccountOrder, { pairs }: PrivateCall): Pair {
  return findPair(pairs, `${spec.base}_${spec.quote}`.toUpperCase());
}

/** Only plain spot accounts exist here. @throws {RestRefusal} */
export function requireSpotAccount(account: string | undefined | null): void {
  if (account === undefined || account === null || account === '' || account === 'spot') return;
  if (account === 'margin') throw new RestRefusal(400, 'MARGIN_NOT_SUPPORTED', 'Margin is not supported');
  if (account === 'unified') throw new RestRefusal(400, 'UNIFIED_ACCOUNT_NOT_ACTIVATED', 'No unified account');
  throw invalidValue('account');
}

/** Source: Gate.io API v4 docs, error labels of spot trading. */
const LABELS: Readonly<Record<RefusalReason, readonly [label: string, message: string]>> = {
  bad_price: ['INVALID_PARAM_VALUE', 'Invalid param value: price'],
  bad_quantity: ['INVALID_PARAM_VALUE', 'Invalid param value: amount'],
  price_precision: ['INVALID_PRECISION', 'Invalid price precision'],
  quantity_precision: ['INVALID_PRECISION', 'Invalid amount precision'],
  below_min_quantity: ['QUANTITY_NOT_ENOUGH', 'Amount is below the minimum'],
  below_min_notional: ['INVALID_PARAM_VALUE', ''],
  above_max_notional: ['AMOUNT_TOO_MUCH', 'Amount is above the maximum'],
  insufficient_balance: ['BALANCE_NOT_ENOUGH', 'Not enough balance'],
  too_many_orders: ['TOO_MANY_ORDERS', 'Too many open orders'],
  post_only_takes: ['POC_FILL_IMMEDIATELY', 'Order would match and take immediately so its cancelled'],
  fok_not_filled: ['FOK_NOT_FILL', 'Order cannot be filled completely'],
  no_liquidity: ['QUANTITY_NOT_ENOUGH', 'Nobody is on the other side'],
  trading_disabled: ['TRADE_RESTRICTED', 'Trading is restricted'],
  not_open: ['ORDER_CLOSED', 'Order is closed'],
  no_change: ['NO_CHANGE', 'Nothing to change'],
};

/** A refusal of the desk in the venue's words. */
function translate({ reason, notional }: DeskRefusal, { market: { spec } }: Pair): RestRefusal {
  const [label, text] = LABELS[reason];
  const isSmall = reason === 'below_min_notional';
  const size = `Your order size ${printAmount(notional)} ${spec.quote} is too small.`;
  return new RestRefusal(400, label, isSmall ? `${size} The minimum is ${spec.minNotional} ${spec.quote}` : text);
}

/** Runs `act`, translating what the desk refuses. @throws {RestRefusal} */
export function atDesk<T>(pair: Pair, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof DeskRefusal ? translate(error, pair) : error;
  }
}
