import { type ExchangeError, isExchangeError } from '../../errors/exchange-error.js';

/** Connecting or reading again with the same keys changes nothing. */
const CODES: ReadonlySet<string> = new Set(['authentication', 'permission_denied', 'configuration']);

/** Whether the venue, or whoever gives the keys, has refused them for certain. */
export function isKeyRefusal(error: unknown): error is ExchangeError {
  return isExchangeError(error) && CODES.has(error.code) && error.outcome !== 'unknown';
}

/** Refused in a row, keys that have worked count as taken away. */
const MAX_REFUSALS = 3;

/** Counts refusals: where keys never worked one is enough, where they did it may be a fault of the venue. */
export class KeyRefusals {
  #inARow = 0;

  /** @param haveWorked whether they were taken before. */
  areFinal(error: unknown, haveWorked: boolean): error is ExchangeError {
    this.#inARow = isKeyRefusal(error) ? this.#inARow + 1 : 0;
    return this.#inARow >= (haveWorked ? MAX_REFUSALS : 1);
  }

  clear(): void {
    this.#inARow = 0;
  }
}
