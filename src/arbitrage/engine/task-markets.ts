import type { MarketSymbol } from '../../model/symbol.js';
import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';
import { asLive, type BookSource } from '../detector/book-source.js';
import { Detector, type MarketHandle } from '../detector/detector.js';
import type { FundingTerms } from '../detector/expect-funding.js';
import type { Opportunity } from '../detector/opportunity.js';
import type { MarketQuote } from '../strategy/strategy-event.js';
import type { StrategyTerms } from '../strategy/strategy-terms.js';

/** A book that tells when it changes; a `LiveOrderBook` is one. */
export interface WatchableBook extends BookSource {
  on(event: 'update' | 'state', handler: () => unknown): unknown;
  close(): Promise<void>;
}

/** Where the books of an engine come from. */
export interface MarketFeed {
  book(venue: VenueId, symbol: MarketSymbol): WatchableBook;
  /** Follows the funding of a perpetual; returns what ends that. */
  funding?(venue: VenueId, symbol: MarketSymbol, handler: (terms: FundingTerms | undefined) => void): () => void;
}

/** The books of one task, what they are worth together, and the prices of the moment. */
export class TaskMarkets {
  readonly #terms: StrategyTerms;
  readonly #feed: MarketFeed;
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  readonly #onOpportunity: (opportunity: Opportunity) => void;
  readonly #funding: (FundingTerms | undefined)[] = [];
  #books: readonly WatchableBook[] = [];
  #unfollow: readonly (() => void)[] = [];
  #detector: Detector | undefined;

  constructor(options: {
    readonly terms: StrategyTerms;
    readonly feed: MarketFeed;
    readonly clock: Clock;
    readonly maxAgeMs: number;
    onOpportunity(opportunity: Opportunity): void;
  }) {
    this.#terms = options.terms;
    this.#feed = options.feed;
    this.#clock = options.clock;
    this.#maxAgeMs = options.maxAgeMs;
    this.#onOpportunity = options.onOpportunity;
  }

  /** Idempotent. */
  open(): void {
    if (this.#detector !== undefined) return;
    const { markets, limits } = this.#terms;
    const { minProfitBps, maxNotional } = limits;
    const minNotional = Math.min(maxNotional, Math.max(...markets.map((market) => Number(market.minNotional))));
    const options = { minProfitBps, maxNotional, minNotional, maxAgeMs: this.#maxAgeMs };
    const detector = new Detector(this.#clock, options);
    detector.on('opened', this.#onOpportunity).on('changed', this.#onOpportunity);
    const handles = markets.map((market) => detector.add(market));
    // A feed that refuses one book leaves nothing open, so that the next call tries again.
    const books: WatchableBook[] = [];
    try {
      for (const { venue, symbol } of markets) books.push(this.#feed.book(venue, symbol));
    } catch (error) {
      for (const book of books) void book.close().catch(() => undefined);
      throw error;
    }
    this.#detector = detector;
    this.#books = books.map((book, at) => follow(book, detector, handles[at] as MarketHandle));
    this.#unfollow = markets.flatMap(({ venue, symbol, kind }, at) => {
      if (kind !== 'perpetual' || this.#feed.funding === undefined) return [];
      return this.#feed.funding(venue, symbol, (terms) => {
        this.#funding[at] = terms;
        detector.setFunding(handles[at] as MarketHandle, terms);
      });
    });
  }

  /** By market; a hole where a book is not proven or too old. */
  quotes(): (MarketQuote | undefined)[] {
    return this.#terms.markets.map((_, at) => this.quote(at));
  }

  quote(at: number): MarketQuote | undefined {
    const book = this.#books[at];
    if (book === undefined || book.state !== 'live' || book.ageMs > this.#maxAgeMs) return undefined;
    const [bid, ask] = [book.bestBid?.price, book.bestAsk?.price];
    if (bid === undefined || ask === undefined) return undefined;
    const funding = this.#funding[at];
    return funding === undefined ? { bid, ask } : { bid, ask, funding };
  }

  /** What is worth it now. */
  opportunities(): readonly Opportunity[] {
    return this.#detector?.open() ?? [];
  }

  sweep(): void {
    this.#detector?.sweep();
  }

  async close(): Promise<void> {
    const books = this.#books;
    this.#detector?.close();
    this.#detector = undefined;
    for (const end of this.#unfollow) end();
    [this.#books, this.#unfollow] = [[], []];
    await Promise.all(books.map((book) => book.close()));
  }
}

function follow(book: WatchableBook, detector: Detector, handle: MarketHandle): WatchableBook {
  const read = (): void => {
    const live = asLive(book);
    if (live === undefined) detector.withdraw(handle);
    else detector.update(handle, live);
  };
  book.on('update', read);
  book.on('state', read);
  return book;
}
