import type { Clock, Timer } from '../../transport/clock.js';
import type { SeededRandom } from '../../transport/seeded-random.js';
import type { SimulatedMarket } from '../market.js';
import type { FlowSettings } from './flow-options.js';
import { FLOW_OWNER, MakerLadder } from './maker-ladder.js';
import { OrderSize } from './order-size.js';
import type { VenuePrice } from './venue-price.js';

/** One timer per market: between two of its steps lie 5 ms to 1 s. */
const MIN_STEP_MS = 5;
const MAX_STEP_MS = 1_000;

/** The synthetic traders of one market: makers who keep a ladder around their price, and takers. */
export class MarketFlow {
  readonly #market: SimulatedMarket;
  readonly #clock: Clock;
  readonly #random: SeededRandom;
  readonly #settings: FlowSettings;
  readonly #price: VenuePrice;
  readonly #size: OrderSize;
  readonly #ladder: MakerLadder;
  readonly #stepMs: number;
  readonly #startedAt: number;
  #lastStepAt: number;
  #timer: Timer | undefined;

  /** Fills the book at once; it moves from {@link start} on. */
  constructor(options: {
    readonly market: SimulatedMarket;
    readonly clock: Clock;
    readonly random: SeededRandom;
    readonly settings: FlowSettings;
    readonly price: VenuePrice;
  }) {
    const { market, clock, random, settings } = options;
    this.#market = market;
    this.#clock = clock;
    this.#random = random;
    this.#settings = settings;
    this.#price = options.price;
    this.#size = new OrderSize(market.spec, random);
    this.#ladder = new MakerLadder({ market, random, size: this.#size, levels: settings.levels });
    this.#stepMs = Math.min(MAX_STEP_MS, Math.max(MIN_STEP_MS, 1_000 / settings.eventsPerSecond));
    this.#startedAt = clock.monotonic();
    this.#lastStepAt = this.#startedAt;
    this.#ladder.fill(this.#price.ticksAt(0));
  }

  start(): void {
    if (this.#settings.eventsPerSecond > 0) this.#arm();
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm(): void {
    const delayMs = Math.max(1, Math.round(this.#stepMs * (0.5 + this.#random.next())));
    this.#timer = this.#clock.setTimer(delayMs, () => this.#step(), { background: true });
  }

  #step(): void {
    this.#arm();
    const now = this.#clock.monotonic();
    const sinceLastMs = Math.min(MAX_STEP_MS, now - this.#lastStepAt);
    this.#lastStepAt = now;
    const fair = this.#price.ticksAt(now - this.#startedAt);
    if (this.#settings.levels > 0) this.#ladder.follow(fair);
    const burst = this.#random.chance(0.01) ? 6 : 1;
    const mean = (this.#settings.eventsPerSecond * sinceLastMs * burst) / 1_000;
    for (let left = Math.floor(mean + this.#random.next()); left > 0; left--) this.#act(fair);
  }

  #act(fair: number): void {
    if (this.#random.chance(this.#settings.takerShare)) this.#takeSome();
    else if (this.#settings.levels > 0) this.#ladder.stir(fair);
  }

  /** Mostly a part of the best level, now and then several levels; never the last one of a side. */
  #takeSome(): void {
    const buys = this.#random.chance(0.5);
    const ladder = buys ? this.#market.engine.asks : this.#market.engine.bids;
    if (ladder.size < 2) return;
    const lots = this.#size.taker();
    const worst = ladder.at(Math.min(ladder.size - 2, 8))!;
    this.#market.submit({
      owner: FLOW_OWNER,
      side: buys ? 'buy' : 'sell',
      lots,
      priceTicks: worst.priceTicks,
      timeInForce: 'ioc',
    });
  }
}
