import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import type { SeededRandom } from '../transport/seeded-random.js';
import { CandleHistory } from './candles/candle-history.js';
import { SeededPast } from './candles/seeded-past.js';
import type { LevelChange, MarketSpec, MarketView, TapeCandle, TapeTrade, TrueBook } from './contract.js';
import { Journal, undo } from './journal.js';
import { MatchingEngine } from './matching/engine.js';
import type { Execution, NewOrder } from './matching/order.js';
import { Ring } from './ring.js';
import { unitValue } from './units.js';

/** Newest trades that are kept; candles and statistics outlive them. */
const TAPE_TRADES = 10_000;

const DAY_MS = 86_400_000;

/** Quote value of a typical day in the seeded past. */
const PAST_NOTIONAL_PER_DAY = 20_000_000;

/** Venues count their book changes from here on: above 2^32, far below 2^53. */
const FIRST_SEQUENCE = 20_000_000_000;

/** Hears every step of a market, in order. */
export interface MarketObserver {
  change(symbol: MarketSymbol, change: LevelChange): void;
  trade(symbol: MarketSymbol, trade: TapeTrade): void;
}

/** One simulated market: its engine, and everything that happened in it. */
export class SimulatedMarket implements MarketView {
  readonly spec: MarketSpec;
  readonly engine = new MatchingEngine();
  readonly #clock: Clock;
  readonly #journal: Journal;
  readonly #tape = new Ring<TapeTrade>(TAPE_TRADES);
  readonly #startTicks: number;
  readonly #startedAt: number;
  readonly #pastSeed: number;
  #history: CandleHistory | undefined;
  #changedAt: number;
  #lastTicks: number;
  readonly #deferred: Array<() => void> = [];
  #settles = false;

  constructor(spec: MarketSpec, clock: Clock, random: SeededRandom) {
    this.spec = spec;
    this.#clock = clock;
    this.#startedAt = clock.now();
    this.#changedAt = this.#startedAt;
    this.#journal = new Journal(FIRST_SEQUENCE + random.int(50_000_000_000));
    this.#pastSeed = random.int(0x1_0000_0000) | 0;
    this.#startTicks = Math.round(spec.startPrice * 10 ** spec.priceDecimals);
    this.#lastTicks = this.#startTicks;
  }

  /** From now on every step is numbered, kept and reported; what the book holds already is its beginning. */
  open(observer: MarketObserver): void {
    const { symbol } = this.spec;
    this.engine.listen({
      level: (side, priceTicks, lots, previousLots) => {
        const at = this.#clock.now();
        this.#changedAt = at;
        observer.change(symbol, this.#journal.push(side, priceTicks, lots, previousLots, at));
      },
      trade: (priceTicks, lots, takerSide, maker, taker) => {
        // Candles must know every trade: they read the tape before it forgets its first.
        if (this.#tape.total === TAPE_TRADES) this.#candles();
        const trade = { id: this.#tape.total + 1, priceTicks, lots, takerSide, at: this.#clock.now() };
        this.#tape.push(trade);
        this.#lastTicks = priceTicks;
        this.#history?.add(trade.at, priceTicks, lots);
        observer.trade(symbol, trade);
        maker.handler?.fill(trade, 'maker', taker.handler);
        taker.handler?.fill(trade, 'taker', maker.handler);
      },
    });
  }

  get sequence(): number {
    return this.#journal.sequence;
  }

  get changedAt(): number {
    return this.#changedAt;
  }

  /** Price of the newest trade; before the first one, the start price. */
  get lastTicks(): number {
    return this.#lastTicks;
  }

  /** The sequence number so many steps ago, or the lowest one that the book can be taken back to. */
  sequenceBehind(steps: number): number {
    return Math.max(this.#journal.reach, this.sequence - steps);
  }

  submit(order: NewOrder): Execution {
    const execution = this.engine.submit(order);
    this.settle();
    return execution;
  }

  /** For the middle of a match: `task` may submit and cancel, so it waits until the match is over. */
  defer(task: () => void): void {
    this.#deferred.push(task);
  }

  /** Does what was deferred. Whoever submits to the engine itself calls it afterwards. */
  settle(): void {
    if (this.#settles) return;
    this.#settles = true;
    for (let task = this.#deferred.shift(); task !== undefined; task = this.#deferred.shift()) task();
    this.#settles = false;
  }

  /** The past of this market at another end: that of an index, say. */
  pastTo(endTicks: number): SeededPast {
    return new SeededPast({
      seed: this.#pastSeed,
      endTicks,
      endsAt: this.#startedAt,
      lotsPerDay: Math.max(1_000, (PAST_NOTIONAL_PER_DAY / unitValue(this.spec)) * 10 ** this.spec.quantityDecimals),
    });
  }

  book(depth: number = Number.POSITIVE_INFINITY): TrueBook {
    return { sequence: this.sequence, bids: this.engine.bids.copy(depth), asks: this.engine.asks.copy(depth) };
  }

  bookAt(sequence: number, depth: number = Number.POSITIVE_INFINITY): TrueBook | undefined {
    if (sequence === this.sequence) return this.book(depth);
    if (!(sequence < this.sequence && sequence >= this.#journal.reach)) return undefined;
    const changes = this.#journal.since(sequence);
    const bids = undo(this.engine.bids.copy(Number.POSITIVE_INFINITY), changes, 'bid');
    const asks = undo(this.engine.asks.copy(Number.POSITIVE_INFINITY), changes, 'ask');
    return { sequence, bids: bids.slice(0, depth), asks: asks.slice(0, depth) };
  }

  changesSince(sequence: number): readonly LevelChange[] {
    return this.#journal.since(sequence);
  }

  recentTrades(limit: number): readonly TapeTrade[] {
    return this.#tape.from(this.#tape.total - Math.max(0, limit));
  }

  tradesSince(id: number): readonly TapeTrade[] {
    return this.#tape.from(id);
  }

  candles(intervalMs: number, from: number, to: number): readonly TapeCandle[] {
    return this.#candles().candles(intervalMs, from, to, this.#clock.now());
  }

  statistics(): ReturnType<MarketView['statistics']> {
    const now = this.#clock.now();
    const { openTicks, highTicks, lowTicks, baseLots, quoteTickLots } = this.#candles().since(now - DAY_MS, now);
    return { openTicks, highTicks, lowTicks, lastTicks: this.#lastTicks, baseLots, quoteTickLots };
  }

  /** Made on first use: most short-lived worlds never ask for candles. */
  #candles(): CandleHistory {
    this.#history ??= this.#createHistory();
    return this.#history;
  }

  #createHistory(): CandleHistory {
    const history = new CandleHistory(this.pastTo(this.#startTicks), this.#startedAt);
    for (const trade of this.#tape.from(0)) history.add(trade.at, trade.priceTicks, trade.lots);
    return history;
  }
}
