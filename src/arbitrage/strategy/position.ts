import {
  addDecimals,
  compareDecimals,
  type Decimal,
  isZero,
  roundToStep,
  subtractDecimals,
  toDecimal,
} from '../../model/decimal.js';
import type { LegOrder, StrategyState } from './strategy-state.js';
import type { MarketTerms, StrategyTerms } from './strategy-terms.js';

export const ZERO = toDecimal(0);

export function isUnsettled({ status }: LegOrder): boolean {
  return status !== 'ended';
}

export function absolute(value: Decimal): Decimal {
  return value.startsWith('-') ? (value.slice(1) as Decimal) : value;
}

export function isNegative(value: Decimal): boolean {
  return value.startsWith('-') && !isZero(value);
}

/** Most orders have moved nothing yet, and most sums begin at zero: exact arithmetic only where there is something to add. */
function withFill(sum: Decimal, { filled, side }: LegOrder): Decimal {
  if (filled === ZERO) return sum;
  if (side === 'sell') return subtractDecimals(sum, filled);
  return sum === ZERO ? filled : addDecimals(sum, filled);
}

/** Base asset that the orders of this cycle have moved in one market; positive: bought. */
export function movedIn(orders: readonly LegOrder[], market: number): Decimal {
  let sum = ZERO;
  for (const order of orders) {
    if (order.market === market) sum = withFill(sum, order);
  }
  return sum;
}

/** Base asset without a counterpart, over all markets: positive: too much was bought. */
export function deltaOf({ carried, orders }: Pick<StrategyState, 'carried' | 'orders'>): Decimal {
  let sum = ZERO;
  for (const value of carried) if (value !== ZERO) sum = addDecimals(sum, value);
  for (const order of orders) sum = withFill(sum, order);
  return sum;
}

/** The largest delta that may really stand open, base asset: what is not settled may be filled on one side alone. */
export function worstDelta(state: Pick<StrategyState, 'carried' | 'orders'>): number {
  const delta = Number(deltaOf(state));
  let [up, down] = [0, 0];
  for (const order of state.orders) {
    if (!isUnsettled(order)) continue;
    const rest = Number(order.quantity) - Number(order.filled);
    if (order.side === 'buy') up += rest;
    else down += rest;
  }
  return Math.max(Math.abs(delta + up), Math.abs(delta - down));
}

/** A quantity as an order of this market would have it; zero where it is too little for one. */
export function tradable(quantity: Decimal, market: MarketTerms, price: number | undefined): Decimal {
  const lots = roundToStep(absolute(quantity), market.lotSize, 'down');
  if (isZero(lots) || compareDecimals(lots, market.minQuantity) < 0) return ZERO;
  if (price === undefined) return lots;
  return Number(lots) * price < Number(market.minNotional) ? ZERO : lots;
}

/** Whether any market of the task could trade it. */
export function isTradable(terms: StrategyTerms, quantity: Decimal, price: number | undefined): boolean {
  if (isZero(quantity)) return false;
  return terms.markets.some((market) => tradable(quantity, market, price) !== ZERO);
}

/**
 * What is held on both sides of the plan, as the orders that would close it: what was bought, to be sold, and what was sold
 * short, to be bought back. `undefined` without a plan that holds, and where either side is too little to trade.
 */
export function heldLegs(
  { markets }: StrategyTerms,
  { plan, orders, mark }: Pick<StrategyState, 'plan' | 'orders' | 'mark'>,
): { readonly sell: Decimal; readonly buy: Decimal } | undefined {
  if (plan === undefined || !plan.holds) return undefined;
  const [long, short] = [movedIn(orders, plan.buy), movedIn(orders, plan.sell)];
  if (isNegative(long) || !isNegative(short)) return undefined;
  const sell = tradable(long, markets[plan.buy] as MarketTerms, mark);
  const buy = tradable(short, markets[plan.sell] as MarketTerms, mark);
  return sell === ZERO || buy === ZERO ? undefined : { sell, buy };
}
