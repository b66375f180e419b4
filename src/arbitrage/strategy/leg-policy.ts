import { type Decimal, isZero } from '../../model/decimal.js';
import type { Side } from '../../model/side.js';
import { orderedFor } from './base-fee.js';
import { limitPrice } from './leg-order.js';
import {
  absolute,
  deltaOf,
  type HeldLeg,
  heldLegs,
  isNegative,
  mostStanding,
  standingIn,
  tradable,
  ZERO,
} from './position.js';
import type { MarketQuote } from './strategy-event.js';
import type { OrderPurpose, StrategyState } from './strategy-state.js';
import type { StrategyTerms } from './strategy-terms.js';

/** An order that the policy asks for. */
export interface Leg {
  readonly market: number;
  readonly side: Side;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly purpose: OrderPurpose;
}

type Quotes = readonly (MarketQuote | undefined)[];

/** The legs of an entry: both, or the first alone. */
export function entryLegs(terms: StrategyTerms, state: StrategyState): Leg[] {
  const { plan } = state;
  if (plan === undefined) return [];
  const { buy, sell, quantity, buyPrice, sellPrice, first } = plan;
  const bought = orderedFor(terms, state, { market: buy, quantity }, undefined);
  const legs: Leg[] = [
    { market: buy, side: 'buy', price: buyPrice, quantity: bought, purpose: 'entry' },
    { market: sell, side: 'sell', price: sellPrice, quantity, purpose: 'entry' },
  ];
  return terms.legs === 'parallel' ? legs : legs.filter(({ side }) => side === first);
}

/**
 * Closes what stands open. The ladder: `hedgeAttempts` times in the market where the counterpart was meant to be, within
 * the slippage; then in the best other market; then back where it came from.
 */
export function hedgeLeg(terms: StrategyTerms, state: StrategyState, quotes: Quotes): Leg | undefined {
  const delta = deltaOf(state);
  if (isZero(delta)) return undefined;
  const side: Side = isNegative(delta) ? 'buy' : 'sell';
  const { slippageBps, hedgeAttempts } = terms.limits;
  const { plan, attempts } = state;
  const purpose = state.phase === 'rebalance' ? 'rebalance' : 'hedge';
  // On the way out what still stands is closed where it stands.
  const isWayOut = state.orders.some((order) => order.purpose === 'exit' || order.purpose === 'unwind');
  const planned = plan && (side === 'buy' ? plan.buy : plan.sell);
  const wanted = isWayOut ? mostStanding(terms, state, side) : planned;
  const origin = plan && (wanted === plan.buy ? plan.sell : plan.buy);
  const order = (market: number) =>
    legIn(terms, state, quotes, { market, side, purpose, quantity: absolute(delta) }, slippageBps);
  if (wanted !== undefined && attempts < hedgeAttempts) {
    const leg = order(wanted);
    // Without a price it is worth waiting; what is too little for this market is not.
    if (leg !== undefined || quotes[wanted] === undefined) return leg;
  }
  const ranked = rank(terms, state, quotes, side).filter((market) => market !== wanted && market !== origin);
  const others = attempts <= hedgeAttempts ? ranked : [];
  for (const market of [...others, ...(origin === undefined ? rank(terms, state, quotes, side) : [origin])]) {
    const leg = order(market);
    if (leg !== undefined) return leg;
  }
  return undefined;
}

/** Gets rid of what stands open wherever the price is best, with more slippage. A failed try goes on to the next market. */
export function unwindLegs(terms: StrategyTerms, state: StrategyState, quotes: Quotes): Leg[] {
  const delta = deltaOf(state);
  const { unwindSlippageBps } = terms.limits;
  const side: Side = isNegative(delta) ? 'buy' : 'sell';
  const ranked = rank(terms, state, quotes, side);
  for (let at = 0; at < ranked.length; at++) {
    const market = ranked[(at + state.attempts) % ranked.length] as number;
    const wanted = { market, side, purpose: 'unwind', quantity: absolute(delta) } as const;
    const leg = legIn(terms, state, quotes, wanted, unwindSlippageBps);
    if (leg !== undefined) return [leg];
  }
  return exitLegs(terms, state, quotes, heldLegs(terms, state), 'unwind');
}

/** Closes both sides of what is held, at once: the one without the other would stand open. */
export function exitLegs(
  terms: StrategyTerms,
  state: StrategyState,
  quotes: Quotes,
  held: readonly HeldLeg[],
  purpose: 'exit' | 'unwind',
): Leg[] {
  const { slippageBps, unwindSlippageBps } = terms.limits;
  const most = purpose === 'exit' ? slippageBps : unwindSlippageBps;
  const legs = held.map((leg) => legIn(terms, state, quotes, { ...leg, purpose }, most));
  return legs.every((leg) => leg !== undefined) ? legs : [];
}

/**
 * Net profit of closing what is held now, bps of its entry worth, fees of both exits included. `undefined` without prices;
 * without an entry of this cycle there is no reason to hold it, whatever the price.
 */
export function exitProfitBps(
  terms: StrategyTerms,
  state: StrategyState,
  quotes: Quotes,
  held: readonly HeldLeg[],
): number | undefined {
  const [long, short] = [marketOf(held, 'sell'), marketOf(held, 'buy')];
  const [longQuote, shortQuote] = [quotes[long], quotes[short]];
  const [paid, received] = [meanPrice(state.orders, long, 'buy'), meanPrice(state.orders, short, 'sell')];
  if (paid === undefined || received === undefined) return Number.POSITIVE_INFINITY;
  if (longQuote === undefined || shortQuote === undefined) return undefined;
  const fees = [long, short].reduce((sum, at) => sum + 2 * (terms.markets[at]?.takerFee ?? 0), 0);
  return ((received - paid + longQuote.bid - shortQuote.ask) / paid - fees) * 10_000;
}

/** What the next funding payments bring to the holder, bps: positive = received, so that it is worth waiting for. */
export function nextFundingBps(quotes: Quotes, held: readonly HeldLeg[]): number {
  const rateOf = (side: Side): number => quotes[marketOf(held, side)]?.funding?.rate ?? 0;
  return (rateOf('buy') - rateOf('sell')) * 10_000;
}

/** Where an order of this side closes what is held; -1: nowhere. */
function marketOf(held: readonly HeldLeg[], side: Side): number {
  return held.find((leg) => leg.side === side)?.market ?? -1;
}

function meanPrice(orders: StrategyState['orders'], market: number, side: Side): number | undefined {
  let [quantity, quote] = [0, 0];
  for (const order of orders) {
    if (order.market !== market || order.side !== side) continue;
    quantity += Number(order.filled);
    quote += Number(order.filledQuote);
  }
  return quantity > 0 ? quote / quantity : undefined;
}

/**
 * Markets with a proven book, best price first, fees included. A perpetual in which the order would open a position comes
 * last: that position would have to be closed again.
 */
function rank(terms: StrategyTerms, state: StrategyState, quotes: Quotes, side: Side): number[] {
  const priceOf = (at: number): number => {
    const [quote, fee] = [quotes[at], terms.markets[at]?.takerFee ?? 0];
    if (quote === undefined) return Number.NaN;
    return side === 'buy' ? quote.ask * (1 + fee) : -quote.bid * (1 - fee);
  };
  const opens = (at: number): boolean => {
    if (terms.markets[at]?.kind !== 'perpetual') return false;
    const standing = standingIn(terms, state, at);
    return isZero(standing) || isNegative(standing) === (side === 'sell');
  };
  const priced = terms.markets.map((_, at) => at).filter((at) => Number.isFinite(priceOf(at)));
  return priced.sort((a, b) => Number(opens(a)) - Number(opens(b)) || priceOf(a) - priceOf(b));
}

function legIn(
  terms: StrategyTerms,
  state: StrategyState,
  quotes: Quotes,
  leg: Omit<Leg, 'price'>,
  slippageBps: number,
): Leg | undefined {
  const { market, side, quantity } = leg;
  const [rules, quote] = [terms.markets[market], quotes[market]];
  if (rules === undefined || quote === undefined) return undefined;
  const best = side === 'buy' ? quote.ask : quote.bid;
  if (!(best > 0 && Number.isFinite(best))) return undefined;
  const lots = side === 'buy' ? orderedFor(terms, state, leg, best) : tradable(quantity, rules, best);
  if (lots === ZERO) return undefined;
  return { ...leg, quantity: lots, price: limitPrice(rules, side, best, slippageBps) };
}
