import { firstState } from '../../src/arbitrage/strategy/first-state.js';
import { reduce } from '../../src/arbitrage/strategy/reduce.js';
import type { StrategyEvent } from '../../src/arbitrage/strategy/strategy-event.js';
import type { LegOrder, StrategyState } from '../../src/arbitrage/strategy/strategy-state.js';
import type { StrategyTerms } from '../../src/arbitrage/strategy/strategy-terms.js';
import { createMemoryJournal } from '../../src/arbitrage/tasks/memory-journal.js';
import { type Decimal, toDecimal } from '../../src/model/decimal.js';
import { atMost, judge } from '../measure/result.js';
import { compare, describe, processorTime, samplesOf } from '../measure/rounds.js';
import { roundsOf, type Suite } from '../measure/suite.js';

const CYCLES = 1_000;
/** Steps of a cycle that is held: start, sync, entry, hedge, exit, fills, result. */
const STEPS = 11;
const rules = {
  tickSize: toDecimal('0.01'),
  lotSize: toDecimal('0.001'),
  minQuantity: toDecimal('0.001'),
  minNotional: toDecimal('1'),
  takerFee: 0.001,
};
const TERMS: StrategyTerms = {
  id: 'bench',
  tag: 'benchtag',
  legs: 'sequential',
  markets: [
    { venue: 'a', symbol: 'BTC/USDT', kind: 'spot', ...rules },
    { venue: 'a_futures', symbol: 'BTC/USDT:USDT', kind: 'perpetual', ...rules },
    { venue: 'b', symbol: 'BTC/USDT', kind: 'spot', ...rules },
  ],
  limits: {
    minProfitBps: 25,
    exitProfitBps: 5,
    maxNotional: 1_000,
    maxDelta: 0,
    maxUnhedgedMs: 2_000,
    slippageBps: 5,
    unwindSlippageBps: 50,
    hedgeAttempts: 3,
    hedgeWithinMs: 5_000,
    unwindAttempts: 5,
    orderTimeoutMs: 3_000,
    cooldownMs: 0,
    maxHoldMs: 1e9,
    readAttempts: 5,
    syncEveryMs: 30_000,
  },
};
const DEAR = TERMS.markets.map((_, at) => (at === 1 ? { bid: 102, ask: 102.1 } : { bid: 100, ask: 100.1 }));
const MET = TERMS.markets.map(() => ({ bid: 100, ask: 100.1 }));

/** One step of the strategy, written to the journal in memory, over whole cycles of three venues. */
export const machine: Suite = {
  ids: ['machine.transition'],
  async run(effort) {
    const journal = createMemoryJournal();
    const timings = await compare([{ name: 'transition', run: () => runCycles(journal) }], {
      rounds: roundsOf(effort),
      units: CYCLES * STEPS,
      meter: processorTime,
    });
    return [
      judge({
        id: 'machine.transition',
        samples: samplesOf(timings, 'transition'),
        unit: 'ns',
        goal: atMost(5_000),
        baseline: 'one of the steps of a held cycle, exact decimals and a journal in memory included',
        detail: describe(timings),
      }),
    ];
  },
};

async function runCycles(journal: ReturnType<typeof createMemoryJournal>): Promise<void> {
  // An account that pays its fees in quote, as the fills below say.
  let state: StrategyState = { ...firstState(TERMS.markets.length, 0), baseFees: [0, 0, 0] };
  let steps = 0;
  const step = async (event: StrategyEvent): Promise<void> => {
    const next = reduce(TERMS, state, event).state;
    if (next === state) throw new Error(`${event.type} did nothing in ${state.name}`);
    state = next;
    steps++;
    await journal.write({ terms: TERMS, state, createdAt: 0, recoveries: 0 });
  };
  for (let cycle = 0; cycle < CYCLES; cycle++) await runCycle(cycle * 1_000, step, () => state);
  if (state.totals.cycles !== CYCLES || steps !== CYCLES * STEPS) throw new Error(`${steps} steps`);
}

async function runCycle(
  at: number,
  step: (event: StrategyEvent) => Promise<void>,
  now: () => StrategyState,
): Promise<void> {
  const filled = (order: LegOrder | undefined): StrategyEvent => {
    if (order === undefined) throw new Error('no order');
    const { id, quantity, price } = order;
    const filledQuote = toDecimal((Number(quantity) * Number(price)).toFixed(8)) as Decimal;
    return { type: 'order', at, news: { id, status: 'ended', end: 'filled', filled: quantity, filledQuote } };
  };
  await step({ type: at === 0 ? 'start' : 'tick', at });
  await step({ type: 'synced', at });
  const [quantity, buyPrice, sellPrice] = [toDecimal('1'), toDecimal('100.15'), toDecimal('101.95')];
  const plan = { buy: 0, sell: 1, quantity, buyPrice, sellPrice, holds: true, first: 'buy', expectedBps: 150 } as const;
  await step({ type: 'opportunity', at, plan });
  await step(filled(now().orders[0]));
  await step({ type: 'quotes', at, quotes: DEAR });
  await step(filled(now().orders[1]));
  await step({ type: 'quotes', at, quotes: MET });
  await step(filled(now().orders[2]));
  await step(filled(now().orders[3]));
  const fee = toDecimal('0.1');
  const zero = toDecimal('0');
  const fills = now().orders.map((order) => ({
    id: order.id,
    quantity: order.filled,
    quote: order.filledQuote,
    fee,
    feeBase: zero,
  }));
  await step({ type: 'settled', at, fills, funding: zero });
  await step({ type: 'recorded', at });
}
