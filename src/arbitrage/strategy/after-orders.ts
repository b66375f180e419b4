import { isZero } from '../../model/decimal.js';
import { deltaOf, isHeld, isTradable, isUnsettled } from './position.js';
import type { Step } from './strategy-event.js';
import type { StateName, StrategyState } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';

/** Moves to a state of this name; the time of entry changes only when the name does. */
export function enter(state: StrategyState, name: StateName, at: number): StrategyState {
  return state.name === name ? state : { ...state, name, since: at };
}

export function halt(state: StrategyState, reason: string, at: number): Step {
  const halted = {
    ...enter(state, 'HALTED', at),
    halt: reason,
    wish: state.wish === 'run' ? 'pause' : state.wish,
  } as const;
  return { state: halted, effects: [{ type: 'alarm', reason }] };
}

/** Whether what is held is being closed, so that holding it is no goal any more. */
export function isClosing({ phase, wish }: StrategyState): boolean {
  return phase === 'exit' || phase === 'unwind' || wish === 'kill' || wish === 'stop';
}

/**
 * What comes next once there is news of orders: wait for the others, close what stands open, hold, or add up.
 * Nothing is ever decided while the fate of an order is not known.
 */
export function afterOrders(terms: StrategyTerms, state: StrategyState, at: number): Step {
  if (state.orders.some(isUnsettled)) return { state: waiting(state, at), effects: [] };
  const isOpen = isTradable(terms, deltaOf(state), state.mark);
  const holds = isHeld(terms, state);
  if (isOpen || (holds && isClosing(state))) return closeNext(terms, state, isOpen, at);
  if (holds) return { state: settled(enter(state, 'MONITORING', at), 'none'), effects: [{ type: 'quote' }] };
  if (state.orders.every(({ filled }) => isZero(filled))) return nothingTraded(state, at);
  return { state: settled({ ...enter(state, 'COMPLETING', at), failures: 0 }, 'none'), effects: [{ type: 'settle' }] };
}

function waiting(state: StrategyState, at: number): StrategyState {
  if (state.name === 'UNWINDING') return state;
  const isSending = state.orders.some(({ status }) => status === 'sending');
  return enter(state, isSending ? 'MANAGING_ORDERS' : 'WAITING_ORDERS', at);
}

/** One rung further: hedging or exiting, then unwinding, then a person. */
function closeNext(terms: StrategyTerms, state: StrategyState, isOpen: boolean, at: number): Step {
  const { hedgeAttempts, hedgeWithinMs, unwindAttempts } = terms.limits;
  const hedgingSince = state.hedgingSince ?? at;
  const quote = [{ type: 'quote' }] as const;
  if (state.phase === 'unwind' || state.wish === 'kill') {
    const attempts = state.phase === 'unwind' ? state.attempts + 1 : 0;
    if (attempts >= unwindAttempts) return halt(state, 'what stands open could not be closed', at);
    const next: StrategyState = { ...enter(state, 'UNWINDING', at), phase: 'unwind', attempts, hedgingSince };
    // Another try at once would meet the same book.
    return { state: next, effects: attempts === 0 ? quote : [] };
  }
  const phase = isOpen ? (state.phase === 'rebalance' ? 'rebalance' : 'hedge') : 'exit';
  const isNew = state.phase !== phase;
  const attempts = isNew ? 0 : state.attempts + 1;
  // One rung for another market, one for the way back.
  if (attempts > hedgeAttempts + 1 || at - hedgingSince > hedgeWithinMs) {
    return { state: { ...enter(state, 'UNWINDING', at), phase: 'unwind', attempts: 0, hedgingSince }, effects: quote };
  }
  return { state: { ...enter(state, 'MANAGING_ORDERS', at), phase, attempts, hedgingSince }, effects: quote };
}

/** Every order came back empty: no cycle, no result. */
function nothingTraded(state: StrategyState, at: number): Step {
  if (state.wish === 'kill') return halt({ ...state, orders: [] }, 'killed', at);
  const { plan: _, hedgingSince: __, ...rest } = state;
  return { state: { ...enter(rest, 'IDLE', at), phase: 'none', attempts: 0, orders: [] }, effects: [] };
}

function settled(state: StrategyState, phase: StrategyState['phase']): StrategyState {
  const { hedgingSince: _, ...rest } = state;
  return { ...rest, phase, attempts: 0 };
}
