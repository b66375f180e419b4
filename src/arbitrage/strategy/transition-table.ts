import type { EventName } from './strategy-event.js';
import type { StateName } from './strategy-state.js';

/**
 * Where each event can lead from each state; what is not listed leaves the state as it is. The tests hold the reducer to
 * it in both directions, and the picture in the documentation is drawn from it.
 */
export const TRANSITIONS: Readonly<Record<StateName, Partial<Readonly<Record<EventName, readonly StateName[]>>>>> = {
  IDLE: {
    kill: ['HALTED', 'UNWINDING'],
    start: ['SYNCING'],
    tick: ['SYNCING'],
  },
  SYNCING: {
    sync_failed: ['HALTED'],
    synced: [
      'ANALYZING',
      'COMPLETING',
      'HALTED',
      'IDLE',
      'MANAGING_ORDERS',
      'MONITORING',
      'REBALANCING',
      'UNWINDING',
      'WAITING_ORDERS',
    ],
  },
  ANALYZING: {
    kill: ['HALTED'],
    opportunity: ['MANAGING_ORDERS'],
    pause: ['IDLE'],
    recovered: ['SYNCING'],
    stop: ['IDLE'],
    stray: ['SYNCING'],
    tick: ['SYNCING'],
  },
  REBALANCING: {
    kill: ['HALTED', 'UNWINDING'],
    quotes: ['MANAGING_ORDERS'],
    recovered: ['SYNCING'],
  },
  MANAGING_ORDERS: {
    kill: ['UNWINDING'],
    order: ['COMPLETING', 'IDLE', 'MONITORING', 'UNWINDING', 'WAITING_ORDERS'],
    recovered: ['SYNCING'],
    stray: ['COMPLETING', 'MONITORING', 'UNWINDING', 'WAITING_ORDERS'],
    tick: ['UNWINDING'],
  },
  WAITING_ORDERS: {
    kill: ['UNWINDING'],
    order: ['COMPLETING', 'HALTED', 'IDLE', 'MANAGING_ORDERS', 'MONITORING', 'UNWINDING'],
    recovered: ['SYNCING'],
  },
  MONITORING: {
    kill: ['UNWINDING'],
    order: ['MANAGING_ORDERS'],
    quotes: ['MANAGING_ORDERS'],
    recovered: ['SYNCING'],
    stop: ['MANAGING_ORDERS'],
    stray: ['MANAGING_ORDERS'],
  },
  COMPLETING: {
    order: ['MANAGING_ORDERS', 'UNWINDING'],
    recovered: ['SYNCING'],
    settle_failed: ['HALTED'],
    settled: ['FINALIZING', 'MANAGING_ORDERS', 'UNWINDING'],
    stray: ['MANAGING_ORDERS', 'UNWINDING'],
  },
  FINALIZING: {
    recorded: ['HALTED', 'IDLE'],
  },
  UNWINDING: {
    order: ['COMPLETING', 'HALTED', 'IDLE'],
    recovered: ['SYNCING'],
    stray: ['COMPLETING', 'HALTED'],
  },
  HALTED: {
    kill: ['SYNCING'],
    start: ['SYNCING'],
  },
};
