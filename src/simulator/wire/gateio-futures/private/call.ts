import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesModel } from '../../../positions/futures-model.js';
import { FuturesRefusal, type FuturesRefusalReason } from '../../../positions/futures-request.js';
import { type Fields, requiredText } from '../../gateio/rest/fields.js';
import { RestRefusal } from '../../gateio/rest/refusal.js';
import type { Contract, Contracts } from '../contracts.js';
import { findContract } from '../rest/params.js';
import type { Sizes } from '../sizes.js';

/** One private request, authenticated and metered. */
export interface PrivateCall {
  readonly model: FuturesModel;
  readonly contracts: Contracts;
  readonly account: FuturesAccount;
  readonly sizes: Sizes;
  /** The settle asset: `USDT`. */
  readonly asset: string;
  readonly query: URLSearchParams;
  /** What stands for `*` in the endpoint's path: an order id, a text, a contract. */
  readonly name: string;
  /** Where orders come from. */
  readonly source: string;
  /** Raw text. */
  readonly body: string;
  /** Counts so many orders against the budget of placing and amending. @throws {RestRefusal} */
  meterOrders(count: number): void;
}

/** Makes the answer. @throws {RestRefusal} and {FuturesRefusal} */
export type PrivateHandler = (call: PrivateCall) => unknown;

/** The contract that a field names. @throws {RestRefusal} */
export function contractOf(fields: Fields, { contracts }: PrivateCall): Contract {
  return findContract(contracts, requiredText(fields, 'contract'));
}

/** Source: Gate API v4 docs, futures, error labels. */
const LABELS: Readonly<Record<FuturesRefusalReason, readonly [label: string, text: string]>> = {
  bad_price: ['INVALID_PARAM_VALUE', 'invalid argument: price'],
  bad_contracts: ['INVALID_PARAM_VALUE', 'invalid argument: size'],
  price_precision: ['INVALID_PARAM_VALUE', 'invalid argument: price precision'],
  contracts_precision: ['INVALID_PARAM_VALUE', 'invalid argument: size precision'],
  below_min_contracts: ['SIZE_TOO_SMALL', 'size is below order_size_min'],
  above_max_contracts: ['SIZE_TOO_LARGE', 'size is above order_size_max'],
  price_too_far: ['PRICE_TOO_DEVIATED', 'price is too far from the mark price'],
  insufficient_available: ['INSUFFICIENT_AVAILABLE', 'not enough available margin'],
  risk_limit_exceeded: ['RISK_LIMIT_EXCEEDED', 'position would exceed the risk limit'],
  too_many_orders: ['TOO_MANY_ORDERS', 'too many open orders'],
  post_only_takes: ['ORDER_POC_IMMEDIATE', 'order price while counter price'],
  fok_not_filled: ['ORDER_FOK', 'order cannot be filled completely'],
  no_liquidity: ['CONTRACT_NO_COUNTER', 'nobody is on the other side'],
  trading_disabled: ['CONTRACT_IN_DELISTING', 'only orders that reduce are accepted'],
  not_open: ['ORDER_FINISHED', 'order is finished'],
  no_change: ['NO_CHANGE', 'nothing changes'],
  wrong_position_mode: ['POSITION_DUAL_MODE', 'does not fit the position mode'],
  position_empty: ['POSITION_EMPTY', 'there is no position'],
  would_increase: ['INCREASE_POSITION', 'a reduce-only order would increase the position'],
  reduce_exceeded: ['REDUCE_EXCEEDED', 'reduce-only orders exceed the position'],
  leverage_too_low: ['LEVERAGE_TOO_LOW', 'leverage is too low'],
  leverage_too_high: ['LEVERAGE_TOO_HIGH', 'leverage is too high'],
  leverage_differs: ['INVALID_PARAM_VALUE', 'invalid argument: leverage'],
  margin_mode_differs: ['INVALID_PARAM_VALUE', 'invalid argument: pos_margin_mode'],
  position_held: ['POSITION_HOLDING', 'there are positions'],
  orders_open: ['ORDER_PENDING', 'there are open orders'],
  not_isolated: ['POSITION_CROSS_MARGIN', 'not possible in cross mode'],
  remove_too_much: ['REMOVE_TOO_MUCH', 'so much margin cannot be removed'],
  would_liquidate: ['LIQUIDATE_IMMEDIATELY', 'the position would be liquidated at once'],
  in_liquidation: ['POSITION_IN_LIQUIDATION', 'the position is being liquidated'],
  trigger_below_last: ['AUTO_TRIGGER_PRICE_LESS_LAST', 'trigger price is below the last price'],
  trigger_above_last: ['AUTO_TRIGGER_PRICE_GREATE_LAST', 'trigger price is above the last price'],
  bad_risk_limit: ['RISK_LIMIT_TOO_HIGH', 'risk limit is out of range'],
};

/** Runs `act`, translating what the desk refuses. @throws {RestRefusal} */
export function atDesk<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof FuturesRefusal ? translate(error) : error;
  }
}

function translate({ reason, detail }: FuturesRefusal): RestRefusal {
  const [label, text] = LABELS[reason];
  return new RestRefusal(400, label, detail === '' ? text : `${text} ${detail}`, 'detail');
}
