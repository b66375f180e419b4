import {
  addDecimals,
  compareDecimals,
  type Decimal,
  isZero,
  roundToStep,
  subtractDecimals,
  toDecimal,
} from '../../model/decimal.js';
import type { Side } from '../../model/side.js';
import type { LegOrder, StrategyState } from './strategy-state.js';
import type { MarketTerms, StrategyTerms } from './strategy-terms.js';

type Position = Pick<StrategyState, 'carried' | 'orders'>;

export const ZERO = toDecimal(0);

export function isUnsettled({ status }: LegOrder): boolean {
  return status !== 'ended';
}

export function absolute(value: Decimal): Decimal {
  return value.startsWith('-') ? (value.slice(1) as Decimal) : value;
}

export function isNegative(value: Decimal): boolean {
  return value.startsWith('-') && !isZero(value);
}

/** Most orders have moved nothing yet, and most sums begin at zero: exact arithmetic only where there is something to add. */
function withFill(sum: Decimal, { filled, side, feeBase = ZERO }: LegOrder): Decimal {
  if (filled === ZERO) return sum;
  if (side === 'sell') return subtractDecimals(sum, filled);
  const bought = sum === ZERO ? filled : addDecimals(sum, filled);
  return feeBase === ZERO ? bought : subtractDecimals(bought, feeBase);
}

/** Base asset that the orders of this cycle have moved in one market, less the fees taken out of it; positive: bought. */
export function movedIn(orders: readonly LegOrder[], market: number): Decimal {
  let sum = ZERO;
  for (const order of orders) {
    if (order.market === market) sum = withFill(sum, order);
  }
  return sum;
}

/** Base asset without a counterpart, over all markets: positive: too much was bought. */
export function deltaOf({ carried, orders }: Position): Decimal {
  let sum = ZERO;
  for (const value of carried) if (value !== ZERO) sum = addDecimals(sum, value);
  for (const order of orders) sum = withFill(sum, order);
  return sum;
}

/** Less is what sums of doubles leave over: no venue has lots so small. */
const NOISE = 1e-12;

/** The largest delta that may really stand open, base asset: what is not settled may be filled on one side alone. */
export function worstDelta(state: Position): number {
  let [delta, up, down] = [0, 0, 0];
  for (const value of state.carried) if (value !== ZERO) delta += Number(value);
  for (const order of state.orders) {
    const filled = order.filled === ZERO ? 0 : Number(order.filled);
    const isBuy = order.side === 'buy';
    if (filled !== 0) delta += isBuy ? filled - Number(order.feeBase ?? ZERO) : -filled;
    if (!isUnsettled(order)) continue;
    const rest = Number(order.quantity) - filled;
    if (isBuy) up += rest;
    else down += rest;
  }
  const worst = Math.max(Math.abs(delta + up), Math.abs(delta - down));
  return worst < NOISE ? 0 : worst;
}

/** A quantity as an order of this market would have it; zero where it is too little for one. */
export function tradable(quantity: Decimal, market: MarketTerms, price: number | undefined): Decimal {
  // Most of what is asked about is dust: without exact arithmetic where doubles are enough to tell.
  const size = Math.abs(Number(quantity));
  if (size < Number(market.lotSize) || (price !== undefined && size * price < Number(market.minNotional))) return ZERO;
  const lots = roundToStep(absolute(quantity), market.lotSize, 'down');
  if (isZero(lots) || compareDecimals(lots, market.minQuantity) < 0) return ZERO;
  if (price === undefined) return lots;
  return Number(lots) * price < Number(market.minNotional) ? ZERO : lots;
}

/** Whether any market of the task could trade it. */
export function isTradable(terms: StrategyTerms, quantity: Decimal, price: number | undefined): boolean {
  if (isZero(quantity)) return false;
  return terms.markets.some((market) => tradable(quantity, market, price) !== ZERO);
}

/** Base asset that stands in one market: of this cycle, and of a perpetual whatever earlier ones left there. */
export function standingIn({ markets }: StrategyTerms, state: Position, market: number): Decimal {
  const moved = movedIn(state.orders, market);
  const carried = state.carried[market] ?? ZERO;
  return markets[market]?.kind !== 'perpetual' || carried === ZERO ? moved : addDecimals(moved, carried);
}

/** The market where most stands that an order of this side would undo. */
export function mostStanding(terms: StrategyTerms, state: Position, side: Side): number | undefined {
  let [most, found]: [number, number | undefined] = [0, undefined];
  for (let market = 0; market < terms.markets.length; market++) {
    const standing = Number(standingIn(terms, state, market)) * (side === 'sell' ? 1 : -1);
    if (standing > most) [most, found] = [standing, market];
  }
  return found;
}

/** An order that closes a side of what is held. */
export interface HeldLeg {
  readonly market: number;
  readonly side: Side;
  readonly quantity: Decimal;
}

/** The first perpetual that is held, however it came to be; -1 while every one is flat, or holds too little to trade. */
function heldPerpetual(terms: StrategyTerms, state: Position & Pick<StrategyState, 'mark'>): number {
  return terms.markets.findIndex((rules, market) => {
    if (rules.kind !== 'perpetual') return false;
    const standing = standingIn(terms, state, market);
    return standing !== ZERO && tradable(standing, rules, state.mark) !== ZERO;
  });
}

/** Whether a perpetual is held. */
export function isHeld(terms: StrategyTerms, state: Position & Pick<StrategyState, 'mark'>): boolean {
  return heldPerpetual(terms, state) >= 0;
}

/** What closes a perpetual that is held: its order first, then that of its counterpart. Empty where none is held. */
export function heldLegs(terms: StrategyTerms, state: Position & Pick<StrategyState, 'mark'>): HeldLeg[] {
  const market = heldPerpetual(terms, state);
  return market < 0 ? [] : closing(terms, state, market, standingIn(terms, state, market));
}

/** Where both sides differ by more than dust, each closes what the other has; the rest is closed by itself. */
function closing(
  terms: StrategyTerms,
  state: Position & Pick<StrategyState, 'mark'>,
  market: number,
  standing: Decimal,
): HeldLeg[] {
  const [side, against]: [Side, Side] = isNegative(standing) ? ['buy', 'sell'] : ['sell', 'buy'];
  const other = mostStanding(terms, state, against);
  const rest = other === undefined ? ZERO : absolute(standingIn(terms, state, other));
  const size = absolute(standing);
  const isEven = !isTradable(terms, subtractDecimals(size, rest), state.mark);
  const least = compareDecimals(size, rest) < 0 ? size : rest;
  const leg = (at: number, way: Side, own: Decimal): HeldLeg => {
    const quantity = tradable(isEven ? own : least, terms.markets[at] as MarketTerms, state.mark);
    return { market: at, side: way, quantity };
  };
  const legs = other === undefined ? [] : [leg(market, side, size), leg(other, against, rest)];
  if (legs.length > 0 && legs.every(({ quantity }) => quantity !== ZERO)) return legs;
  return [{ market, side, quantity: tradable(size, terms.markets[market] as MarketTerms, state.mark) }];
}
