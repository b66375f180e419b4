import { afterOrders, enter } from './after-orders.js';
import { isUnsettled } from './position.js';
import type { Step, StrategyEffect } from './strategy-event.js';
import type { LegOrder, StrategyState } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';

/** Time between two looks for an order that has not answered, and between two tries of reading, ms. */
const AGAIN_MS = 1_000;

/** Time has passed: ask again, cancel what rests too long, begin the next cycle. */
export function onTick(terms: StrategyTerms, state: StrategyState, at: number): Step {
  const { cooldownMs, syncEveryMs } = terms.limits;
  const age = at - state.since;
  switch (state.name) {
    case 'IDLE':
      if (state.wish !== 'run' || age < cooldownMs) return { state, effects: [] };
      return { state: { ...enter(state, 'SYNCING', at), failures: 0 }, effects: [{ type: 'sync' }] };
    case 'SYNCING':
      return state.failures > 0 && age >= AGAIN_MS ? again(state, { type: 'sync' }, at) : { state, effects: [] };
    case 'ANALYZING':
      if (age < syncEveryMs) return { state, effects: [] };
      return { state: { ...enter(state, 'SYNCING', at), failures: 0 }, effects: [{ type: 'sync' }] };
    case 'COMPLETING':
      return state.failures > 0 && age >= AGAIN_MS ? again(state, { type: 'settle' }, at) : { state, effects: [] };
    case 'MONITORING':
    case 'REBALANCING':
      return { state, effects: [{ type: 'quote' }] };
    case 'MANAGING_ORDERS':
    case 'WAITING_ORDERS':
    case 'UNWINDING':
      return onOrdersTick(terms, state, at);
    default:
      return { state, effects: [] };
  }
}

function again(state: StrategyState, effect: StrategyEffect, at: number): Step {
  return { state: { ...state, since: at }, effects: [effect] };
}

function onOrdersTick(terms: StrategyTerms, state: StrategyState, at: number): Step {
  const unsettled = state.orders.filter(isUnsettled);
  if (unsettled.length === 0) return onNoPrice(terms, state, at);
  const { orderTimeoutMs } = terms.limits;
  // A cancel whose answer got lost, or that the venue refused, is asked for again.
  const due = ({ status, decidedAt, cancelAskedAt = decidedAt }: LegOrder): boolean =>
    status === 'open' && at - cancelAskedAt >= orderTimeoutMs;
  const late = unsettled.filter(due);
  const effects = unsettled
    .filter(({ status, decidedAt }) => status !== 'sending' && at - decidedAt >= AGAIN_MS)
    .map((order): StrategyEffect => ({ type: 'locate', order }));
  if (late.length === 0) return { state, effects };
  const orders = state.orders.map((order) => (due(order) ? { ...order, cancelAskedAt: at } : order));
  return { state: { ...state, orders }, effects: late.map((order) => ({ type: 'cancel', order })) };
}

/** Nothing is under way because there was no price, or no market that could take it. Getting rid of it is tried for good. */
function onNoPrice(terms: StrategyTerms, state: StrategyState, at: number): Step {
  const isLate = at - (state.hedgingSince ?? state.since) > terms.limits.hedgeWithinMs;
  if (isLate && state.name !== 'UNWINDING') return afterOrders(terms, state, at);
  const lastAt = state.orders.at(-1)?.decidedAt ?? 0;
  if (state.name === 'UNWINDING' && at - lastAt < pauseOf(state.attempts)) return { state, effects: [] };
  const isStuck = at - Math.max(lastAt, state.since) > terms.limits.hedgeWithinMs;
  if (!isStuck || state.name !== 'UNWINDING' || state.hasAlarmed) return { state, effects: [{ type: 'quote' }] };
  const reason = `no price at which what is held could be closed for ${terms.limits.hedgeWithinMs} ms`;
  return { state: { ...state, hasAlarmed: true }, effects: [{ type: 'quote' }, { type: 'alarm', reason }] };
}

/** Between two tries of getting rid of something, ms. */
function pauseOf(attempts: number): number {
  return attempts === 0 ? 0 : Math.min(100 * 2 ** attempts, 5_000);
}
