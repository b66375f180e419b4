import type { BookUpdate, SequenceRule } from '../model/book-update.js';
import type { MarketSymbol } from '../model/symbol.js';
import type { Topic } from './channel.js';
import type { EncodeContext } from './endpoint.js';

/** One way in which a venue keeps an order book up to date. */
export interface BookFeed {
  /** The venue's name of it: `'aggre.depth'`, `'obu'`. */
  readonly name: string;
  /** Time between pushes, ms. */
  readonly speedMs: number;
  /** Where the whole book comes from: the order book endpoint, or the stream itself. */
  readonly snapshot: 'rest' | 'stream';
  /** Levels per side to ask the order book endpoint for; 0 where the stream brings the snapshot. */
  readonly snapshotDepth: number;
  /** Levels per side that the feed keeps true; `Infinity` = every level it was told of. */
  readonly publishedDepth: number;
  /** What the quantities of {@link decode} count; contracts become base asset by the market's terms. Default `base`. */
  readonly quantities?: 'base' | 'contracts';
  topic(params: { readonly symbol: MarketSymbol }, context: EncodeContext): Topic;
  /**
   * Fills `into` (already reset) from one push. One that comes as a {@link BookUpdate} was read in the frame already: that
   * is the message itself, and whoever changes nothing in it need not have it copied.
   * @throws {MalformedResponseError} when a number is missing, negative or not finite.
   */
  decode(payload: unknown, into: BookUpdate): void;
  /** Continues the book. Whole books from the stream (`update.full`) go through it too. */
  readonly continues: SequenceRule;
}

/** What a user asks of a live book. */
export interface BookRequest {
  /** Levels per side wanted. */
  readonly depth?: number;
  /** Wanted time between pushes, ms. */
  readonly speedMs?: number;
  /** A feed by its name. */
  readonly feed?: string;
}

/** Picks the feed. @throws {ValidationError} naming the legal values. */
export type ChooseBookFeed = (request: BookRequest) => BookFeed;
