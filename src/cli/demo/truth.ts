import type { LiveOrderBook } from '../../index.js';
import type { Level } from '../../model/order-book.js';
import type { SimulatedVenueId, Simulator } from '../../simulator/index.js';

/** Levels per side that are compared at most. */
const DEPTH = 50;

/** Whether a live book is exactly the simulated exchange's own book at the same sequence, as deep as it vouches for. */
export function equalsTruth(
  simulator: Pick<Simulator, 'book'>,
  venue: SimulatedVenueId,
  book: Pick<LiveOrderBook, 'symbol' | 'sequence' | 'reliableDepth' | 'snapshot'>,
): boolean {
  const depth = Math.min(DEPTH, book.reliableDepth);
  if (depth < 1) return true;
  const truth = simulator.book(venue, book.symbol, { sequence: book.sequence, depth });
  // A sequence number that the exchange never had, or had long ago, is not a true book either.
  if (truth === undefined) return false;
  const { bids, asks } = book.snapshot(depth);
  return equalLevels(bids, truth.bids) && equalLevels(asks, truth.asks);
}

function equalLevels(
  shown: readonly Level[],
  truth: ReadonlyArray<readonly [price: number, quantity: number]>,
): boolean {
  return (
    shown.length === truth.length &&
    shown.every(({ price, quantity }, at) => price === truth[at]?.[0] && quantity === truth[at]?.[1])
  );
}
