import type { BookFeed } from '../adapter/book-feed.js';
import type { ContractTerms } from '../model/contracts.js';
import type { StageTimes } from '../model/stage-times.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Clock } from '../transport/clock.js';
import type { Random } from '../transport/random.js';
import type { LiveOrderBook, LiveOrderBookState } from './live-order-book.js';
import type { SilenceSettings } from './silence-limit.js';
import type { FetchSnapshot } from './snapshot-fetcher.js';
import type { TopicListener, TopicSubscription } from './topic.js';

/** What a live book is made of. */
export interface BookKeeperOptions {
  readonly symbol: MarketSymbol;
  readonly feed: BookFeed;
  /** By which contracts become base asset, asked after every confirmation; absent where the feed counts in base asset. */
  readonly terms?: () => ContractTerms | undefined;
  /** Subscribes the feed's topic; called once. */
  readonly subscribe: (listener: TopicListener) => TopicSubscription;
  /** Asks the order book endpoint; never called for a feed whose stream brings the snapshot. */
  readonly fetchSnapshot: FetchSnapshot;
  readonly clock: Clock;
  readonly random: Random;
  /** Receives what handlers throw, and the final failure of the book. */
  readonly report: (error: unknown) => void;
  readonly on: {
    /** The book has to be built again, or its topic subscribed again. */
    resync(reason: string): void;
    /** A push or snapshot that cannot be true. */
    malformed(what: string): void;
    /** It is over: closed, or refused for good. */
    ended?(): void;
  };
  readonly silence?: Partial<SilenceSettings>;
  readonly stages?: Pick<StageTimes, 'decoded' | 'applied'> | undefined;
}

/** Keeps one live book true for all who watch it. */
export interface BookKeeper {
  readonly symbol: MarketSymbol;
  readonly state: LiveOrderBookState;
  /** One more face of the book; when the last one is closed the book ends. */
  watch(): LiveOrderBook;
  /** Ends it and every face. @param message why, in words. */
  close(message: string): Promise<void>;
}
