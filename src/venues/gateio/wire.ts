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
  /** Channels whose subscription is a list of markets, so that one message can carry many topics. */
  readonly listChannels: ReadonlySet<string>;
  /** What labels inside refusals mean. */
  readonly errors: ErrorTable;
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
