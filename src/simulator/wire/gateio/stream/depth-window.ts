import type { LevelChange, MarketView, TrueBook, TrueLevel } from '../../../contract.js';

/** All steps of the book from `first` to `last`, as far as the window shows them. */
export interface DepthStep {
  readonly first: number;
  readonly last: number;
  /** What the levels became, best price first; 0 lots = gone. */
  readonly bids: readonly TrueLevel[];
  readonly asks: readonly TrueLevel[];
  /** The levels are those of the whole window and replace everything before; the steps in between are not told. */
  readonly full: boolean;
}

/** Follows the best `levels` of each side. Only a change is ever told: a level that slides in or out unchanged is not. */
export interface DepthWindow {
  /** Forgets the past and returns the window as it is now. */
  restart(): DepthStep;
  /** What happened since; `undefined` when nothing did. */
  advance(): DepthStep | undefined;
}

/** The outermost price of each side; without a limit while the side has fewer levels than the window. */
interface Edges {
  readonly bid: number;
  readonly ask: number;
}

/** @param levels per side, above zero. */
export function createDepthWindow(market: MarketView, levels: number): DepthWindow {
  let sequence = market.sequence;
  let edges: Edges = { bid: Number.NEGATIVE_INFINITY, ask: Number.POSITIVE_INFINITY };

  const restart = (): DepthStep => {
    const book = market.book(levels);
    sequence = book.sequence;
    edges = edgesOf(book, levels);
    return { first: sequence, last: sequence, bids: book.bids, asks: book.asks, full: true };
  };
  const advance = (): DepthStep | undefined => {
    if (market.sequence === sequence) return undefined;
    const changes = market.changesSince(sequence);
    if (changes[0]?.sequence !== sequence + 1) return restart();
    const before = edges;
    const first = sequence + 1;
    const book = market.book(levels);
    sequence = book.sequence;
    edges = edgesOf(book, levels);
    const bidEdge = Math.min(before.bid, edges.bid);
    const askEdge = Math.max(before.ask, edges.ask);
    const bids = lastPerLevel(changes, 'bid', (ticks) => ticks >= bidEdge);
    const asks = lastPerLevel(changes, 'ask', (ticks) => ticks <= askEdge);
    return { first, last: sequence, bids, asks, full: false };
  };
  return { restart, advance };
}

function edgesOf({ bids, asks }: TrueBook, levels: number): Edges {
  return {
    bid: bids[levels - 1]?.priceTicks ?? Number.NEGATIVE_INFINITY,
    ask: asks[levels - 1]?.priceTicks ?? Number.POSITIVE_INFINITY,
  };
}

function lastPerLevel(
  changes: readonly LevelChange[],
  side: 'bid' | 'ask',
  isInside: (ticks: number) => boolean,
): TrueLevel[] {
  const last = new Map<number, TrueLevel>();
  for (const change of changes) {
    if (change.side === side && isInside(change.priceTicks)) last.set(change.priceTicks, change);
  }
  const best = side === 'bid' ? -1 : 1;
  return [...last.values()].sort((a, b) => (a.priceTicks - b.priceTicks) * best);
}
