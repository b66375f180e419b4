import {
  addDecimals,
  compareDecimals,
  type Decimal,
  multiplyDecimals,
  subtractDecimals,
  toDecimal,
} from '../../model/decimal.js';
import { movedIn, ZERO } from './position.js';
import type { OrderFills } from './strategy-event.js';
import type { CycleResult, LegOrder, StrategyState } from './strategy-state.js';

/** The orders with what their fills say; fills are the truth where they say more. */
export function withFills(orders: readonly LegOrder[], fills: readonly OrderFills[]): readonly LegOrder[] {
  return orders.map((order) => {
    const told = fills.find(({ id }) => id === order.id);
    if (told === undefined || compareDecimals(told.quantity, order.filled) < 0) return order;
    return { ...order, filled: told.quantity, filledQuote: told.quote, feeBase: told.feeBase };
  });
}

/** Whether the fills are those of every order, as far as is known. */
export function isComplete(orders: readonly LegOrder[], fills: readonly OrderFills[]): boolean {
  return orders.every(({ id, filled }) => {
    const told = fills.find((fill) => fill.id === id);
    return compareDecimals(told?.quantity ?? ZERO, filled) >= 0;
  });
}

/** Adds up a cycle whose orders are as their fills say: what came in, what went out, and what is left over at the last price. */
export function settleCycle(
  state: StrategyState,
  fills: readonly OrderFills[],
  funding: Decimal,
  at: number,
): { readonly result: CycleResult; readonly carried: readonly Decimal[] } {
  let [cash, volume, fees, feeBase] = [ZERO, ZERO, ZERO, ZERO];
  for (const { side, filledQuote } of state.orders) {
    volume = addDecimals(volume, filledQuote);
    cash = side === 'sell' ? addDecimals(cash, filledQuote) : subtractDecimals(cash, filledQuote);
  }
  for (const fill of fills) {
    fees = addDecimals(fees, fill.fee);
    feeBase = addDecimals(feeBase, fill.feeBase);
  }
  const carried = state.carried.map((value, market) => addDecimals(value, movedIn(state.orders, market)));
  const dust = state.carried.reduce((sum, _, market) => addDecimals(sum, movedIn(state.orders, market)), ZERO);
  // What fees took is among the fees.
  const leftOver = multiplyDecimals(addDecimals(dust, feeBase), toDecimal(Number((state.mark ?? 0).toPrecision(12))));
  const gross = addDecimals(cash, leftOver);
  const net = addDecimals(subtractDecimals(gross, fees), funding);
  const orders = state.orders.length;
  return { result: { cycle: state.cycle, endedAt: at, gross, fees, funding, net, volume, dust, orders }, carried };
}
