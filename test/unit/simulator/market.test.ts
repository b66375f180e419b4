import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LevelChange, TapeTrade } from '../../../src/simulator/contract.js';
import { SimulatedMarket } from '../../../src/simulator/market.js';
import { completeMarketSpec } from '../../../src/simulator/market-spec.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

const START = Date.UTC(2026, 0, 15, 10, 20, 30, 400);
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

function createMarket() {
  const clock = createVirtualClock({ startAt: START });
  const spec = completeMarketSpec(
    { symbol: 'ABC/USDT', startPrice: 100, priceDecimals: 1, quantityDecimals: 2 },
    { makerFee: '0', takerFee: '0.001' },
    'markets[0]',
  );
  const market = new SimulatedMarket(spec, clock, createSeededRandom(11));
  const changes: LevelChange[] = [];
  const trades: TapeTrade[] = [];
  market.open({ change: (_symbol, change) => changes.push(change), trade: (_symbol, trade) => trades.push(trade) });
  return { clock, market, changes, trades };
}

/** One trade at this price. */
function trade(market: SimulatedMarket, priceTicks: number, lots: number): void {
  market.submit({ owner: 'a', side: 'sell', priceTicks, lots });
  market.submit({ owner: 'b', side: 'buy', priceTicks, lots });
}

describe('SimulatedMarket', () => {
  it('gives each change a sequence number of its own, from above 2^32', () => {
    const { market, changes } = createMarket();
    const start = market.sequence;
    expect(start).toBeGreaterThan(2 ** 32);
    market.submit({ owner: 'a', side: 'buy', priceTicks: 990, lots: 4 });
    market.submit({ owner: 'a', side: 'sell', priceTicks: 990, lots: 1 });
    expect(changes).toEqual([
      { sequence: start + 1, side: 'bid', priceTicks: 990, lots: 4, previousLots: 0, at: START },
      { sequence: start + 2, side: 'bid', priceTicks: 990, lots: 3, previousLots: 4, at: START },
    ]);
    expect(market.changesSince(start)).toEqual(changes);
    expect(market.book()).toEqual({ sequence: start + 2, bids: [{ priceTicks: 990, lots: 3 }], asks: [] });
  });

  it('takes the book back to any sequence number, at any depth', () => {
    const step = fc.record({
      side: fc.constantFrom('buy' as const, 'sell' as const),
      priceTicks: fc.integer({ min: 1, max: 15 }),
      lots: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), fc.integer({ min: 1, max: 20 }), (steps, depth) => {
        const { market } = createMarket();
        const seen = [market.book()];
        for (const order of steps) {
          const before = market.sequence;
          market.submit({ owner: 'a', ...order });
          if (market.sequence === before + 1) seen.push(market.book());
        }
        for (const book of seen) {
          const { sequence, bids, asks } = book;
          expect(market.bookAt(sequence, depth)).toEqual({
            sequence,
            bids: bids.slice(0, depth),
            asks: asks.slice(0, depth),
          });
        }
      }),
    );
  });

  it('has no book of the future, and none from before its start', () => {
    const { market } = createMarket();
    expect(market.bookAt(market.sequence + 1)).toBeUndefined();
    expect(market.bookAt(market.sequence - 1)).toBeUndefined();
    expect(market.bookAt(Number.NaN)).toBeUndefined();
  });

  it('prints one trade per resting order on the tape, newest last', () => {
    const { market, trades } = createMarket();
    market.submit({ owner: 'a', side: 'sell', priceTicks: 1_000, lots: 2 });
    market.submit({ owner: 'a', side: 'sell', priceTicks: 1_001, lots: 2 });
    market.submit({ owner: 'b', side: 'buy', lots: 3 });
    expect(trades).toEqual([
      { id: 1, priceTicks: 1_000, lots: 2, takerSide: 'buy', at: START },
      { id: 2, priceTicks: 1_001, lots: 1, takerSide: 'buy', at: START },
    ]);
    expect(market.recentTrades(1)).toEqual([trades[1]]);
    expect(market.recentTrades(0)).toEqual([]);
    expect(market.tradesSince(1)).toEqual([trades[1]]);
  });

  it('makes candles of the tape, and flat ones where nothing traded', async () => {
    const { clock, market } = createMarket();
    await clock.runUntil(START + 2 * MINUTE);
    trade(market, 1_010, 5);
    trade(market, 1_030, 1);
    trade(market, 1_000, 2);
    await clock.advance(2 * MINUTE);
    trade(market, 990, 4);
    const from = Date.UTC(2026, 0, 15, 10, 22);
    expect(market.candles(MINUTE, from, clock.now() + HOUR)).toEqual([
      bar(from, 1_010, 1_030, 1_000, 1_000, 8, 5 * 1_010 + 1_030 + 2 * 1_000),
      bar(from + MINUTE, 1_000, 1_000, 1_000, 1_000, 0, 0),
      bar(from + 2 * MINUTE, 990, 990, 990, 990, 4, 4 * 990),
    ]);
  });

  it('keeps candles right although the tape has forgotten the trades', async () => {
    const { clock, market } = createMarket();
    await clock.advance(MINUTE);
    trade(market, 1_200, 1);
    for (let i = 0; i < 12_000; i++) trade(market, 1_000, 1);
    expect(market.recentTrades(100_000)).toHaveLength(10_000);
    const [candle] = market.candles(MINUTE, Date.UTC(2026, 0, 15, 10, 21), clock.now());
    expect(candle).toEqual(bar(Date.UTC(2026, 0, 15, 10, 21), 1_200, 1_200, 1_000, 1_000, 12_001, 12_001_200));
  });

  it('has a past that is the same for the same seed, ends near the start price and holds together', () => {
    const { market } = createMarket();
    const midnight = Date.UTC(2026, 0, 14);
    const hours = market.candles(HOUR, midnight, midnight + DAY - 1);
    expect(hours).toHaveLength(24);
    expect(hours).toEqual(createMarket().market.candles(HOUR, midnight, midnight + DAY - 1));
    const [day] = market.candles(DAY, midnight, midnight);
    expect(summary(hours)).toEqual(summary([day!]));
    for (const hour of hours.slice(0, 3)) {
      const minutes = market.candles(MINUTE, hour.openedAt, hour.openedAt + HOUR - 1);
      expect(summary(minutes)).toEqual(summary([hour]));
      const seconds = market.candles(1_000, hour.openedAt, hour.openedAt + HOUR - 1);
      expect(summary(seconds)).toEqual(summary([hour]));
    }
    const last = market.candles(MINUTE, START - MINUTE, START).at(-1)!;
    expect(Math.abs(last.closeTicks / 1_000 - 1)).toBeLessThan(0.02);
  });

  it('joins the past and the tape in the candle that was open at the start', async () => {
    const { clock, market } = createMarket();
    const opened = Date.UTC(2026, 0, 15, 10);
    const [before] = market.candles(HOUR, opened, opened);
    const parts = market.candles(1_000, opened, START - 1_000);
    expect(summary([before!])).toEqual(summary(parts));
    await clock.advance(5 * MINUTE);
    trade(market, 5_000, 3);
    const [after] = market.candles(HOUR, opened, opened);
    expect(after).toEqual({
      ...before,
      highTicks: 5_000,
      closeTicks: 5_000,
      baseLots: before!.baseLots + 3,
      quoteTickLots: before!.quoteTickLots + 15_000,
    });
    await clock.advance(DAY);
    expect(market.candles(HOUR, opened, opened)).toEqual([after]);
    const [day] = market.candles(DAY, opened - 10 * HOUR, opened - 10 * HOUR);
    expect(day!.baseLots).toBeGreaterThan(after!.baseLots);
    expect(summary([day!])).toEqual(summary(market.candles(HOUR, day!.openedAt, day!.openedAt + DAY - HOUR)));
  });

  it('counts the last 24 hours, the past included, and the last price from the tape', async () => {
    const { clock, market } = createMarket();
    expect(market.statistics().lastTicks).toBe(1_000);
    trade(market, 5_000, 3);
    const first = market.statistics();
    expect(first).toMatchObject({ highTicks: 5_000, lastTicks: 5_000 });
    expect(first.baseLots).toBeGreaterThan(3);
    await clock.advance(2 * DAY);
    trade(market, 900, 2);
    const later = { openTicks: 900, highTicks: 900, lowTicks: 900, lastTicks: 900, baseLots: 2, quoteTickLots: 1_800 };
    expect(market.statistics()).toEqual(later);
  });

  it('never has a bar whose open, close or mean price lies outside low and high', () => {
    const { market } = createMarket();
    for (const [interval, count] of [
      [1_000, 200],
      [MINUTE, 500],
      [HOUR, 500],
      [DAY, 500],
      [7 * DAY, 100],
    ] as const) {
      for (const candle of market.candles(interval, START - count * interval, START)) {
        const { openTicks, closeTicks, highTicks, lowTicks, baseLots, quoteTickLots } = candle;
        expect(lowTicks).toBeGreaterThanOrEqual(1);
        expect(lowTicks).toBeLessThanOrEqual(Math.min(openTicks, closeTicks));
        expect(highTicks).toBeGreaterThanOrEqual(Math.max(openTicks, closeTicks));
        expect(quoteTickLots).toBeGreaterThanOrEqual(lowTicks * baseLots);
        expect(quoteTickLots).toBeLessThanOrEqual(highTicks * baseLots);
      }
    }
  });
});

function bar(
  openedAt: number,
  openTicks: number,
  highTicks: number,
  lowTicks: number,
  closeTicks: number,
  baseLots: number,
  quoteTickLots: number,
) {
  return { openedAt, openTicks, highTicks, lowTicks, closeTicks, baseLots, quoteTickLots };
}

type Bars = ReadonlyArray<ReturnType<typeof bar>>;

function summary(bars: Bars) {
  return {
    open: bars[0]!.openTicks,
    high: Math.max(...bars.map((each) => each.highTicks)),
    low: Math.min(...bars.map((each) => each.lowTicks)),
    close: bars.at(-1)!.closeTicks,
    lots: bars.reduce((sum, each) => sum + each.baseLots, 0),
  };
}
