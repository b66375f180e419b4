import { worstDelta } from './position.js';
import type { Step } from './strategy-event.js';
import type { StrategyTerms } from './strategy-terms.js';

/** Raises an alarm, once, when too much stands open for too long. What may be filled counts as if it were. */
export function watchDelta(terms: StrategyTerms, step: Step, at: number): Step {
  const { state } = step;
  const { maxDelta, maxUnhedgedMs } = terms.limits;
  const { unhedgedSince } = state;
  const worst = worstDelta(state);
  if (worst <= maxDelta || worst <= untradable(terms, state.mark)) {
    if (unhedgedSince === undefined) return step;
    const { unhedgedSince: _, ...rest } = state;
    return { ...step, state: { ...rest, hasAlarmed: false } };
  }
  if (unhedgedSince === undefined) return { ...step, state: { ...state, unhedgedSince: at, hasAlarmed: false } };
  if (state.hasAlarmed || at - unhedgedSince <= maxUnhedgedMs) return step;
  const reason = `more than ${maxDelta} without a counterpart for ${at - unhedgedSince} ms`;
  return { state: { ...state, hasAlarmed: true }, effects: [...step.effects, { type: 'alarm', reason }] };
}

/** The largest quantity that no market of the task takes, base asset. */
function untradable({ markets }: StrategyTerms, mark: number | undefined): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { minQuantity, minNotional, lotSize } of markets) {
    const byWorth = mark === undefined ? 0 : Number(minNotional) / mark;
    least = Math.min(least, Math.max(Number(minQuantity), byWorth) + Number(lotSize));
  }
  return least;
}
