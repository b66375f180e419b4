import type { ErrorTable } from '../../adapter/error-classifier.js';
import type { JsonObject } from '../../adapter/read.js';

/** What tells pushes of one channel apart; `undefined` where a push does not say it. */
export type ReadKey = (row: JsonObject) => string | undefined;

/** What tells the sockets of one market of Gate.io from those of another. */
export interface GateioWire {
  /** First part of the name of every channel. */
  readonly prefix: 'spot' | 'futures';
  /** How the key of a push is read, per public channel. */
  readonly keyOf: ReadonlyMap<string, ReadKey>;
  /** Public channels whose pushes are lists of rows, each with a key of its own. */
  readonly rowChannels: ReadonlySet<string>;
  /** Public channels whose pushes are the event `all` instead of `update`. */
  readonly wholeChannels: ReadonlySet<string>;
  /** Channels of the account: their subscriptions are signed, and a push is a list of rows. */
  readonly signedChannels: ReadonlySet<string>;
  /** The account's own id, where subscriptions to its channels begin with it. */
  readonly account?: string;
  /** Channels whose subscription is a list of markets, so that one message can carry many topics. */
  readonly listChannels: ReadonlySet<string>;
  /** How the levels of `order_book_update` are written: `["1.5","2"]` or `{"p":"1.5","s":"2"}`. */
  readonly bookLevels: 'pair' | 'named';
  /** What labels inside refusals mean. */
  readonly errors: ErrorTable;
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Levels of the feed whose pushes are routed by the market alone. */
const USUAL_LEVELS = 100;

/**
 * Tells books of one market apart by their number of levels: two speeds of one channel must never be mixed into one
 * book. A push that does not say its level counts as one of 100.
 */
export function bookKey(market: string, levels: number): string {
  return levels === USUAL_LEVELS ? market : `${market}@${levels}`;
}
