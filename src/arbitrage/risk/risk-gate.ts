import { addDecimals, compareDecimals, type Decimal, toDecimal } from '../../model/decimal.js';
import { parseSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import { deltaOf, isUnsettled, movedIn, ZERO } from '../strategy/position.js';
import type { MarketQuote } from '../strategy/strategy-event.js';
import type { LegOrder, StrategyState } from '../strategy/strategy-state.js';
import type { MarketTerms, StrategyTerms } from '../strategy/strategy-terms.js';
import { type RiskLimits, type RiskSettings, readRiskLimits } from './risk-limits.js';
import { VenueBreaker } from './venue-breaker.js';

/** Why an order is not sent: the limit's name and the figures. */
export interface RiskRefusal {
  readonly limit:
    | 'balance'
    | 'coin_notional'
    | 'total_notional'
    | 'open_legs'
    | 'daily_loss'
    | 'price_band'
    | 'breaker'
    | 'killed';
  readonly message: string;
}

/** What an order is checked against, as it is now. */
export interface RiskView {
  /** Every task of the engine. */
  tasks(): Iterable<{ readonly terms: StrategyTerms; readonly state: StrategyState }>;
  /** Best prices of a market while its book is proven. */
  quote(market: MarketTerms): MarketQuote | undefined;
  /** What can be spent, from a live stream or a read of this sync; `undefined`: not known. */
  free(venue: VenueId, asset: string): Decimal | undefined;
}

/** An order, or a leg that would become one. */
export type RiskLeg = Pick<LegOrder, 'market' | 'side' | 'price' | 'quantity' | 'purpose' | 'reduceOnly'>;

const DAY_MS = 86_400_000;

/** Says no before anything is signed. */
export class RiskGate {
  readonly breaker: VenueBreaker;
  readonly settings: RiskSettings;
  readonly #view: RiskView;
  #killed: string | undefined;

  /** @throws {ConfigurationError} naming the limit. */
  constructor(clock: Pick<Clock, 'monotonic'>, view: RiskView, limits: RiskLimits = {}) {
    this.settings = readRiskLimits(limits);
    this.#view = view;
    this.breaker = new VenueBreaker(clock, this.settings.breakerFailures, this.settings.breakerMs);
  }

  /** Nothing opens any more. */
  kill(reason: string): void {
    this.#killed = reason;
  }

  /** A person has looked. */
  release(): void {
    this.#killed = undefined;
  }

  /** Whether both legs of an entry may be opened, before the first is decided. */
  checkEntry(terms: StrategyTerms, legs: readonly RiskLeg[], now: number): RiskRefusal | undefined {
    const limits = this.#checkLimits(terms, legs, now);
    if (limits !== undefined) return limits;
    for (const leg of legs) {
      const refusal = this.#checkLeg(terms, leg);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  /** Whether one order may be signed. What it adds to the open legs is counted already: its task remembers it. */
  checkOrder(terms: StrategyTerms, order: LegOrder): RiskRefusal | undefined {
    const isOpening = order.purpose === 'entry';
    if (isOpening && this.#killed !== undefined) return refuse('killed', this.#killed);
    if (isOpening) {
      const over = this.#checkNotional(terms, 0, 0);
      if (over !== undefined) return over;
    }
    return this.#checkLeg(terms, order);
  }

  #checkLimits(terms: StrategyTerms, legs: readonly RiskLeg[], now: number): RiskRefusal | undefined {
    if (this.#killed !== undefined) return refuse('killed', this.#killed);
    const loss = this.#lossOf(Math.floor(now / DAY_MS));
    const { maxDailyLoss } = this.settings;
    if (loss >= maxDailyLoss && loss > 0) return refuse('daily_loss', `${loss} lost today, limit ${maxDailyLoss}`);
    const added = legs.reduce((sum, { price, quantity }) => sum + Number(price) * Number(quantity), 0);
    return this.#checkNotional(terms, added, legs.length);
  }

  #checkNotional(terms: StrategyTerms, added: number, addedLegs: number): RiskRefusal | undefined {
    const { maxCoinNotional, maxTotalNotional, maxOpenLegs } = this.settings;
    const coin = coinOf(terms);
    let [ofCoin, total, openLegs] = [added, added, addedLegs];
    for (const task of this.#view.tasks()) {
      const { notional, legs } = openNotional(task.terms, task.state);
      total += notional;
      openLegs += legs;
      if (coinOf(task.terms) === coin) ofCoin += notional;
    }
    if (ofCoin > maxCoinNotional) return refuse('coin_notional', `${coin}: ${ofCoin} open, limit ${maxCoinNotional}`);
    if (total > maxTotalNotional) return refuse('total_notional', `${total} open, limit ${maxTotalNotional}`);
    if (openLegs > maxOpenLegs) return refuse('open_legs', `${openLegs} legs, limit ${maxOpenLegs}`);
    return undefined;
  }

  #checkLeg(terms: StrategyTerms, leg: RiskLeg): RiskRefusal | undefined {
    const market = terms.markets[leg.market] as MarketTerms;
    if (leg.purpose === 'entry' && this.breaker.isOpen(market.venue))
      return refuse('breaker', `${market.venue} keeps failing`);
    return this.#checkPrice(terms, leg) ?? this.#checkBalance(market, leg);
  }

  /** The other venues' middle is a second opinion on the price. Without any an entry is refused. */
  #checkPrice({ markets }: StrategyTerms, { market, price, side, purpose }: RiskLeg): RiskRefusal | undefined {
    const mids = markets.flatMap((other, at) => {
      const quote = at === market ? undefined : this.#view.quote(other);
      return quote === undefined ? [] : [(quote.bid + quote.ask) / 2];
    });
    if (mids.length === 0) {
      return purpose === 'entry' ? refuse('price_band', 'no other venue has a proven book') : undefined;
    }
    const mid = mids.reduce((sum, value) => sum + value, 0) / mids.length;
    const beyondBps = (side === 'buy' ? Number(price) / mid - 1 : 1 - Number(price) / mid) * 10_000;
    const { priceBandBps } = this.settings;
    return beyondBps <= priceBandBps
      ? undefined
      : refuse('price_band', `${side} at ${price}, middle elsewhere ${mid}, limit ${priceBandBps} bps`);
  }

  #checkBalance({ venue, symbol, kind, takerFee }: MarketTerms, leg: RiskLeg): RiskRefusal | undefined {
    if (kind === 'perpetual' && leg.reduceOnly) return undefined;
    const { base, quote, settle } = parseSymbol(symbol);
    const asset = kind === 'perpetual' ? (settle ?? quote) : leg.side === 'buy' ? quote : base;
    const worth = Number(leg.price) * Number(leg.quantity);
    const needed =
      kind === 'perpetual'
        ? worth * (this.settings.marginFraction + takerFee)
        : leg.side === 'buy'
          ? worth
          : Number(leg.quantity);
    const free = this.#view.free(venue, asset);
    if (free === undefined) {
      return leg.purpose === 'entry' ? refuse('balance', `${venue}: ${asset} is not known`) : undefined;
    }
    return compareDecimals(free, toDecimal(Number(needed.toPrecision(15)))) >= 0
      ? undefined
      : refuse('balance', `${venue}: ${free} ${asset} free, ${needed} needed`);
  }

  /** Positive: lost. */
  #lossOf(day: number): number {
    let sum = ZERO;
    for (const { state } of this.#view.tasks()) {
      if (state.totals.day === day) sum = addDecimals(sum, state.totals.dayNet);
    }
    return -Number(sum);
  }
}

/** Worth of what a task has open in this cycle, quote asset: positions and what is on its way. */
function openNotional(
  terms: StrategyTerms,
  state: StrategyState,
): { readonly notional: number; readonly legs: number } {
  let [notional, legs] = [0, 0];
  if (state.orders.length === 0) return { notional, legs };
  terms.markets.forEach((_, market) => {
    const position = Math.abs(Number(movedIn(state.orders, market))) * (state.mark ?? 0);
    if (position > 0) legs++;
    notional += position;
  });
  for (const order of state.orders) {
    if (!isUnsettled(order)) continue;
    legs++;
    notional += (Number(order.quantity) - Number(order.filled)) * Number(order.price);
  }
  const coming = legStillComing(state) * (state.mark ?? 0);
  return { notional: notional + coming, legs: coming > 0 ? legs + 1 : legs };
}

/** Base asset of the second leg of an entry that has not been placed: what was begun is counted as a whole. */
function legStillComing({ phase, carried, orders }: StrategyState): number {
  if (phase !== 'entry' && phase !== 'hedge') return 0;
  let delta = Number(deltaOf({ carried, orders }));
  for (const order of orders) {
    if (isUnsettled(order)) delta += (order.side === 'buy' ? 1 : -1) * (Number(order.quantity) - Number(order.filled));
  }
  return Math.abs(delta);
}

function coinOf({ markets }: StrategyTerms): string {
  return parseSymbol((markets[0] as MarketTerms).symbol).base;
}

function refuse(limit: RiskRefusal['limit'], message: string): RiskRefusal {
  return { limit, message };
}
