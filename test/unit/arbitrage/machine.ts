import { firstState } from '../../../src/arbitrage/strategy/first-state.js';
import { isUnsettled, ZERO } from '../../../src/arbitrage/strategy/position.js';
import { reduce } from '../../../src/arbitrage/strategy/reduce.js';
import type { EventName, Step, StrategyEvent } from '../../../src/arbitrage/strategy/strategy-event.js';
import type { LegOrder, StrategyState, TradePlan } from '../../../src/arbitrage/strategy/strategy-state.js';
import type { MarketTerms, StrategyTerms } from '../../../src/arbitrage/strategy/strategy-terms.js';
import { addDecimals, isZero, subtractDecimals, toDecimal } from '../../../src/model/decimal.js';
import type { SeededRandom } from '../../../src/transport/seeded-random.js';

const RULES = {
  tickSize: toDecimal('0.01'),
  lotSize: toDecimal('0.001'),
  minQuantity: toDecimal('0.001'),
  minNotional: toDecimal('1'),
  takerFee: 0.001,
};

/** Spot, perpetual and another spot market: the strategy of three venues. */
const MARKETS: readonly MarketTerms[] = [
  { venue: 'one_spot', symbol: 'BTC/USDT', kind: 'spot', ...RULES },
  { venue: 'one_futures', symbol: 'BTC/USDT:USDT', kind: 'perpetual', ...RULES },
  { venue: 'two_spot', symbol: 'BTC/USDT', kind: 'spot', ...RULES },
];

export const TERMS: StrategyTerms = {
  id: 'task',
  tag: 'abcdefgh',
  markets: MARKETS,
  legs: 'sequential',
  limits: {
    minProfitBps: 25,
    exitProfitBps: 5,
    maxNotional: 1_000,
    maxDelta: 0.01,
    maxUnhedgedMs: 2_000,
    slippageBps: 5,
    unwindSlippageBps: 50,
    hedgeAttempts: 2,
    hedgeWithinMs: 5_000,
    unwindAttempts: 4,
    orderTimeoutMs: 2_000,
    cooldownMs: 1_000,
    maxHoldMs: 60_000,
    readAttempts: 4,
    syncEveryMs: 30_000,
  },
};

export const PLAN: TradePlan = {
  buy: 0,
  sell: 2,
  quantity: toDecimal('1'),
  buyPrice: toDecimal('100'),
  sellPrice: toDecimal('101'),
  holds: false,
  first: 'buy',
  expectedBps: 80,
};

export const HELD_PLAN: TradePlan = { ...PLAN, sell: 1, holds: true };

export const QUOTES = MARKETS.map(() => ({ bid: 100, ask: 100.1 }));

/** A task under the hands of a test. */
export class Machine {
  readonly terms: StrategyTerms;
  state: StrategyState;
  at = 1_000_000;
  last: Step['effects'] = [];

  /** @param baseFee part of what is bought that fees take. */
  constructor(terms: StrategyTerms = TERMS, baseFee = 0) {
    this.terms = terms;
    this.state = { ...firstState(terms.markets.length, this.at), baseFees: terms.markets.map(() => baseFee) };
  }

  /** Effects by type, of the step just done. */
  send(event: WithoutTime<StrategyEvent>, afterMs = 10): readonly string[] {
    this.at += afterMs;
    const step = reduce(this.terms, this.state, { ...event, at: this.at } as StrategyEvent);
    this.state = step.state;
    this.last = step.effects;
    return step.effects.map(({ type }) => type);
  }

  /** To where it waits for something that pays. */
  analyze(): this {
    this.send({ type: 'start' });
    this.send({ type: 'synced' });
    return this;
  }

  /** The newest order ends with so much filled. */
  fill(quantity: string, order = this.state.orders.at(-1) as LegOrder): readonly string[] {
    return this.send({ type: 'order', news: newsOf(order, quantity) });
  }
}

type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never;

export function newsOf(order: LegOrder, filled: string) {
  const filledQuote = toDecimal(Number((Number(filled) * Number(order.price)).toFixed(6)));
  const end = filled === order.quantity ? ('filled' as const) : ('canceled' as const);
  return { id: order.id, status: 'ended' as const, filled: toDecimal(filled), filledQuote, end };
}

/** An event that could come in this state, or at a bad moment. */
export function randomEvent(machine: Machine, type: EventName, random: SeededRandom): WithoutTime<StrategyEvent> {
  const { state } = machine;
  switch (type) {
    case 'sync_failed':
    case 'settle_failed':
      return { type, reason: 'no answer' };
    case 'opportunity':
      return { type, plan: random.chance(0.5) ? PLAN : HELD_PLAN };
    case 'quotes': {
      const move = random.chance(0.3) ? 2 : 0;
      const quote = (at: number) => ({ bid: 100 + (at === 0 ? move : 0), ask: 100.1 + (at === 0 ? move : 0) });
      return { type, quotes: MARKETS.map((_, at) => (random.chance(0.1) ? undefined : quote(at))) };
    }
    case 'order':
      return { type, news: randomNews(state, random) };
    case 'stray':
      return { type, order: randomStray(machine, random) };
    case 'settled':
      return {
        type,
        fills: state.orders.map((order) => fillsOf(order, takesBase(order) && random.chance(0.3) ? '0.02' : '0')),
        funding: ZERO,
      };
    default:
      return { type };
  }
}

/** Only spot fees are taken out of what is bought. */
function takesBase({ market, side, filled }: LegOrder): boolean {
  return side === 'buy' && MARKETS[market]?.kind === 'spot' && !isZero(filled);
}

function randomNews(state: StrategyState, random: SeededRandom) {
  const open = state.orders.filter(isUnsettled);
  const order = open[random.int(Math.max(1, open.length))] ?? state.orders.at(-1);
  if (order === undefined) return { id: 'somebody', status: 'open' as const, filled: ZERO, filledQuote: ZERO };
  if (random.chance(0.2)) return { id: order.id, status: 'unknown' as const, filled: ZERO, filledQuote: ZERO };
  if (random.chance(0.2)) return { id: order.id, status: 'open' as const, filled: ZERO, filledQuote: ZERO };
  const part = [0, 0.25, 1, 1][random.int(4)] as number;
  return newsOf(order, part === 1 ? order.quantity : String(Math.floor(Number(order.quantity) * part * 1_000) / 1_000));
}

function randomStray({ state, terms }: Machine, random: SeededRandom): LegOrder {
  const id = `t-a${terms.tag}${(state.nextOrder + random.int(3)).toString(36).padStart(6, '0')}`;
  const quantity = toDecimal('0.5');
  return {
    id,
    market: random.int(3),
    side: random.chance(0.5) ? 'buy' : 'sell',
    purpose: 'hedge',
    price: toDecimal('100'),
    quantity,
    reduceOnly: false,
    decidedAt: 0,
    status: 'ended',
    filled: quantity,
    filledQuote: toDecimal('50'),
    end: 'filled',
  };
}

export function fillsOf({ id, filled, filledQuote }: LegOrder, feeBase = '0') {
  return { id, quantity: filled, quote: filledQuote, fee: ZERO, feeBase: toDecimal(feeBase) };
}

/** Base asset that the task has moved in all. */
export function moved({ orders, carried }: StrategyState) {
  const signed = (sum: typeof ZERO, { side, filled, feeBase = ZERO }: LegOrder) =>
    side === 'buy' ? addDecimals(sum, subtractDecimals(filled, feeBase)) : subtractDecimals(sum, filled);
  return orders.reduce(signed, carried.reduce(addDecimals, ZERO));
}
