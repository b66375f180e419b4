import { enter } from './after-orders.js';
import { isUnsettled } from './position.js';
import type { Step, StrategyEffect } from './strategy-event.js';
import type { LegOrder, StateName, StrategyState } from './strategy-state.js';

/** What a state was waiting for when the process ended; asking again does no harm. */
const ASKED: Partial<Readonly<Record<StateName, 'sync' | 'analyze' | 'quote' | 'settle'>>> = {
  SYNCING: 'sync',
  REBALANCING: 'quote',
  MANAGING_ORDERS: 'quote',
  WAITING_ORDERS: 'quote',
  UNWINDING: 'quote',
  MONITORING: 'quote',
  COMPLETING: 'settle',
};

/**
 * The process has started again with what was written down. An order that was being handed over may be at the venue or
 * not: it is looked for, never handed over again.
 */
export function onRecovered(state: StrategyState, at: number): Step {
  if (state.name === 'ANALYZING')
    return { state: { ...enter(state, 'SYNCING', at), failures: 0 }, effects: [{ type: 'sync' }] };
  const doubted = (order: LegOrder): LegOrder => (order.status === 'sending' ? { ...order, status: 'unknown' } : order);
  const hasDoubts = state.orders.some(({ status }) => status === 'sending');
  const orders = hasDoubts ? state.orders.map(doubted) : state.orders;
  const next = hasDoubts ? { ...state, orders } : state;
  const effects = orders.filter(isUnsettled).map((order): StrategyEffect => ({ type: 'locate', order }));
  const asked = ASKED[state.name];
  if (asked !== undefined && effects.length === 0) effects.push({ type: asked });
  if (state.name === 'FINALIZING' && state.last !== undefined) effects.push({ type: 'record', result: state.last });
  return { state: next, effects };
}
