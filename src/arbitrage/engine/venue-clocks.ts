import type { VenueId } from '../../model/venue-id.js';

/** What the venues' clocks show at moments that we remember by ours: lists are asked for by their time. */
export class VenueClocks {
  readonly #now: () => number;
  readonly #ask: (venue: VenueId) => Promise<number>;
  /** What has to be added to our time, ms. */
  readonly #offsets = new Map<VenueId, number>();

  /** @param now epoch ms of the engine. @param ask what the venue's clock shows, epoch ms. */
  constructor(now: () => number, ask: (venue: VenueId) => Promise<number>) {
    this.#now = now;
    this.#ask = ask;
  }

  /** Compares anew. @throws what asking throws. */
  async compare(venue: VenueId): Promise<number> {
    const before = this.#now();
    const theirs = await this.#ask(venue);
    const offset = theirs - (before + this.#now()) / 2;
    this.#offsets.set(venue, offset);
    return offset;
  }

  /** A moment of ours by the venue's clock, whole epoch ms. @throws what asking throws, while it was never compared. */
  async timeOf(venue: VenueId, ours: number): Promise<number> {
    return Math.floor(ours + (this.#offsets.get(venue) ?? (await this.compare(venue))));
  }
}
