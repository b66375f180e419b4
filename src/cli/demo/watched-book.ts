import type { LiveOrderBook, LiveOrderBookState, PublicExchange } from '../../index.js';
import type { MarketSymbol } from '../../model/symbol.js';
import type { Clock } from '../../transport/clock.js';
import { decimalsOf } from '../render.js';
import { LatencySamples } from './latency-samples.js';

const SAMPLES = 4_096;
/** Updates between two comparisons with the truth. */
const CHECK_EVERY = 3;
/** Fraction, where the venue does not state its fee: the higher of the usual ones. */
const UNSTATED_FEE = 0.002;

/** One change of a book's state. */
export interface Transition {
  /** Monotonic ms. */
  readonly at: number;
  readonly state: LiveOrderBookState;
  readonly reason: string | undefined;
}

/** A live book and what was seen of it. */
export interface WatchedBook {
  readonly venue: string;
  readonly symbol: MarketSymbol;
  readonly book: LiveOrderBook;
  readonly priceDecimals: number;
  /** Fraction of the traded value. */
  readonly takerFee: number;
  readonly transitions: readonly Transition[];
  /** Receipt minus the venue's time, ms. */
  readonly latency: LatencySamples;
  /** Messages applied. */
  readonly updates: number;
  /** Times it was built again and became live. */
  readonly resyncs: number;
  /** Comparisons with the truth. */
  readonly checks: number;
  /** Comparisons that failed. */
  readonly divergences: number;
}

/**
 * Follows one book until its exchange is closed; resolves when it is live for the first time.
 * @param isTrue compares the live book with the truth; `undefined` = there is none.
 * @param total receives every latency, too.
 * @throws {ExchangeError} when the book cannot be had.
 */
export async function watchBook(
  exchange: PublicExchange,
  symbol: MarketSymbol,
  clock: Clock,
  total: LatencySamples,
  isTrue: ((book: LiveOrderBook) => boolean) | undefined,
): Promise<WatchedBook> {
  const { tickSize, takerFee } = await exchange.getInstrument(symbol);
  const book = exchange.watchOrderBook(symbol);
  const transitions: Transition[] = [];
  const latency = new LatencySamples(SAMPLES);
  const watched = {
    venue: exchange.venue,
    symbol,
    book,
    priceDecimals: decimalsOf(tickSize),
    takerFee: takerFee === undefined ? UNSTATED_FEE : Number(takerFee),
    transitions,
    latency,
    updates: 0,
    resyncs: 0,
    checks: 0,
    divergences: 0,
  };
  let rebuilding = false;
  book.on('state', (state, reason) => {
    transitions.push({ at: clock.monotonic(), state, reason });
    // The first building is not a resync.
    if (state === 'syncing') rebuilding = watched.updates > 0;
    if (state !== 'live' || !rebuilding) return;
    watched.resyncs++;
    rebuilding = false;
  });
  book.on('update', () => {
    const ms = clock.now() - book.updatedAt;
    latency.add(ms);
    total.add(ms);
    if (isTrue !== undefined && watched.updates % CHECK_EVERY === 0) {
      watched.checks++;
      if (!isTrue(book)) watched.divergences++;
    }
    watched.updates++;
  });
  await book.ready;
  return watched;
}
