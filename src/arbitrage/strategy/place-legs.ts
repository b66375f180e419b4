import { addOrder } from './leg-order.js';
import type { Leg } from './leg-policy.js';
import type { Step, StrategyEffect } from './strategy-event.js';
import type { StrategyState } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';

/** Decides orders and hands them over; with none there is nothing to wait for. */
export function placeLegs(terms: StrategyTerms, state: StrategyState, legs: readonly Leg[], at: number): Step {
  const effects: StrategyEffect[] = [];
  let next = state;
  for (const leg of legs) {
    const added = addOrder(terms, next, leg, at);
    next = added.state;
    effects.push({ type: 'place', order: added.order });
  }
  return { state: next, effects };
}
