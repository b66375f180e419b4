import { addDecimals } from '../../model/decimal.js';
import { afterOrders, enter, halt } from './after-orders.js';
import { learnBaseFees, withBaseFee } from './base-fee.js';
import { hasExposure, onKill, onPause, onStart, onStop } from './commands.js';
import { orderNumberOf } from './leg-order.js';
import { entryLegs } from './leg-policy.js';
import { onQuotes } from './on-quotes.js';
import { onRecovered } from './on-recovered.js';
import { onTick } from './on-tick.js';
import { mergeNews } from './order-news.js';
import { placeLegs } from './place-legs.js';
import { deltaOf, isHeld, isTradable, isUnsettled, ZERO } from './position.js';
import { isComplete, settleCycle, withFills } from './settle-cycle.js';
import type { Step, StrategyEffect, StrategyEvent } from './strategy-event.js';
import type { LegOrder, StrategyState, TradePlan } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';
import { watchDelta } from './watch-delta.js';

const DAY_MS = 86_400_000;

/**
 * One step of a task: a pure function of what it remembers and what happened. An event that means nothing in a state
 * gives the same state back, by identity, and no effects.
 */
export function reduce(terms: StrategyTerms, state: StrategyState, event: StrategyEvent): Step {
  const step = watchDelta(terms, decide(terms, state, event), event.at);
  if (step.state === state) return step;
  return { state: { ...step.state, step: state.step + 1 }, effects: step.effects };
}

function decide(terms: StrategyTerms, state: StrategyState, event: StrategyEvent): Step {
  const { at } = event;
  switch (event.type) {
    case 'start':
      return onStart(state, at);
    case 'pause':
      return onPause(state, at);
    case 'stop':
      return onStop(terms, state, at);
    case 'kill':
      return onKill(terms, state, at);
    case 'recovered':
      return onRecovered(state, at);
    case 'tick':
      return onTick(terms, state, at);
    case 'synced':
      return onSynced(terms, state, at);
    case 'sync_failed':
    case 'settle_failed':
      return onReadFailed(terms, state, event.type, event.reason, at);
    case 'opportunity':
      return onOpportunity(terms, state, event.plan, at);
    case 'quotes':
      return onQuotes(terms, state, event.quotes, at);
    case 'order':
      return onOrder(terms, state, mergeNews(terms, state, event.news), at);
    case 'stray':
      return onStray(terms, state, event.order, at);
    case 'settled':
      return onSettled(terms, state, event, at);
    case 'recorded':
      return onRecorded(state, at);
  }
}

/** The accounts are as remembered: finish what was begun, close what stands open, or look for something that pays. */
function onSynced(terms: StrategyTerms, state: StrategyState, at: number): Step {
  if (state.name !== 'SYNCING') return { state, effects: [] };
  const well = { ...state, failures: 0, syncedAt: at };
  const isUnfinished = well.plan !== undefined || well.orders.some(isUnsettled);
  if (isUnfinished) return afterOrders(terms, well, at);
  if (well.wish === 'kill') {
    return hasExposure(terms, well) ? afterOrders(terms, well, at) : halt(well, 'killed', at);
  }
  if (isTradable(terms, deltaOf(well), well.mark)) {
    return {
      state: { ...enter(well, 'REBALANCING', at), phase: 'rebalance', attempts: 0, cycle: well.cycle + 1 },
      effects: [{ type: 'quote' }],
    };
  }
  if (well.orders.length > 0) return afterOrders(terms, well, at);
  if (isHeld(terms, well)) return afterOrders(terms, { ...well, cycle: well.cycle + 1 }, at);
  if (well.wish !== 'run') return { state: enter(well, 'IDLE', at), effects: [] };
  return { state: enter(well, 'ANALYZING', at), effects: [{ type: 'analyze' }] };
}

/** Tried again at the next tick that is late enough; a person is called after too many, and where nothing is open it halts. */
function onReadFailed(
  terms: StrategyTerms,
  state: StrategyState,
  type: 'sync_failed' | 'settle_failed',
  reason: string,
  at: number,
): Step {
  const expected = type === 'sync_failed' ? 'SYNCING' : 'COMPLETING';
  if (state.name !== expected) return { state, effects: [] };
  const { readAttempts } = terms.limits;
  const failures = state.failures + 1;
  const next: StrategyState = { ...state, failures, since: at };
  if (failures % readAttempts !== 0) return { state: next, effects: [] };
  const isAtStake = type === 'sync_failed' && (state.orders.some(isUnsettled) || hasExposure(terms, state));
  // Nobody else looks after what is open.
  return isAtStake ? { state: next, effects: [{ type: 'alarm', reason }] } : halt(next, reason, at);
}

function onOpportunity(terms: StrategyTerms, state: StrategyState, plan: TradePlan, at: number): Step {
  if (state.name !== 'ANALYZING' || state.wish !== 'run') return { state, effects: [] };
  const planned: StrategyState = {
    ...enter(state, 'MANAGING_ORDERS', at),
    plan,
    phase: 'entry',
    attempts: 0,
    cycle: state.cycle + 1,
    mark: (Number(plan.buyPrice) + Number(plan.sellPrice)) / 2,
  };
  return placeLegs(terms, planned, entryLegs(terms, planned), at);
}

function onOrder(terms: StrategyTerms, before: StrategyState, state: StrategyState, at: number): Step {
  if (state === before) return { state, effects: [] };
  switch (state.name) {
    case 'MANAGING_ORDERS':
    case 'WAITING_ORDERS':
    case 'UNWINDING':
    case 'MONITORING':
      return afterOrders(terms, state, at);
    case 'COMPLETING':
      return state.orders.some(isUnsettled) || isTradable(terms, deltaOf(state), state.mark)
        ? afterOrders(terms, state, at)
        : { state, effects: [] };
    default:
      return { state, effects: [] };
  }
}

/** An order of ours at the venue that is not remembered: it counts, and a person hears of it. */
function onStray(terms: StrategyTerms, state: StrategyState, order: LegOrder, at: number): Step {
  if (state.orders.some(({ id }) => id === order.id)) return { state, effects: [] };
  const alarm: StrategyEffect = { type: 'alarm', reason: `order ${order.id} was at the venue and not remembered` };
  const number = orderNumberOf(terms.tag, order.id) ?? -1;
  const nextOrder = Math.max(state.nextOrder, number + 1);
  const taken = { ...state, orders: [...state.orders, withBaseFee(terms, state, order)], nextOrder };
  const step = state.name === 'ANALYZING' ? syncAgain(taken, at) : onOrder(terms, state, taken, at);
  return { state: step.state, effects: [alarm, ...step.effects] };
}

function syncAgain(state: StrategyState, at: number): Step {
  return { state: { ...enter(state, 'SYNCING', at), failures: 0 }, effects: [{ type: 'sync' }] };
}

function onSettled(
  terms: StrategyTerms,
  state: StrategyState,
  { fills, funding }: Extract<StrategyEvent, { type: 'settled' }>,
  at: number,
): Step {
  if (state.name !== 'COMPLETING') return { state, effects: [] };
  // Read before the last order was filled: read again.
  if (!isComplete(state.orders, fills))
    return { state: { ...state, failures: state.failures + 1, since: at }, effects: [] };
  const told: StrategyState = { ...state, orders: withFills(state.orders, fills) };
  if (isTradable(terms, deltaOf(told), told.mark) || isHeld(terms, told)) {
    return afterOrders(terms, told, at);
  }
  const { result, carried } = settleCycle(told, fills, funding, at);
  const { totals } = told;
  const day = Math.floor(at / DAY_MS);
  const added = {
    day,
    dayNet: addDecimals(day === totals.day ? totals.dayNet : ZERO, result.net),
    cycles: totals.cycles + 1,
    net: addDecimals(totals.net, result.net),
    fees: addDecimals(totals.fees, result.fees),
    funding: addDecimals(totals.funding, result.funding),
    volume: addDecimals(totals.volume, result.volume),
  };
  const { plan: _, ...rest } = told;
  const baseFees = learnBaseFees(terms, told, fills);
  const over = { carried, orders: [], totals: added, last: result, baseFees, hasAlarmed: false };
  const final = { ...enter(rest, 'FINALIZING', at), ...over };
  return { state: final, effects: [{ type: 'record', result }] };
}

function onRecorded(state: StrategyState, at: number): Step {
  if (state.name !== 'FINALIZING') return { state, effects: [] };
  if (state.wish === 'kill') return halt(state, 'killed', at);
  return { state: enter(state, 'IDLE', at), effects: [] };
}
