import type { VenueId } from '../../model/venue-id.js';
import type { Clock } from '../../transport/clock.js';

const WINDOW_MS = 60_000;

/** Stops new legs at a venue that keeps failing. Refusals in which the venue judged an order are no failures. */
export class VenueBreaker {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #failures: number;
  readonly #pauseMs: number;
  /** Monotonic times of the newest failures. */
  readonly #failedAt = new Map<VenueId, number[]>();
  readonly #openUntil = new Map<VenueId, number>();

  constructor(clock: Pick<Clock, 'monotonic'>, failures: number, pauseMs: number) {
    this.#clock = clock;
    this.#failures = failures;
    this.#pauseMs = pauseMs;
  }

  failed(venue: VenueId): void {
    const now = this.#clock.monotonic();
    const recent = (this.#failedAt.get(venue) ?? []).filter((at) => now - at < WINDOW_MS);
    recent.push(now);
    this.#failedAt.set(venue, recent.slice(-this.#failures));
    if (recent.length >= this.#failures) this.#openUntil.set(venue, now + this.#pauseMs);
  }

  /** After the pause one success closes it for good, one failure opens it again. */
  succeeded(venue: VenueId): void {
    if (!this.isOpen(venue)) this.#failedAt.delete(venue);
  }

  isOpen(venue: VenueId): boolean {
    return (this.#openUntil.get(venue) ?? 0) > this.#clock.monotonic();
  }
}
