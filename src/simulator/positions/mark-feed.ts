import type { Clock, Timer } from '../../transport/clock.js';
import type { SeededRandom } from '../../transport/seeded-random.js';
import { CandleHistory } from '../candles/candle-history.js';
import type { PerpetualTerms } from '../contract.js';
import type { SimulatedMarket } from '../market.js';
import type { FundingSettlement, PerpetualPrices } from './perpetual-market.js';

/** Time in which the basis of the mark price forgets, ms. */
const SMOOTHING_MS = 30_000;
const TICK_MS = 1_000;
/** The mark price stays this close to the index, as a fraction. */
const MOST_BASIS = 0.01;
/** Bound of what the interest rate may add to the premium, fraction. Source: both venues' funding rate formula. */
const INTEREST_BOUND = 0.0005;
const PAST_SETTLEMENTS = 200;
const MILLION = 1_000_000;

export interface MarkFeedOptions {
  readonly market: SimulatedMarket;
  readonly terms: PerpetualTerms;
  readonly clock: Clock;
  readonly random: SeededRandom;
  /** Price of the base on the spot venues, quote per base. */
  readonly index: () => number;
  /** Called when a funding interval is over, after the mark price of that moment. */
  readonly settle: (settlement: FundingSettlement) => void;
}

/** Index, mark price and funding rate of one perpetual, once a second. */
export class MarkFeed implements PerpetualPrices {
  indexTicks = 0;
  markTicks = 0;
  nextFundingAt: number;
  readonly fundingHistory: FundingSettlement[];
  readonly #options: MarkFeedOptions;
  readonly #listeners = new Set<() => void>();
  readonly #histories: Readonly<Record<'mark' | 'index', CandleHistory>>;
  #basis = 0;
  #premiums = { sum: 0, count: 0 };
  #forcedMark: number | undefined;
  #forcedRate: number | undefined;
  #timer: Timer | undefined;

  constructor(options: MarkFeedOptions) {
    this.#options = options;
    const { clock, terms } = options;
    const now = clock.now();
    this.nextFundingAt = (Math.floor(now / terms.fundingIntervalMs) + 1) * terms.fundingIntervalMs;
    this.#basis = this.#middle() - options.index();
    this.#move();
    const history = (): CandleHistory => new CandleHistory(options.market.pastTo(this.indexTicks), now);
    this.#histories = { mark: history(), index: history() };
    this.#remember(now);
    this.fundingHistory = pastSettlements(options, this.nextFundingAt, this.indexTicks);
  }

  start(): void {
    const tick = (): void => {
      this.#timer = this.#options.clock.setTimer(TICK_MS, tick, { background: true });
      this.#tick();
    };
    this.#timer = this.#options.clock.setTimer(TICK_MS, tick, { background: true });
  }

  close(): void {
    this.#timer?.cancel();
  }

  get fundingRateMillionths(): number {
    if (this.#forcedRate !== undefined) return this.#forcedRate;
    const { interestRate, maxFundingRate } = this.#options.terms;
    const { sum, count } = this.#premiums;
    const premium = count === 0 ? 0 : sum / count;
    const rate = premium + clamp(Number(interestRate) - premium, INTEREST_BOUND);
    return Math.round(clamp(rate, Number(maxFundingRate)) * MILLION) + 0;
  }

  candles(
    ...[kind, intervalMs, from, to]: Parameters<PerpetualPrices['candles']>
  ): ReturnType<PerpetualPrices['candles']> {
    return this.#histories[kind].candles(intervalMs, from, to, this.#options.clock.now());
  }

  onTick(callback: () => void): () => void {
    this.#listeners.add(callback);
    return () => void this.#listeners.delete(callback);
  }

  /** From now on the mark price is this, in units of `10^-markDecimals`; `undefined` = it follows the market again. */
  forceMark(ticks: number | undefined): void {
    this.#forcedMark = ticks;
    this.#publish();
  }

  /** From now on the funding rate is this; `undefined` = it follows the premium again. */
  forceRate(millionths: number | undefined): void {
    this.#forcedRate = millionths;
  }

  /** Ends the funding interval now; the next one ends when it would have. */
  settleNow(): void {
    this.#settle(Math.floor(this.#options.clock.now()));
  }

  #tick(): void {
    const { clock, terms } = this.#options;
    const [middle, index] = [this.#middle(), this.#options.index()];
    this.#basis += (middle - index - this.#basis) * (TICK_MS / SMOOTHING_MS);
    this.#premiums.sum += (middle - index) / index;
    this.#premiums.count++;
    this.#publish();
    for (const now = clock.now(); this.nextFundingAt <= now; ) {
      const at = this.nextFundingAt;
      this.nextFundingAt += terms.fundingIntervalMs;
      this.#settle(at);
    }
  }

  #publish(): void {
    this.#move();
    this.#remember(this.#options.clock.now());
    for (const listener of [...this.#listeners]) listener();
  }

  #remember(now: number): void {
    this.#histories.mark.add(now, this.markTicks, 0);
    this.#histories.index.add(now, this.indexTicks, 0);
  }

  #move(): void {
    const unit = 10 ** this.#options.terms.markDecimals;
    const index = this.#options.index();
    this.indexTicks = Math.max(1, Math.round(index * unit));
    const mark = Math.round((index + clamp(this.#basis, index * MOST_BASIS)) * unit);
    this.markTicks = this.#forcedMark ?? Math.max(1, mark);
  }

  #settle(at: number): void {
    const settlement = { at, rateMillionths: this.fundingRateMillionths, markTicks: this.markTicks };
    this.fundingHistory.push(settlement);
    this.#premiums = { sum: 0, count: 0 };
    this.#options.settle(settlement);
  }

  /** Of the book; the last price while a side is empty. */
  #middle(): number {
    const { engine, lastTicks, spec } = this.#options.market;
    const [bid, ask] = [engine.bids.best?.priceTicks, engine.asks.best?.priceTicks];
    return (bid === undefined || ask === undefined ? lastTicks : (bid + ask) / 2) / 10 ** spec.priceDecimals;
  }
}

/** What was paid before the simulator's start: invented, around the interest rate. */
function pastSettlements(
  { terms, random }: MarkFeedOptions,
  nextFundingAt: number,
  markTicks: number,
): FundingSettlement[] {
  const chance = random.fork('funding');
  const most = Math.round(Number(terms.maxFundingRate) * MILLION);
  const usual = Math.round(Number(terms.interestRate) * MILLION);
  return Array.from({ length: PAST_SETTLEMENTS }, (_, index) => ({
    at: nextFundingAt - (PAST_SETTLEMENTS - index) * terms.fundingIntervalMs,
    rateMillionths: Math.max(-most, Math.min(most, usual + (chance.chance(0.6) ? 0 : chance.int(241) - 160))),
    markTicks,
  }));
}

function clamp(value: number, bound: number): number {
  return Math.min(bound, Math.max(-bound, value));
}
