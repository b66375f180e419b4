import type { Account } from '../../../accounts/account.js';
import type { AccountOrder } from '../../../accounts/account-order.js';
import { type OrderReads, readsOf } from '../../../accounts/order-reads.js';
import { DeskRefusal, type RefusalReason } from '../../../accounts/order-request.js';
import type { MarketSpec } from '../../../contract.js';
import type { SimulatedMarket } from '../../../market.js';
import type { WireMarket } from '../markets.js';
import { Refusal, type RestCall } from '../rest-call.js';
import type { ListenKeys } from './listen-keys.js';

/** What a private handler works with; `query` holds the parameters of query and body. */
export interface PrivateCall extends RestCall {
  readonly account: Account;
  readonly listenKeys: ListenKeys;
}

/** Makes the answer. @throws {Refusal} */
export type PrivateHandler = (call: PrivateCall) => unknown;

/** What the caller can see now. */
export function readsFor({ account, model }: PrivateCall): OrderReads {
  return readsOf(account, model.clock.monotonic());
}

/** What the matching engine itself knows: nothing is hidden from it. */
export function engineReads({ account }: PrivateCall): OrderReads {
  return readsOf(account, Number.POSITIVE_INFINITY);
}

/** A market as orders need it. */
export function marketOf({ view }: WireMarket, { model }: PrivateCall): SimulatedMarket {
  return model.desk.markets.get(view.spec.symbol)!;
}

/** The venue's name of an order's market. */
export function symbolOf({ market: { spec } }: AccountOrder): string {
  return spec.base + spec.quote;
}

/** Source: MEXC spot v3 docs, error codes. A wrong number of decimals has no code of its own. */
const CODES: Readonly<Record<RefusalReason, readonly [code: number, message: string]>> = {
  bad_price: [33333, "Parameter 'price' error."],
  bad_quantity: [33333, "Parameter 'quantity' error."],
  price_precision: [33333, "Parameter 'price' error."],
  quantity_precision: [33333, "Parameter 'quantity' error."],
  below_min_quantity: [30002, ''],
  below_min_notional: [30002, ''],
  above_max_notional: [30003, 'The maximum transaction volume is exceeded'],
  insufficient_balance: [30004, 'Insufficient position'],
  too_many_orders: [30029, 'The maximum number of open orders is reached'],
  post_only_takes: [30041, 'The order type cannot be placed now'],
  fok_not_filled: [30041, 'The order type cannot be placed now'],
  no_liquidity: [30025, 'There is no opposing order'],
  trading_disabled: [30016, 'Trading disabled'],
  not_open: [-2011, 'Unknown order sent.'],
  no_change: [33333, 'Parameter error.'],
};

/** Runs `act`, translating what the desk refuses. @throws {Refusal} */
export function atDesk<T>(spec: MarketSpec, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof DeskRefusal)) throw error;
    const [code, message] = CODES[error.reason];
    const least = `The minimum transaction volume cannot be less than:${spec.minNotional}${spec.quote}`;
    throw new Refusal(code, code === 30002 ? least : message);
  }
}
