import { describe, expect, expectTypeOf, it } from 'vitest';
import { asLive, type BookSource, type LiveBook } from '../../../src/arbitrage/detector/book-source.js';
import { Detector, type MarketHandle } from '../../../src/arbitrage/detector/detector.js';
import type { DetectorOptions } from '../../../src/arbitrage/detector/detector-options.js';
import { expectFunding, paymentsWithin } from '../../../src/arbitrage/detector/expect-funding.js';
import type { Opportunity, OpportunityEnd } from '../../../src/arbitrage/detector/opportunity.js';
import { createRecordedBook, type RecordedBook } from '../../../src/arbitrage/detector/recorded-book.js';
import { walkBooks } from '../../../src/arbitrage/detector/walk-books.js';
import { isExchangeError } from '../../../src/errors/exchange-error.js';
import type { MarketSymbol } from '../../../src/model/symbol.js';
import { createSeededRandom } from '../../../src/transport/seeded-random.js';
import { createVirtualClock } from '../../../src/transport/virtual-clock.js';

const levels = (...pairs: [number, number][]) => pairs.map(([price, quantity]) => ({ price, quantity }));

interface Watched {
  readonly book: RecordedBook;
  readonly handle: MarketHandle;
  show(bids: [number, number][], asks: [number, number][]): void;
}

function bench(options: DetectorOptions = {}, fee = 0.001) {
  const clock = createVirtualClock({});
  const detector = new Detector(clock, { minNotional: 1, ...options });
  const opened: Opportunity[] = [];
  const changed: Opportunity[] = [];
  const ended: OpportunityEnd[] = [];
  detector
    .on('opened', (one) => opened.push(one))
    .on('changed', (one) => changed.push(one))
    .on('ended', (one) => ended.push(one));
  const watch = (venue: string, symbol: MarketSymbol = 'BTC/USDT'): Watched => {
    const book = createRecordedBook(symbol, clock);
    const handle = detector.add({ venue, symbol, takerFee: fee });
    return {
      book,
      handle,
      show(bids, asks) {
        book.show(levels(...bids), levels(...asks));
        detector.update(handle, asLive(book) as LiveBook);
      },
    };
  };
  return { clock, detector, watch, opened, changed, ended };
}

describe('the walk through two books', () => {
  it('takes level after level while each further piece is worth it', () => {
    const asks = levels([100, 1], [100.5, 2], [102, 5]);
    const bids = levels([102, 1.5], [101, 10]);
    expect(walkBooks(asks, bids, { costFactor: 1.002, gainFactor: 0.999, maxNotional: 1e9 })).toEqual({
      quantity: 3,
      cost: 301,
      proceeds: 1.5 * 102 + 1.5 * 101,
      buyLimit: 100.5,
      sellLimit: 101,
      buyLevels: 2,
      sellLevels: 2,
    });
  });

  it('stops at the most that is bought, and at nothing when the best prices do not do', () => {
    const [asks, bids] = [levels([100, 5]), levels([101, 5])];
    expect(walkBooks(asks, bids, { costFactor: 1, gainFactor: 1, maxNotional: 250 }).quantity).toBe(2.5);
    expect(walkBooks(asks, bids, { costFactor: 1.02, gainFactor: 1, maxNotional: 250 }).quantity).toBe(0);
    expect(walkBooks([], bids, { costFactor: 1, gainFactor: 1, maxNotional: 250 }).quantity).toBe(0);
  });

  it('never earns less than what is asked for, and no next piece would earn as much', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = createSeededRandom(seed);
      const side = (up: number) =>
        Array.from({ length: 8 }, (_, at) => ({
          price: 100 + up * at * 0.2 + random.next() * 0.1 + (up < 0 ? 1.5 : 0),
          quantity: 1 + random.int(5),
        }));
      const [asks, bids] = [side(1).sort((a, b) => a.price - b.price), side(-1).sort((a, b) => b.price - a.price)];
      const terms = { costFactor: 1.003, gainFactor: 0.999, maxNotional: 1e9 };
      const { quantity, cost, proceeds, buyLevels, sellLevels } = walkBooks(asks, bids, terms);
      if (quantity === 0) {
        expect((bids[0]?.price ?? 0) * terms.gainFactor, `seed ${seed}`).toBeLessThan(
          (asks[0]?.price ?? 0) * terms.costFactor,
        );
        continue;
      }
      expect(proceeds * terms.gainFactor, `seed ${seed}`).toBeGreaterThanOrEqual(cost * terms.costFactor - 1e-9);
      const depth = (all: typeof asks, count: number) =>
        all.slice(0, count).reduce((sum, level) => sum + level.quantity, 0);
      expect(quantity).toBeLessThanOrEqual(Math.min(depth(asks, buyLevels), depth(bids, sellLevels)) + 1e-9);
    }
  });
});

describe('the detector', () => {
  it('finds a trade between spot markets with every number to check it by hand, and tells its end', async () => {
    const { clock, watch, opened, ended } = bench({ minProfitBps: 25 });
    const [one, two] = [watch('one'), watch('two')];
    one.show([[99, 1]], [[100, 2]]);
    await clock.advance(5);
    two.show([[101, 1]], [[101.5, 1]]);
    expect(opened).toEqual([
      {
        id: 'o1',
        kind: 'spot_spot',
        buy: {
          venue: 'one',
          symbol: 'BTC/USDT',
          kind: 'spot',
          averagePrice: 100,
          limitPrice: 100,
          bestPrice: 100,
          levels: 1,
          notional: 100,
          takerFee: 0.001,
          fees: 0.1,
          sequence: 0,
          updatedAt: clock.now() - 5,
          ageMs: 5,
        },
        sell: {
          venue: 'two',
          symbol: 'BTC/USDT',
          kind: 'spot',
          averagePrice: 101,
          limitPrice: 101,
          bestPrice: 101,
          levels: 1,
          notional: 101,
          takerFee: 0.001,
          fees: 0.101,
          sequence: 0,
          updatedAt: clock.now(),
          ageMs: 0,
        },
        quantity: 1,
        grossProfit: 1,
        fees: 0.201,
        netProfit: expect.closeTo(0.799, 12),
        netBps: expect.closeTo(79.9, 9),
        openedAt: clock.now(),
        seenAt: clock.now(),
      },
    ]);
    await clock.advance(100);
    two.show([[100.1, 1]], [[101.5, 1]]);
    expect(ended).toEqual([
      { id: 'o1', reason: 'price', endedAt: clock.now(), durationMs: 100, best: opened[0], last: opened[0] },
    ]);
  });

  it('asks for the fees of four executions where a position has to be closed again', () => {
    const { watch, opened } = bench({ minProfitBps: 25 });
    const [spot, perpetual] = [watch('one'), watch('one', 'BTC/USDT:USDT')];
    spot.show([[99.9, 1]], [[100, 1]]);
    perpetual.show([[100.6, 1]], [[100.7, 1]]);
    expect(opened).toEqual([]);
    perpetual.show([[100.7, 1]], [[100.8, 1]]);
    expect(opened).toMatchObject([{ kind: 'basis', buy: { fees: 0.2 }, sell: { fees: expect.closeTo(0.2014, 12) } }]);
  });

  it('counts the funding that is expected within the horizon, for and against', async () => {
    const { clock, detector, watch, opened, ended } = bench({ minProfitBps: 25, fundingHorizonMs: 8 * 3_600_000 });
    const [spot, perpetual] = [watch('one'), watch('one', 'BTC/USDT:USDT')];
    spot.show([[99.99, 1]], [[100, 1]]);
    perpetual.show([[100.2, 1]], [[100.3, 1]]);
    expect(opened).toEqual([]);
    const terms = { nextAt: clock.now() + 1_000, intervalMs: 8 * 3_600_000 };
    detector.setFunding(perpetual.handle, { rate: 0.006, ...terms });
    expect(opened).toMatchObject([{ kind: 'funding', funding: { bps: 60, payments: 1 } }]);
    detector.setFunding(perpetual.handle, { rate: -0.001, ...terms });
    expect(ended).toMatchObject([{ reason: 'price' }]);
  });

  it('never uses a book that is not live, by type and at run time', () => {
    const { detector, watch, opened, ended } = bench();
    const [one, two] = [watch('one'), watch('two')];
    one.show([[99, 1]], [[100, 2]]);
    two.show([[101, 1]], [[101.5, 1]]);
    expect(opened).toHaveLength(1);
    two.book.lose();
    expect(asLive(two.book)).toBeUndefined();
    detector.update(two.handle, two.book as unknown as LiveBook);
    expect(ended).toMatchObject([{ reason: 'stale' }]);
    one.show([[99, 1]], [[98, 2]]);
    expect(opened).toHaveLength(1);
    expectTypeOf<BookSource>().not.toExtend<Parameters<Detector['update']>[1]>();
  });

  it('ends what only time has made old', async () => {
    const { clock, detector, watch, ended } = bench({ maxAgeMs: 1_000 });
    const [one, two] = [watch('one'), watch('two')];
    one.show([[99, 1]], [[100, 2]]);
    two.show([[101, 1]], [[101.5, 1]]);
    detector.sweep();
    expect(ended).toEqual([]);
    await clock.advance(1_500);
    detector.sweep();
    expect(ended).toMatchObject([{ reason: 'stale', durationMs: 1_500 }]);
  });

  it('says when it is too small, and what it was at its best', () => {
    const { watch, opened, changed, ended } = bench({ minNotional: 50 });
    const [one, two] = [watch('one'), watch('two')];
    one.show([[99, 1]], [[100, 2]]);
    two.show([[101, 1]], [[101.5, 1]]);
    two.show([[101, 2]], [[101.5, 1]]);
    two.show([[101, 0.1]], [[101.5, 1]]);
    expect(changed).toMatchObject([{ quantity: 2 }]);
    expect(ended).toMatchObject([{ reason: 'size', best: { quantity: 2 }, last: { quantity: 2 } }]);
    expect(opened).toHaveLength(1);
  });

  it('compares markets of one base and quote only', () => {
    const { watch, opened } = bench();
    watch('one').show([[99, 1]], [[100, 2]]);
    watch('two', 'BTC/USDC').show([[200, 1]], [[201, 1]]);
    watch('two', 'ETH/USDT').show([[200, 1]], [[201, 1]]);
    expect(opened).toEqual([]);
  });

  it('withdraws everything when it is closed', () => {
    const { detector, watch, ended } = bench();
    const [one, two] = [watch('one'), watch('two')];
    one.show([[99, 1]], [[100, 2]]);
    two.show([[101, 1]], [[101.5, 1]]);
    detector.close();
    expect(ended).toMatchObject([{ reason: 'withdrawn' }]);
    expect(detector.open()).toEqual([]);
  });

  it('finds the same over a whole recording as a look at all pairs after each change', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = createSeededRandom(seed);
      const { detector, watch } = bench({ minProfitBps: 10 });
      const markets = ['a', 'b', 'c', 'd'].map((venue) => watch(venue));
      for (let step = 0; step < 60; step++) {
        const at = random.int(markets.length);
        const mid = 100 + random.int(10) / 10;
        markets[at]?.show([[mid - 0.05, 1 + random.int(3)]], [[mid + 0.05, 1 + random.int(3)]]);
        const expected = markets.flatMap((buy, i) =>
          markets.flatMap((sell, j) => {
            const [ask, bid] = [buy.book.bestAsk?.price ?? Number.NaN, sell.book.bestBid?.price ?? Number.NaN];
            return i !== j && bid * 0.999 >= ask * (1.001 + 0.001) ? [`${'abcd'[i]}${'abcd'[j]}`] : [];
          }),
        );
        const found = detector.open().map(({ buy, sell }) => `${buy.venue}${sell.venue}`);
        expect(found.sort(), `seed ${seed} step ${step}`).toEqual(expected.sort());
      }
    }
  });

  it.each([
    ['minProfitBps', { minProfitBps: Number.NaN }],
    ['maxAgeMs', { maxAgeMs: 0 }],
    ['minNotional', { minNotional: 20_000 }],
    ['minProfit', { minProfit: 1 }],
  ])('refuses a wrong option by its name: %s', (field, options) => {
    const failure = catchError(() => new Detector(createVirtualClock({}), options as DetectorOptions));
    expect(isExchangeError(failure, 'configuration') && 'field' in failure && failure.field).toBe(field);
  });

  it('refuses a market twice, a fee that cannot be and a handle of another detector', () => {
    const { detector, watch } = bench();
    watch('one');
    for (const wrong of [
      () => detector.add({ venue: 'one', symbol: 'BTC/USDT', takerFee: 0.001 }),
      () => detector.add({ venue: 'two', symbol: 'BTC/USDT', takerFee: 5 }),
      () => detector.withdraw(7 as MarketHandle),
    ]) {
      expect(isExchangeError(catchError(wrong), 'validation')).toBe(true);
    }
  });
});

describe('expected funding', () => {
  it('counts the payments of a time, also when the last told one has passed', () => {
    const hour = 3_600_000;
    expect(paymentsWithin({ rate: 0, nextAt: hour, intervalMs: 8 * hour }, 0, 8 * hour)).toBe(1);
    expect(paymentsWithin({ rate: 0, nextAt: hour, intervalMs: 8 * hour }, 0, 9 * hour)).toBe(2);
    expect(paymentsWithin({ rate: 0, nextAt: hour, intervalMs: 8 * hour }, 2 * hour, 6 * hour)).toBe(0);
    expect(paymentsWithin({ rate: 0, nextAt: hour, intervalMs: 8 * hour }, 2 * hour, 7 * hour)).toBe(1);
    expect(paymentsWithin({ rate: 0, nextAt: hour, intervalMs: 0 }, 0, hour)).toBe(0);
  });

  it('is paid by the long leg and received by the short one', () => {
    const terms = { nextAt: 10, intervalMs: 100 };
    expect(expectFunding({ rate: 0.001, ...terms }, { rate: 0.003, ...terms }, 0, 50)).toMatchObject({
      bps: 20,
      payments: 2,
    });
    expect(expectFunding(undefined, undefined, 0, 50)).toBeUndefined();
  });
});

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
