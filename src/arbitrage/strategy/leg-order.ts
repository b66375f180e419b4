import { compareDecimals, type Decimal, roundToStep, toDecimal } from '../../model/decimal.js';
import type { Side } from '../../model/side.js';
import { absolute, isNegative, standingIn, ZERO } from './position.js';
import type { LegOrder, OrderPurpose, StrategyState } from './strategy-state.js';
import type { MarketTerms, StrategyTerms } from './strategy-terms.js';

/** All venues here take ids that begin like this. */
const PREFIX = 't-a';
const NUMBER_WIDTH = 6;

/** The id of a task's order: the same for the same task and number, and for nothing else. */
function orderIdOf(tag: string, number: number): string {
  return `${PREFIX}${tag}${number.toString(36).padStart(NUMBER_WIDTH, '0')}`;
}

/** The number of an order of this task by its id; `undefined` for orders of others. */
export function orderNumberOf(tag: string, id: string | undefined): number | undefined {
  const start = PREFIX + tag;
  if (id === undefined || !id.startsWith(start) || id.length !== start.length + NUMBER_WIDTH) return undefined;
  const digits = id.slice(start.length);
  return /^[0-9a-z]+$/.test(digits) ? Number.parseInt(digits, 36) : undefined;
}

/** The worst price that is accepted, on the market's ticks and never further than `slippageBps` from the best. */
export function limitPrice(market: MarketTerms, side: Side, best: number, slippageBps: number): Decimal {
  const worst = best * (1 + ((side === 'buy' ? 1 : -1) * slippageBps) / 10_000);
  const price = roundToStep(toDecimal(Number(worst.toPrecision(15))), market.tickSize, side === 'buy' ? 'down' : 'up');
  const touch = toDecimal(best);
  // A tick may be wider than the slippage.
  const isShort = compareDecimals(price, touch) * (side === 'buy' ? 1 : -1) < 0;
  return isShort ? touch : price;
}

/** Adds an order to the state. The caller hands it over in the same step's effects. */
export function addOrder(
  terms: StrategyTerms,
  state: StrategyState,
  order: {
    readonly market: number;
    readonly side: Side;
    readonly price: Decimal;
    readonly quantity: Decimal;
    readonly purpose: OrderPurpose;
  },
  at: number,
): { readonly state: StrategyState; readonly order: LegOrder } {
  const { market, side, purpose, price, quantity } = order;
  const added: LegOrder = {
    id: orderIdOf(terms.tag, state.nextOrder),
    market,
    side,
    purpose,
    price,
    quantity,
    reduceOnly: onlyReduces(terms, state, order),
    decidedAt: at,
    status: 'sending',
    filled: ZERO,
    filledQuote: ZERO,
  };
  return { state: { ...state, orders: [...state.orders, added], nextOrder: state.nextOrder + 1 }, order: added };
}

/** Whether it closes a part of a perpetual position of the task, so that the venue can be told never to turn it. */
function onlyReduces(
  terms: StrategyTerms,
  state: StrategyState,
  { market, side, quantity }: { readonly market: number; readonly side: Side; readonly quantity: Decimal },
): boolean {
  if (terms.markets[market]?.kind !== 'perpetual') return false;
  const position = standingIn(terms, state, market);
  const isAgainst = side === 'buy' ? isNegative(position) : !isNegative(position);
  return isAgainst && compareDecimals(quantity, absolute(position)) <= 0;
}
