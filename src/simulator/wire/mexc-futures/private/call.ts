import type { FuturesAccount } from '../../../positions/futures-account.js';
import type { FuturesOrder } from '../../../positions/futures-order.js';
import { FuturesRefusal, type FuturesRefusalReason } from '../../../positions/futures-request.js';
import { type ContractCall, Refusal } from '../rest/call.js';

/** What a private handler works with. */
export interface PrivateCall extends ContractCall {
  readonly account: FuturesAccount;
  /** The body, read; `undefined` without one. Whole numbers beyond 2^53 are text. */
  readonly body: unknown;
}

/** Makes `data` of the envelope; `undefined` = there is none. @throws {Refusal} */
export type PrivateHandler = (call: PrivateCall) => unknown;

/** What the caller can see now: a hidden order, and its fills, are there but not shown yet. */
export function isVisible({ model }: PrivateCall, order: FuturesOrder): boolean {
  return order.visibleFrom <= model.clock.monotonic();
}

/** Source: MEXC contract docs, error codes. Where several fit, the nearest in words. */
const CODES: Readonly<Record<FuturesRefusalReason, readonly [code: number, message: string]>> = {
  bad_price: [2007, 'Order price error'],
  bad_contracts: [2011, 'Order quantity error'],
  price_precision: [2015, 'Price or quantity precision error'],
  contracts_precision: [2015, 'Price or quantity precision error'],
  below_min_contracts: [2057, 'The order quantity is below the minimum'],
  above_max_contracts: [2028, 'The order quantity is above the maximum'],
  price_too_far: [2003, 'The buy price is too high'],
  insufficient_available: [2005, 'Balance insufficient'],
  risk_limit_exceeded: [2023, 'The position exceeds the risk limit'],
  too_many_orders: [2036, 'Too many open orders'],
  post_only_takes: [2029, 'Order type error'],
  fok_not_filled: [2029, 'Order type error'],
  no_liquidity: [2039, 'The counterparty quantity is insufficient'],
  trading_disabled: [9068, 'The market is closed, orders can only be canceled'],
  not_open: [2041, 'The order cannot be canceled in its state'],
  no_change: [600, 'Parameter error'],
  wrong_position_mode: [7002, 'The position mode does not match'],
  position_empty: [2009, 'The position does not exist or is closed'],
  would_increase: [2009, 'The position does not exist or is closed'],
  reduce_exceeded: [2008, 'The closable quantity is insufficient'],
  leverage_too_low: [2006, 'The leverage is out of range'],
  leverage_too_high: [2006, 'The leverage is out of range'],
  leverage_differs: [2021, 'The leverage differs from that of the position'],
  margin_mode_differs: [2027, 'Cross and isolated margin cannot be mixed'],
  position_held: [7003, 'The position mode cannot be changed with positions'],
  orders_open: [7001, 'Cancel the orders before changing the position mode'],
  not_isolated: [2026, 'Not for positions with cross margin'],
  remove_too_much: [2018, 'The amount exceeds the margin that can be reduced'],
  would_liquidate: [2049, 'The position would be liquidated at once'],
  in_liquidation: [2056, 'The position is being closed'],
  trigger_below_last: [3004, 'Trigger price error'],
  trigger_above_last: [3004, 'Trigger price error'],
  bad_risk_limit: [8817, 'The risk limit cannot be changed'],
};

/** Runs `act`, translating what the desk refuses. @param exceptions codes of their own where that is so. @throws {Refusal} */
export function atDesk<T>(act: () => T, exceptions: Partial<Record<FuturesRefusalReason, Refusal>> = {}): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof FuturesRefusal)) throw error;
    throw exceptions[error.reason] ?? new Refusal(...CODES[error.reason]);
  }
}
