import type { Decimal } from '../../model/decimal.js';
import { deltaOf } from '../strategy/position.js';
import type { CycleResult, LegOrder, StateName, StrategyState, StrategyTotals } from '../strategy/strategy-state.js';
import type { StrategyTerms } from '../strategy/strategy-terms.js';
import type { TaskRecord } from './task-journal.js';

/** A task as it stands: plain data, fit for JSON. */
export interface TaskReport {
  readonly id: string;
  readonly state: StateName;
  readonly wish: StrategyState['wish'];
  /** `venue symbol`. */
  readonly markets: readonly string[];
  /** Epoch ms since which it is in this state. */
  readonly since: number;
  readonly cycle: number;
  /** Base asset without a counterpart. */
  readonly delta: Decimal;
  readonly totals: StrategyTotals;
  readonly last?: CycleResult;
  /** Why it waits for a person. */
  readonly halt?: string;
}

/** With everything that is needed to check it by hand. */
export interface TaskDetails extends TaskReport {
  readonly terms: StrategyTerms;
  readonly orders: readonly LegOrder[];
  readonly carried: readonly Decimal[];
  readonly createdAt: number;
  readonly recoveries: number;
}

export function reportOf({ terms, state }: TaskRecord): TaskReport {
  const { name, wish, since, cycle, totals, last, halt } = state;
  return {
    id: terms.id,
    state: name,
    wish,
    markets: terms.markets.map(({ venue, symbol }) => `${venue} ${symbol}`),
    since,
    cycle,
    delta: deltaOf(state),
    totals,
    ...(last === undefined ? {} : { last }),
    ...(halt === undefined ? {} : { halt }),
  };
}

export function detailsOf(record: TaskRecord): TaskDetails {
  const { terms, state, createdAt, recoveries } = record;
  return { ...reportOf(record), terms, orders: state.orders, carried: state.carried, createdAt, recoveries };
}
