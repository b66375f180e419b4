import type { Decimal } from '../../src/model/decimal.js';
import type {
  LevelChange,
  MarketSpec,
  MarketView,
  TapeCandle,
  TapeTrade,
  TrueBook,
  TrueLevel,
} from '../../src/simulator/contract.js';
import type { Clock } from '../../src/transport/clock.js';

export const BTC_SPEC: MarketSpec = {
  symbol: 'BTC/USDT',
  base: 'BTC',
  quote: 'USDT',
  priceDecimals: 2,
  quantityDecimals: 8,
  startPrice: 65_000,
  minQuantity: '0.000001' as Decimal,
  minNotional: '1' as Decimal,
  makerFee: '0' as Decimal,
  takerFee: '0.0005' as Decimal,
};

/** A market that does only what a test tells it; everything is remembered. */
export class FakeMarketView implements MarketView {
  readonly spec: MarketSpec;
  readonly #clock: Clock;
  readonly #firstSequence: number;
  readonly #changes: LevelChange[] = [];
  readonly #trades: TapeTrade[] = [];
  readonly #levels = { bid: new Map<number, number>(), ask: new Map<number, number>() };
  candleList: readonly TapeCandle[] = [];
  stats = { openTicks: 0, highTicks: 0, lowTicks: 0, lastTicks: 0, baseLots: 0, quoteTickLots: 0 };

  constructor(clock: Clock, spec: MarketSpec = BTC_SPEC, firstSequence = 80_000_000_000) {
    this.#clock = clock;
    this.spec = spec;
    this.#firstSequence = firstSequence;
  }

  get sequence(): number {
    return this.#firstSequence + this.#changes.length;
  }

  get changedAt(): number {
    return this.#changes.at(-1)?.at ?? 0;
  }

  set(side: 'bid' | 'ask', priceTicks: number, lots: number): void {
    const levels = this.#levels[side];
    const previousLots = levels.get(priceTicks) ?? 0;
    this.#changes.push({ sequence: this.sequence + 1, side, priceTicks, lots, previousLots, at: this.#clock.now() });
    if (lots === 0) levels.delete(priceTicks);
    else levels.set(priceTicks, lots);
  }

  trade(takerSide: 'buy' | 'sell', priceTicks: number, lots: number): void {
    this.#trades.push({ id: this.#trades.length + 1, priceTicks, lots, takerSide, at: this.#clock.now() });
  }

  book(depth = Number.POSITIVE_INFINITY): TrueBook {
    const { bid, ask } = this.#levels;
    return { sequence: this.sequence, bids: sorted(bid, -1, depth), asks: sorted(ask, 1, depth) };
  }

  bookAt(sequence: number, depth = Number.POSITIVE_INFINITY): TrueBook | undefined {
    if (sequence < this.#firstSequence || sequence > this.sequence) return undefined;
    const levels = { bid: new Map<number, number>(), ask: new Map<number, number>() };
    for (const { side, priceTicks, lots } of this.#changes.slice(0, sequence - this.#firstSequence)) {
      if (lots === 0) levels[side].delete(priceTicks);
      else levels[side].set(priceTicks, lots);
    }
    return { sequence, bids: sorted(levels.bid, -1, depth), asks: sorted(levels.ask, 1, depth) };
  }

  changesSince(sequence: number): readonly LevelChange[] {
    return this.#changes.slice(Math.max(0, sequence - this.#firstSequence));
  }

  recentTrades(limit: number): readonly TapeTrade[] {
    return this.#trades.slice(-limit);
  }

  tradesSince(id: number): readonly TapeTrade[] {
    return this.#trades.slice(id);
  }

  candles(intervalMs: number, from: number, to: number): readonly TapeCandle[] {
    return this.candleList.filter(({ openedAt }) => openedAt % intervalMs === 0 && openedAt >= from && openedAt <= to);
  }

  statistics(): FakeMarketView['stats'] {
    return this.stats;
  }
}

function sorted(levels: ReadonlyMap<number, number>, sign: 1 | -1, depth: number): TrueLevel[] {
  return [...levels]
    .map(([priceTicks, lots]) => ({ priceTicks, lots }))
    .sort((a, b) => sign * (a.priceTicks - b.priceTicks))
    .slice(0, depth);
}
