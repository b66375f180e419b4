import { afterOrders, enter, halt } from './after-orders.js';
import { deltaOf, isHeld, isTradable, isUnsettled } from './position.js';
import type { Step, StrategyEffect } from './strategy-event.js';
import type { StrategyState } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';

/** Runs, or goes on after a pause, a stop or a halt. What was halted is compared with the venues first. */
export function onStart(state: StrategyState, at: number): Step {
  const { halt: _, hedgingSince: __, ...begun } = state;
  const rest = state.name === 'HALTED' ? begun : state;
  const wished: StrategyState = { ...rest, wish: 'run' };
  if (state.name !== 'HALTED' && state.name !== 'IDLE') {
    return state.wish === 'run' ? { state, effects: [] } : { state: wished, effects: [] };
  }
  const locate = wished.orders.filter(isUnsettled).map((order): StrategyEffect => ({ type: 'locate', order }));
  const syncing = { ...enter(wished, 'SYNCING', at), failures: 0, attempts: 0, phase: 'none' } as const;
  return { state: syncing, effects: [...locate, { type: 'sync' }] };
}

/** Nothing new; what is under way goes on. */
export function onPause(state: StrategyState, at: number): Step {
  if (state.wish === 'stop' || state.wish === 'kill' || state.wish === 'pause') return { state, effects: [] };
  return { state: rest({ ...state, wish: 'pause' }, at), effects: [] };
}

/** Closes what is held, then rests. */
export function onStop(terms: StrategyTerms, state: StrategyState, at: number): Step {
  if (state.wish === 'stop' || state.wish === 'kill') return { state, effects: [] };
  const wished = rest({ ...state, wish: 'stop' }, at);
  return state.name === 'MONITORING' ? afterOrders(terms, wished, at) : { state: wished, effects: [] };
}

/** Takes back every order, closes everything that stands open or is held, and halts. */
export function onKill(terms: StrategyTerms, state: StrategyState, at: number): Step {
  if (state.wish === 'kill' && state.name !== 'IDLE' && state.name !== 'HALTED') return { state, effects: [] };
  const wished: StrategyState = { ...state, wish: 'kill' };
  const cancel = wished.orders.filter(isUnsettled).map((order): StrategyEffect => ({ type: 'cancel', order }));
  if (state.name === 'HALTED') return killHalted(terms, wished, cancel, at);
  if (state.name === 'SYNCING') return { state: wished, effects: cancel };
  if (cancel.length > 0)
    return { state: enter({ ...wished, phase: 'unwind', attempts: 0 }, 'UNWINDING', at), effects: cancel };
  if (state.name === 'COMPLETING' || state.name === 'FINALIZING') return { state: wished, effects: [] };
  if (!hasExposure(terms, wished)) return halt(wished, 'killed', at);
  return { state: enter({ ...wished, phase: 'unwind', attempts: 0 }, 'UNWINDING', at), effects: [{ type: 'quote' }] };
}

/** What it remembers may be old, so that the accounts are compared before anything is closed. */
function killHalted(terms: StrategyTerms, state: StrategyState, cancel: readonly StrategyEffect[], at: number): Step {
  if (cancel.length === 0 && !hasExposure(terms, state)) return halt(state, 'killed', at);
  const { halt: _, hedgingSince: __, ...rest } = state;
  const syncing = { ...enter(rest, 'SYNCING', at), failures: 0, attempts: 0, phase: 'none' } as const;
  return { state: syncing, effects: [...cancel, { type: 'sync' }] };
}

/** Whether anything is open that could be closed. */
export function hasExposure(terms: StrategyTerms, state: StrategyState): boolean {
  return isTradable(terms, deltaOf(state), state.mark) || isHeld(terms, state);
}

/** States in which nothing is at stake are left at once. */
function rest(state: StrategyState, at: number): StrategyState {
  return state.name === 'ANALYZING' ? enter(state, 'IDLE', at) : state;
}
