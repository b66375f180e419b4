import { StaleBookError } from '../../errors/kinds.js';
import type { Level } from '../../model/order-book.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import type { BookSource } from './book-source.js';

/** A book whose states are played to it, so that what was recorded runs through the same code as live books. */
export interface RecordedBook extends BookSource {
  /** The book is live and looks like this from now on. Levels best first. */
  show(
    bids: readonly Level[],
    asks: readonly Level[],
    at?: { readonly sequence?: number; readonly updatedAt?: number },
  ): void;
  /** It cannot be proven any more. */
  lose(): void;
}

/** @param clock the time of the recording. */
export function createRecordedBook(symbol: MarketSymbol, clock: Pick<Clock, 'now' | 'monotonic'>): RecordedBook {
  let [bids, asks]: [readonly Level[], readonly Level[]] = [[], []];
  let state: BookSource['state'] = 'syncing';
  let provenAt = Number.NEGATIVE_INFINITY;
  let sequence = -1;
  let updatedAt = Number.NaN;
  const isLive = (): boolean => state === 'live';
  return {
    symbol,
    get state() {
      return state;
    },
    get sequence() {
      return sequence;
    },
    get updatedAt() {
      return updatedAt;
    },
    get ageMs() {
      return clock.monotonic() - provenAt;
    },
    get bestBid() {
      return isLive() ? bids[0] : undefined;
    },
    get bestAsk() {
      return isLive() ? asks[0] : undefined;
    },
    snapshot(depth = Number.POSITIVE_INFINITY) {
      if (!isLive()) throw new StaleBookError({ message: `${symbol}: the recorded book is ${state}` });
      const receivedAt = clock.now();
      return { symbol, bids: bids.slice(0, depth), asks: asks.slice(0, depth), sequence, updatedAt, receivedAt };
    },
    show(newBids, newAsks, at = {}) {
      [bids, asks, state] = [newBids, newAsks, 'live'];
      provenAt = clock.monotonic();
      sequence = at.sequence ?? sequence + 1;
      updatedAt = at.updatedAt ?? clock.now();
    },
    lose() {
      state = 'stale';
    },
  };
}
