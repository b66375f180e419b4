import { isExchangeError } from '../errors/exchange-error.js';
import type { Random } from '../transport/random.js';

const FIRST_MS = 250;
const CAP_MS = 10_000;
/** Chance may draw a wait of nothing again and again; this keeps a failing loop from spinning. */
const FLOOR_MS = 20;
/** A venue's wish is followed up to here; the request budget keeps longer bans by itself. */
const MAX_RETRY_AFTER_MS = 60_000;
/** A book that was live for so long has recovered: the next trouble is a new one. */
const STABLE_MS = 10_000;
const TOO_OLD_STEP_MS = 200;
const TOO_OLD_CAP_MS = 1_000;

/** How fast one book tries again: at once the first time, then with full jitter up to 10 s. */
export class RecoveryPace {
  readonly #random: Random;
  #failures = 0;
  #tooOld = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Forgets earlier failures; what starts now is new. */
  reset(): void {
    this.#failures = 0;
    this.#tooOld = 0;
  }

  /** The book was live for `ms` and is no more. @param broke by itself, not because the connection was lost. */
  liveEnded(ms: number, broke: boolean): void {
    if (ms >= STABLE_MS) this.reset();
    else if (broke) this.#failures++;
    this.#tooOld = 0;
  }

  /** Something failed. @param error may carry the venue's wish how long to wait. */
  failed(error?: unknown): number {
    this.#failures++;
    const asked = isExchangeError(error) ? (error.retryAfterMs ?? 0) : 0;
    return Math.max(this.delayMs(), Math.min(asked, MAX_RETRY_AFTER_MS));
  }

  /** Wait before the next try, ms; 0 unless something failed before. */
  delayMs(): number {
    if (this.#failures === 0) return 0;
    return Math.max(FLOOR_MS, this.#random.next() * Math.min(CAP_MS, FIRST_MS * 2 ** (this.#failures - 1)));
  }

  /** Snapshots found too old since the last success. */
  get tooOldInRow(): number {
    return this.#tooOld;
  }

  /** A snapshot was too old: wait till the venue's cache has moved on, ms. */
  tooOld(): number {
    this.#tooOld++;
    return Math.min(TOO_OLD_CAP_MS, TOO_OLD_STEP_MS * this.#tooOld);
  }
}
