import { enter } from './after-orders.js';
import { isUnsettled } from './position.js';
import type { Step, StrategyEffect } from './strategy-event.js';
import type { LegOrder, StrategyState } from './strategy-state.js';

/**
 * The process has started again with what was written down. An order that was being handed over may be at the venue or
 * not: it is looked for, never handed over again. Before anything is decided the accounts are compared: a journal whose
 * disk had failed does not hold the last orders.
 */
export function onRecovered(state: StrategyState, at: number): Step {
  const doubted = (order: LegOrder): LegOrder => (order.status === 'sending' ? { ...order, status: 'unknown' } : order);
  const hasDoubts = state.orders.some(({ status }) => status === 'sending');
  const known = hasDoubts ? { ...state, orders: state.orders.map(doubted) } : state;
  switch (state.name) {
    case 'IDLE':
    case 'HALTED':
      return { state: known, effects: [] };
    case 'FINALIZING':
      return { state, effects: state.last === undefined ? [] : [{ type: 'record', result: state.last }] };
    default: {
      const locate = known.orders.filter(isUnsettled).map((order): StrategyEffect => ({ type: 'locate', order }));
      // The try that was under way is no failed one.
      const attempts = Math.max(0, state.attempts - 1);
      const syncing = { ...enter(known, 'SYNCING', at), failures: 0, attempts };
      return { state: syncing, effects: [...locate, { type: 'sync' }] };
    }
  }
}
