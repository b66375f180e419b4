import { ZERO } from './position.js';
import type { StrategyState } from './strategy-state.js';

/** A task before its first step. @param at epoch ms by our clock. */
export function firstState(markets: number, at: number): StrategyState {
  return {
    name: 'IDLE',
    step: 0,
    since: at,
    syncedAt: at,
    wish: 'pause',
    cycle: 0,
    phase: 'none',
    orders: [],
    nextOrder: 0,
    attempts: 0,
    carried: new Array(markets).fill(ZERO),
    hasAlarmed: false,
    failures: 0,
    totals: { day: 0, dayNet: ZERO, cycles: 0, net: ZERO, fees: ZERO, funding: ZERO, volume: ZERO },
  };
}
