import { afterOrders, enter, isClosing } from './after-orders.js';
import { exitLegs, exitProfitBps, hedgeLeg, type Leg, nextFundingBps, unwindLegs } from './leg-policy.js';
import { placeLegs } from './place-legs.js';
import { deltaOf, heldLegs, isTradable, isUnsettled } from './position.js';
import type { MarketQuote, Step } from './strategy-event.js';
import type { StrategyState } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';

type Quotes = readonly (MarketQuote | undefined)[];

/** Prices arrive: place what was waiting for them. While an order is not settled nothing more is decided. */
export function onQuotes(terms: StrategyTerms, before: StrategyState, quotes: Quotes, at: number): Step {
  const state = withMark(before, quotes);
  if (before.orders.some(isUnsettled)) return { state: before, effects: [] };
  switch (before.name) {
    case 'REBALANCING':
    case 'MANAGING_ORDERS':
      return place(terms, before, enter(state, 'MANAGING_ORDERS', at), legsOf(terms, state, quotes), at);
    case 'UNWINDING':
      return place(terms, before, state, unwindLegs(terms, state, quotes), at);
    case 'MONITORING':
      return onHeld(terms, before, state, quotes, at);
    default:
      return { state: before, effects: [] };
  }
}

function legsOf(terms: StrategyTerms, state: StrategyState, quotes: Quotes): readonly Leg[] {
  if (state.phase === 'exit') return exitLegs(terms, state, quotes, heldLegs(terms, state), 'exit');
  const leg = hedgeLeg(terms, state, quotes);
  return leg === undefined ? [] : [leg];
}

/** Without a price or a market for it the next tick asks again, and counts the try. */
function place(
  terms: StrategyTerms,
  before: StrategyState,
  state: StrategyState,
  legs: readonly Leg[],
  at: number,
): Step {
  return legs.length === 0 ? { state: before, effects: [] } : placeLegs(terms, state, legs, at);
}

/** Closes what is held when that earns enough, when it has been held long enough, or when holding it costs. */
function onHeld(terms: StrategyTerms, before: StrategyState, state: StrategyState, quotes: Quotes, at: number): Step {
  if (isTradable(terms, deltaOf(state), state.mark)) return afterOrders(terms, state, at);
  const held = heldLegs(terms, state);
  const profit = exitProfitBps(terms, state, quotes, held);
  const { exitProfitBps: wanted, maxHoldMs } = terms.limits;
  const isDue = isClosing(state) || at - heldSince(state) >= maxHoldMs;
  const isWorthIt = profit !== undefined && profit - nextFundingBps(quotes, held) >= wanted;
  if (!isDue && !isWorthIt) return { state: before, effects: [] };
  const closing: StrategyState = { ...state, phase: 'exit', attempts: 0 };
  const legs = exitLegs(terms, closing, quotes, held, 'exit');
  return place(terms, before, enter(closing, 'MANAGING_ORDERS', at), legs, at);
}

/** A restart or a part of an exit is no new beginning. */
function heldSince({ orders, since }: StrategyState): number {
  return orders[0]?.decidedAt ?? since;
}

function withMark(state: StrategyState, quotes: Quotes): StrategyState {
  const known = quotes.find((quote) => quote !== undefined);
  return known === undefined ? state : { ...state, mark: (known.bid + known.ask) / 2 };
}
