import type { Outcome } from '../errors/codes.js';
import type { VenueErrorCode } from '../errors/kinds.js';

/** What the venue's answer means when it is not a success. */
export interface Refusal {
  readonly code: VenueErrorCode;
  /** `rejected` only where the venue's documentation makes it definite; `unknown` otherwise. */
  readonly outcome: Outcome;
  /** The venue's own code or label. */
  readonly venueCode?: string;
  /** The venue's text. */
  readonly message: string;
  readonly retryable?: boolean;
  /** Wait asked for by the venue, ms. */
  readonly retryAfterMs?: number;
  /** Everything to this host must stop for so long, ms (IP ban, firewall block). */
  readonly banMs?: number;
}

export interface AnswerToClassify {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** As received. */
  readonly text: string;
  /** The parsed body; `undefined` where it is not JSON. */
  readonly json: unknown;
  /** Epoch ms by our clock, for `Retry-After` dates. */
  readonly now: number;
}

/** Pure: `undefined` means success. A code that is not in the venue's table is `unknown`, never guessed. */
export type ErrorClassifier = (answer: AnswerToClassify) => Refusal | undefined;

/** A row of a venue's error table. */
export interface ErrorRow {
  readonly code: VenueErrorCode;
  /** What a refusal with this code says about a write. Default `rejected`. */
  readonly outcome?: Outcome;
  /** What it means, in the words of this library. */
  readonly meaning: string;
}

export type ErrorTable = Readonly<Record<string, ErrorRow>>;
