import type { LiveOrderBookState } from '../../index.js';
import { fixed, table } from '../render.js';
import type { Hedge } from './hedge/hedge.js';
import { describeHedges, type HedgeSummary, isGoodHedge } from './hedge/hedge-summary.js';
import type { LatencySamples } from './latency-samples.js';
import { describeStrategy, isGoodStrategy, type StrategyDemo, type StrategySummary } from './strategy/strategy-demo.js';
import type { Trader, TradingSummary } from './trader.js';
import type { WatchedBook } from './watched-book.js';
import type { PerpetualSummary } from './watched-perpetual.js';

/** What the demo found; printed by `--json` as it is. */
export interface DemoSummary {
  readonly venues: readonly string[];
  readonly books: readonly {
    readonly venue: string;
    readonly symbol: string;
    /** At the end. */
    readonly state: LiveOrderBookState;
    readonly updates: number;
    readonly resyncs: number;
    readonly divergences: number;
  }[];
  readonly perpetuals: readonly PerpetualSummary[];
  /** Applied book messages of all books together. */
  readonly messagesPerSecond: number;
  /** Receipt minus the venue's time. 0 without messages. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly faultsInjected: number;
  /** Empty on real exchanges. */
  readonly trading: readonly TradingSummary[];
  /** Empty on real exchanges. */
  readonly hedges: readonly HedgeSummary[];
  /** Whether the books of the simulated exchanges add up, to the last digit. */
  readonly ledgerBalanced: boolean;
  /** Absent on real exchanges. */
  readonly strategy?: StrategySummary | undefined;
}

interface DemoResult extends Omit<DemoSummary, 'venues' | 'books' | 'latencyMs'> {
  readonly books: readonly WatchedBook[];
  readonly latency: LatencySamples;
}

export function summarize({ books, latency, messagesPerSecond, ...rest }: DemoResult): DemoSummary {
  return {
    venues: [...new Set(books.map(({ venue }) => venue))],
    books: books.map(({ venue, symbol, book, updates, resyncs, divergences }) => ({
      venue,
      symbol,
      state: book.state,
      updates,
      resyncs,
      divergences,
    })),
    messagesPerSecond: Math.round(messagesPerSecond * 10) / 10,
    latencyMs: latency.percentiles() ?? { p50: 0, p99: 0 },
    ...rest,
  };
}

/** Whether every book was live at the end and none was ever wrong, and every order and hedge went as it should. */
export function isGood({ books, perpetuals, trading, hedges, ledgerBalanced, strategy }: DemoSummary): boolean {
  const booksAreGood =
    books.length > 0 && books.every(({ state, divergences }) => state === 'live' && divergences === 0);
  const tradingIsGood =
    trading.length === 0 ||
    (ledgerBalanced && trading.every(({ duplicates, problems }) => duplicates === 0 && problems.length === 0));
  const perpetualsAreGood = perpetuals.every(({ markPrice, basisBps }) => markPrice > 0 && basisBps !== undefined);
  const hedgesAreGood = hedges.every(isGoodHedge);
  const strategyIsGood = strategy === undefined || isGoodStrategy(strategy);
  return booksAreGood && perpetualsAreGood && tradingIsGood && hedgesAreGood && strategyIsGood;
}

interface DemoReport {
  readonly summary: DemoSummary;
  readonly books: readonly WatchedBook[];
  readonly traders: readonly Trader[];
  readonly hedges: readonly Hedge[];
  readonly strategy: StrategyDemo | undefined;
  /** Monotonic ms that the times count from; what came before shows as 0. */
  readonly startedAt: number;
  /** Whether there was a truth to compare with. */
  readonly checked: boolean;
}

const STRATEGY = 'Strategy: spot, perpetual and spot somewhere else, in paper mode';

/** The summary for people. */
export function describeSummary({
  summary,
  books,
  traders,
  hedges,
  strategy,
  startedAt,
  checked,
}: DemoReport): string[] {
  const checks = books.reduce((sum, book) => sum + book.checks, 0);
  const { messagesPerSecond, latencyMs, faultsInjected } = summary;
  const header = ['venue', 'symbol', 'state', 'updates', 'resyncs', 'divergences'];
  const rows = summary.books.map((book) => [
    book.venue,
    book.symbol,
    book.state,
    String(book.updates),
    String(book.resyncs),
    checked ? String(book.divergences) : 'not checked',
  ]);
  return [
    'Changes of state',
    ...books.flatMap((book) => describeTransitions(book, startedAt)),
    ...traders.flatMap((trader) => describeOrders(trader, startedAt)),
    ...hedges.flatMap(({ venue, life }) => describeLife(`Hedge: spot against ${venue}`, life, startedAt)),
    ...(strategy === undefined ? [] : describeLife(STRATEGY, strategy.life, startedAt)),
    '',
    'Summary',
    ...table([header, ...rows], 3),
    `${messagesPerSecond} book messages/s, latency p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms, faults ${faultsInjected}`,
    checked
      ? `${checks} comparisons with the simulated exchanges' own books`
      : 'nothing to compare with: real exchanges',
    ...summary.trading.map(describeTrading),
    ...(summary.trading.length > 0 ? [`ledgers ${summary.ledgerBalanced ? 'add up' : 'do not add up'}`] : []),
    ...(summary.strategy === undefined ? [] : [describeStrategy(summary.strategy)]),
    ...describeHedges(summary.hedges),
    '',
    isGood(summary)
      ? 'Good: all books live, none diverged, every order accounted for.'
      : 'Failed: a book was not live at the end or diverged, or an order or a hedge went wrong.',
  ];
}

function describeTransitions({ venue, symbol, transitions }: WatchedBook, startedAt: number): string[] {
  return transitions.map(({ at, state, reason }) => {
    return `${secondsSince(startedAt, at)} s  ${venue} ${symbol} ${state}${reason === undefined ? '' : `: ${reason}`}`;
  });
}

function describeOrders({ venue, life }: Trader, startedAt: number): string[] {
  return describeLife(
    `Orders at ${venue}`,
    life.map(({ at, text }) => ({ at, text: `${venue} ${text}` })),
    startedAt,
  );
}

function describeLife(title: string, life: StrategyDemo['life'], startedAt: number): string[] {
  return ['', title, ...life.map(({ at, text }) => `${secondsSince(startedAt, at)} s  ${text}`)];
}

function describeTrading({ venue, orders, fills, recovered, duplicates, problems }: TradingSummary): string {
  const counts = `${orders} orders, ${fills} fills, ${recovered} found after a lost answer, ${duplicates} duplicates`;
  return `${venue}: ${counts}${problems.map((problem) => `; ${problem}`).join('')}`;
}

function secondsSince(startedAt: number, at: number): string {
  return fixed(Math.max(0, at - startedAt) / 1_000, 2).padStart(7);
}
