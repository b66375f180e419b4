import type { LiveOrderBook } from '../../exchange/live-order-book.js';
import type { PublicExchange } from '../../exchange/public-exchange.js';
import type { MarketSymbol } from '../../model/symbol.js';
import { type Clock, createSystemClock, type Timer } from '../../transport/clock.js';
import { refuse } from '../read-options.js';
import { asLive } from './book-source.js';
import { Detector, type MarketHandle } from './detector.js';
import type { DetectorOptions } from './detector-options.js';

/** A venue and what of it is compared. */
export interface ScannedVenue {
  readonly exchange: PublicExchange;
  readonly symbols: readonly MarketSymbol[];
  /** Fraction of the traded value, the account's own. Default: the instrument's. */
  readonly takerFee?: number;
}

export interface OpportunityWatch extends AsyncDisposable {
  readonly detector: Detector;
  /** Every book that is watched, in the order given. */
  readonly books: readonly LiveOrderBook[];
  /** Resolves when every book has been live once. */
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

/** Fees of a market whose venue tells none, fraction: high enough to be safe. */
const CAUTIOUS_FEE = 0.002;
const SWEEP_MS = 1_000;
/** Deepest book that is asked for. */
const MAX_DEPTH = 100;

/**
 * Feeds a detector from live books. What is found is announced by the detector's events.
 * @param options.clock default the system's.
 * @throws {ConfigurationError} for a wrong option or fewer than two markets of a coin.
 * @throws {InvalidSymbolError} for a symbol that a venue does not have.
 */
export async function watchOpportunities(
  venues: readonly ScannedVenue[],
  options: DetectorOptions & { readonly clock?: Clock } = {},
): Promise<OpportunityWatch> {
  const { clock = createSystemClock(), ...detectorOptions } = options;
  const detector = new Detector(clock, detectorOptions);
  if (venues.length === 0) refuse('venues', 'at least one venue', venues);
  const markets = await Promise.all(venues.flatMap((venue) => venue.symbols.map((symbol) => find(venue, symbol))));
  const depth = Math.min(options.depth ?? 50, MAX_DEPTH);
  const books = markets.map(({ exchange, symbol, takerFee }) => {
    const handle = detector.add({ venue: exchange.venue, symbol, takerFee });
    return follow(exchange.watchOrderBook(symbol, { depth }), detector, handle);
  });
  let timer: Timer;
  const sweep = (): void => {
    timer = clock.setTimer(SWEEP_MS, sweep, { background: true });
    detector.sweep();
  };
  timer = clock.setTimer(SWEEP_MS, sweep, { background: true });
  const close = async (): Promise<void> => {
    timer.cancel();
    await Promise.all(books.map((book) => book.close()));
    detector.close();
  };
  const ready = Promise.all(books.map((book) => book.ready)).then(() => undefined);
  ready.catch(() => undefined);
  return { detector, books, ready, close, [Symbol.asyncDispose]: close };
}

async function find({ exchange, takerFee }: ScannedVenue, symbol: MarketSymbol) {
  const instrument = await exchange.getInstrument(symbol);
  const fee = takerFee ?? Number(instrument.takerFee ?? CAUTIOUS_FEE);
  return { exchange, symbol, takerFee: fee };
}

function follow(book: LiveOrderBook, detector: Detector, handle: MarketHandle): LiveOrderBook {
  const read = (): void => {
    const live = asLive(book);
    if (live === undefined) detector.withdraw(handle);
    else detector.update(handle, live);
  };
  return book.on('update', read).on('state', read);
}
