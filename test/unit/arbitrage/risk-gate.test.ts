import { describe, expect, it } from 'vitest';
import { RiskGate } from '../../../src/arbitrage/risk/risk-gate.js';
import type { RiskLimits } from '../../../src/arbitrage/risk/risk-limits.js';
import { firstState } from '../../../src/arbitrage/strategy/first-state.js';
import type { LegOrder } from '../../../src/arbitrage/strategy/strategy-state.js';
import { toDecimal } from '../../../src/model/decimal.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';
import { Machine, PLAN, TERMS } from './machine.js';

const LEGS = [
  { market: 0, side: 'buy', price: PLAN.buyPrice, quantity: PLAN.quantity, purpose: 'entry', reduceOnly: false },
  { market: 2, side: 'sell', price: PLAN.sellPrice, quantity: PLAN.quantity, purpose: 'entry', reduceOnly: false },
] as const;
const NOW = 1_000_000;

/** @param mid of every other book; 0: none is proven. */
function gate(limits: RiskLimits = {}, free = '1000', mid = 100, dayNet = '0', state = firstState(3, NOW)) {
  const clock = createVirtualClock({});
  const totals = { ...state.totals, dayNet: toDecimal(dayNet) };
  const view = {
    tasks: () => [{ terms: TERMS, state: { ...state, totals } }],
    quote: () => (mid === 0 ? undefined : { bid: mid, ask: mid }),
    free: () => toDecimal(free),
  };
  return { clock, risk: new RiskGate(clock, view, limits) };
}

describe('the risk gate', () => {
  it('lets an entry through that keeps every limit', () => {
    expect(gate().risk.checkEntry(TERMS, LEGS, NOW)).toBeUndefined();
  });

  it.each([
    ['coin_notional', gate({ maxCoinNotional: 200 })],
    ['total_notional', gate({ maxTotalNotional: 200 })],
    ['open_legs', gate({ maxOpenLegs: 1 })],
    ['daily_loss', gate({ maxDailyLoss: 5 }, '1000', 100, '-5')],
    ['balance', gate({}, '99')],
    ['price_band', gate({ priceBandBps: 100 }, '1000', 90)],
  ])('refuses an entry against %s', (limit, { risk }) => {
    expect(risk.checkEntry(TERMS, LEGS, NOW)).toMatchObject({ limit });
  });

  it('refuses an entry while no other venue has a proven book; what closes goes out', () => {
    const { risk } = gate({}, '1000', 0);
    expect(risk.checkEntry(TERMS, LEGS, NOW)).toMatchObject({ limit: 'price_band' });
    const hedge = { ...new Machine().state.orders[0], ...LEGS[1], purpose: 'hedge' } as LegOrder;
    expect(risk.checkOrder(TERMS, hedge)).toBeUndefined();
  });

  it('counts what this UTC day has lost, not what the day before has', () => {
    const { risk } = gate({ maxDailyLoss: 5 }, '1000', 100, '-5');
    expect(risk.checkEntry(TERMS, LEGS, 86_399_999)).toMatchObject({ limit: 'daily_loss' });
    expect(risk.checkEntry(TERMS, LEGS, 86_400_000)).toBeUndefined();
  });

  it.each<[string, RiskLimits]>([
    ['coin_notional', { maxCoinNotional: 350 }],
    ['total_notional', { maxTotalNotional: 350 }],
    ['open_legs', { maxOpenLegs: 3 }],
  ])('counts the leg that another task has yet to place against %s', (limit, limits) => {
    const other = new Machine().analyze();
    other.send({ type: 'opportunity', plan: PLAN });
    for (const fill of [false, true]) {
      if (fill) other.fill('1');
      const { risk } = gate(limits, '1000', 100, '0', other.state);
      expect(risk.checkEntry(TERMS, LEGS, NOW), String(fill)).toMatchObject({ limit });
      expect(risk.checkOrder(TERMS, other.state.orders[0] as LegOrder)).toBeUndefined();
    }
  });

  it('killed it refuses what opens and lets through what closes, until it is released', () => {
    const { risk } = gate();
    risk.kill('enough');
    const order = {
      ...LEGS[1],
      id: 'x',
      decidedAt: 0,
      status: 'sending',
      filled: toDecimal(0),
      filledQuote: toDecimal(0),
    } as const;
    expect(risk.checkOrder(TERMS, order)).toEqual({ limit: 'killed', message: 'enough' });
    expect(risk.checkOrder(TERMS, { ...order, purpose: 'hedge' })).toBeUndefined();
    risk.release();
    expect(risk.checkOrder(TERMS, order)).toBeUndefined();
  });

  it('opens the breaker of a venue that keeps failing, for a while', async () => {
    const { clock, risk } = gate({ breakerFailures: 2, breakerMs: 1_000 });
    for (const _ of [1, 2]) risk.breaker.failed('one_spot');
    expect(risk.checkEntry(TERMS, LEGS, NOW)).toMatchObject({ limit: 'breaker' });
    await clock.advance(1_001);
    expect(risk.checkEntry(TERMS, LEGS, NOW)).toBeUndefined();
  });
});
