import { worstDelta } from './position.js';
import type { Step } from './strategy-event.js';
import type { MarketTerms, StrategyTerms } from './strategy-terms.js';

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

interface Least {
  readonly quantity: number;
  readonly notional: number;
  readonly lot: number;
}

/** Asked for at every step that leaves dust; the rules of a task never change. */
const KNOWN = new WeakMap<readonly MarketTerms[], readonly Least[]>();

function leastOf(markets: readonly MarketTerms[]): readonly Least[] {
  const known = KNOWN.get(markets);
  if (known !== undefined) return known;
  const read = markets.map(({ minQuantity, minNotional, lotSize }) => {
    return { quantity: Number(minQuantity), notional: Number(minNotional), lot: Number(lotSize) };
  });
  KNOWN.set(markets, read);
  return read;
}

/** The largest quantity that no market of the task takes, base asset. */
function untradable({ markets }: StrategyTerms, mark: number | undefined): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { quantity, notional, lot } of leastOf(markets)) {
    const byWorth = mark === undefined ? 0 : notional / mark;
    least = Math.min(least, Math.max(quantity, byWorth) + lot);
  }
  return least;
}
