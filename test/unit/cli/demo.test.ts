import { describe, expect, it } from 'vitest';
import { LatencySamples } from '../../../src/cli/demo/latency-samples.js';
import { type DemoSummary, isGood } from '../../../src/cli/demo/summary.js';
import { equalsTruth } from '../../../src/cli/demo/truth.js';
import { edgeBps } from '../../../src/cli/demo/view.js';
import type { WatchedBook } from '../../../src/cli/demo/watched-book.js';
import { summarizePerpetual } from '../../../src/cli/demo/watched-perpetual.js';
import { decimalsOf, fixed, table } from '../../../src/cli/render.js';
import type { LiveOrderBookState } from '../../../src/index.js';
import type { Level } from '../../../src/model/order-book.js';
import type { SimulatedBook } from '../../../src/simulator/index.js';

type Pairs = Array<[price: number, quantity: number]>;

/** A book with these levels at sequence 5, and a simulator that knows sequence 5 only. */
function compare(shown: Pairs, truth: Pairs, sequence = 5): boolean {
  const levels = (pairs: Pairs): Level[] => pairs.map(([price, quantity]) => ({ price, quantity }));
  const simulator = {
    book: (_venue: string, _symbol: string, options: { sequence?: number } = {}): SimulatedBook | undefined =>
      options.sequence === 5 ? { sequence: 5, bids: truth, asks: [[11, 1]] } : undefined,
  };
  return equalsTruth(simulator, 'mexc_spot', {
    symbol: 'BTC/USDT',
    sequence,
    reliableDepth: 2,
    snapshot: () => ({ symbol: 'BTC/USDT', bids: levels(shown), asks: levels([[11, 1]]), receivedAt: 0 }),
  });
}

describe('the comparison with the truth', () => {
  const truth: Pairs = [
    [10, 1],
    [9, 2],
  ];

  it('accepts an equal book', () => {
    expect(compare([...truth], truth)).toBe(true);
  });

  it.each<[string, Pairs]>([
    [
      'another quantity',
      [
        [10, 1],
        [9, 2.5],
      ],
    ],
    [
      'another price',
      [
        [10, 1],
        [8, 2],
      ],
    ],
    ['a missing level', [[10, 1]]],
    [
      'a level too many',
      [
        [10, 1],
        [9, 2],
        [8, 3],
      ],
    ],
  ])('catches %s', (_what, shown) => {
    expect(compare(shown, truth)).toBe(false);
  });

  it('catches a sequence number that the exchange never had', () => {
    expect(compare([...truth], truth, 6)).toBe(false);
  });
});

describe('the verdict', () => {
  const summary = (state: LiveOrderBookState, divergences: number): DemoSummary => ({
    venues: ['mexc_spot'],
    books: [{ venue: 'mexc_spot', symbol: 'BTC/USDT', state, updates: 9, resyncs: 1, divergences }],
    perpetuals: [],
    hedges: [],
    messagesPerSecond: 1,
    latencyMs: { p50: 1, p99: 2 },
    faultsInjected: 1,
    trading: [{ venue: 'mexc_spot', orders: 1, fills: 1, recovered: 1, duplicates: 0, problems: [] }],
    ledgerBalanced: true,
  });

  it('is not good when an order came twice, something went wrong, or the books do not add up', () => {
    const good = summary('live', 0);
    const trader = good.trading[0] as DemoSummary['trading'][number];
    expect(
      [
        { ...good, trading: [{ ...trader, duplicates: 1 }] },
        { ...good, trading: [{ ...trader, problems: ['timeout'] }] },
        { ...good, ledgerBalanced: false },
        { ...good, trading: [], ledgerBalanced: false },
      ].map(isGood),
    ).toEqual([false, false, false, true]);
  });

  it('is not good when a perpetual has no price or no basis', () => {
    const perpetual = { venue: 'mexc_futures', symbol: 'BTC/USDT:USDT', markPrice: 100, fundingRate: 0, basisBps: 0 };
    expect(
      [perpetual, { ...perpetual, markPrice: 0 }, { ...perpetual, basisBps: undefined }].map((one) =>
        isGood({ ...summary('live', 0), perpetuals: [one] }),
      ),
    ).toEqual([true, false, false]);
  });

  it('is good only for live books that never diverged', () => {
    expect([summary('live', 0), summary('live', 1), summary('stale', 0), summary('closed', 0)].map(isGood)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('is not good when nothing was watched', () => {
    expect(isGood({ ...summary('live', 0), books: [] })).toBe(false);
  });
});

describe('figures of the demo', () => {
  it('measures the basis from the mid of spot of the same exchange, and not while a book is not live', () => {
    const markets = { symbol: 'BTC/USDT:USDT', spotVenue: 'mexc_spot', spotSymbol: 'BTC/USDT' } as const;
    const perpetual = {
      venue: 'mexc_futures',
      ...markets,
      markPrice: 7,
      fundingRate: 0.0001,
      nextFundingAt: 1,
    } as const;
    const book = (venue: string, symbol: string, mid: number | undefined) =>
      ({ venue, symbol, book: { mid } }) as unknown as WatchedBook;
    const basis = (spotMid: number | undefined) =>
      summarizePerpetual(perpetual, [
        book('gateio_spot', 'BTC/USDT', 50),
        book('mexc_spot', 'ETH/USDT', 60),
        book('mexc_spot', 'BTC/USDT', spotMid),
        book('mexc_futures', 'BTC/USDT:USDT', 100.5),
      ]);
    expect(basis(100)).toEqual({
      venue: 'mexc_futures',
      symbol: 'BTC/USDT:USDT',
      markPrice: 7,
      fundingRate: 0.0001,
      basisBps: expect.closeTo(50, 9),
    });
    expect(basis(undefined).basisBps).toBeUndefined();
  });

  it('computes the edge after both taker fees', () => {
    expect(edgeBps(100, 0, 101, 0)).toBeCloseTo(100, 9);
    expect(edgeBps(100, 0.001, 100, 0.001)).toBeCloseTo(-19.98, 2);
  });

  it('takes percentiles of the newest samples only', () => {
    const samples = new LatencySamples(100);
    expect(samples.percentiles()).toBeUndefined();
    for (let ms = -500; ms <= 100; ms++) samples.add(ms);
    samples.add(Number.NaN);
    expect(samples.percentiles()).toEqual({ p50: 50, p99: 99 });
  });

  it('prints numbers with the decimals of the market and a dash for none', () => {
    expect([decimalsOf('0.010'), decimalsOf('1'), fixed(2.5, decimalsOf('0.01')), fixed(undefined, 2)]).toEqual([
      2,
      0,
      '2.50',
      '-',
    ]);
    expect(fixed(Number.POSITIVE_INFINITY, 0)).toBe('-');
  });

  it('aligns columns', () => {
    expect(
      table(
        [
          ['a', '1'],
          ['bbb', '22'],
        ],
        1,
      ),
    ).toEqual(['a     1', 'bbb  22']);
  });
});
