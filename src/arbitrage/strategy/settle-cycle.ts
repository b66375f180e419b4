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
    return { ...order, filled: told.quantity, filledQuote: told.quote };
  });
}

/** Whether the fills are those of every order, as far as is known. */
export function isComplete(orders: readonly LegOrder[], fills: readonly OrderFills[]): boolean {
  return orders.every(({ id, filled }) => {
    const told = fills.find((fill) => fill.id === id);
    return compareDecimals(told?.quantity ?? ZERO, filled) >= 0;
  });
}

/** Adds up a cycle: what came in, what went out, and what is left over at the last price. */
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
  const carried = state.carried.map((value, market) => {
    const ofMarket = fills.filter(({ id }) => state.orders.some((order) => order.id === id && order.market === market));
    const taken = ofMarket.reduce((sum, fill) => addDecimals(sum, fill.feeBase), ZERO);
    return subtractDecimals(addDecimals(value, movedIn(state.orders, market)), taken);
  });
  const moved = state.carried.reduce((sum, _, market) => addDecimals(sum, movedIn(state.orders, market)), ZERO);
  const leftOver = multiplyDecimals(moved, toDecimal(state.mark ?? 0));
  const gross = addDecimals(cash, leftOver);
  const net = addDecimals(subtractDecimals(gross, fees), funding);
  const dust = subtractDecimals(moved, feeBase);
  const orders = state.orders.length;
  return { result: { cycle: state.cycle, endedAt: at, gross, fees, funding, net, volume, dust, orders }, carried };
}
