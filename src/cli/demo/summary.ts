import type { LiveOrderBookState } from '../../index.js';
import { fixed, table } from '../render.js';
import type { LatencySamples } from './latency-samples.js';
import type { WatchedBook } from './watched-book.js';

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
  /** Applied book messages of all books together. */
  readonly messagesPerSecond: number;
  /** Receipt minus the venue's time. 0 without messages. */
  readonly latencyMs: { readonly p50: number; readonly p99: number };
  readonly faultsInjected: number;
}

/** @param messagesPerSecond applied book messages of all books together. */
export function summarize(
  books: readonly WatchedBook[],
  latency: LatencySamples,
  messagesPerSecond: number,
  faultsInjected: number,
): DemoSummary {
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
    faultsInjected,
  };
}

/** Whether every book was live at the end and none was ever wrong. */
export function isGood({ books }: DemoSummary): boolean {
  return books.length > 0 && books.every(({ state, divergences }) => state === 'live' && divergences === 0);
}

/**
 * The summary for people.
 * @param startedAt monotonic ms that the times count from; what came before shows as 0.
 * @param checked whether there was a truth to compare with.
 */
export function describeSummary(
  summary: DemoSummary,
  books: readonly WatchedBook[],
  startedAt: number,
  checked: boolean,
): string[] {
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
    '',
    'Summary',
    ...table([header, ...rows], 3),
    `${messagesPerSecond} book messages/s, latency p50 ${latencyMs.p50} ms, p99 ${latencyMs.p99} ms, faults ${faultsInjected}`,
    checked
      ? `${checks} comparisons with the simulated exchanges' own books`
      : 'nothing to compare with: real exchanges',
    isGood(summary) ? 'Good: all books live, none diverged.' : 'Failed: a book was not live at the end, or diverged.',
  ];
}

function describeTransitions({ venue, symbol, transitions }: WatchedBook, startedAt: number): string[] {
  return transitions.map(({ at, state, reason }) => {
    const seconds = fixed(Math.max(0, at - startedAt) / 1_000, 2).padStart(7);
    return `${seconds} s  ${venue} ${symbol} ${state}${reason === undefined ? '' : `: ${reason}`}`;
  });
}
