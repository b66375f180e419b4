import type { OrderBookSnapshot } from '../model/order-book.js';
import type { Clock, Timer } from '../transport/clock.js';

/** Asks the venue for a whole book, `depth` levels per side. */
export type FetchSnapshot = (depth: number, signal: AbortSignal) => Promise<OrderBookSnapshot>;

/** Receives the answer of the newest request only; the others are aborted and never heard of. */
export interface SnapshotHandler {
  fetched(snapshot: OrderBookSnapshot): void;
  failed(error: unknown): void;
}

/** Fetches one snapshot at a time: at most one is planned or in flight. */
export class SnapshotFetcher {
  readonly #fetch: FetchSnapshot;
  readonly #depth: number;
  readonly #clock: Clock;
  readonly #handler: SnapshotHandler;
  #timer: Timer | undefined;
  #flight: AbortController | undefined;

  constructor(fetch: FetchSnapshot, depth: number, clock: Clock, handler: SnapshotHandler) {
    this.#fetch = fetch;
    this.#depth = depth;
    this.#clock = clock;
    this.#handler = handler;
  }

  /** Whether one is planned or in flight. */
  get busy(): boolean {
    return this.#timer !== undefined || this.#flight !== undefined;
  }

  /** Fetches after `delayMs`, instead of whatever was planned or in flight. */
  plan(delayMs: number): void {
    this.cancel();
    if (delayMs > 0) this.#timer = this.#clock.setTimer(delayMs, () => this.#send());
    else this.#send();
  }

  /** Stops what is planned and aborts what is in flight. */
  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#flight?.abort();
    this.#flight = undefined;
  }

  async #send(): Promise<void> {
    this.#timer = undefined;
    const flight = new AbortController();
    this.#flight = flight;
    let snapshot: OrderBookSnapshot;
    try {
      snapshot = await this.#fetch(this.#depth, flight.signal);
    } catch (error) {
      if (this.#land(flight)) this.#handler.failed(error);
      return;
    }
    if (this.#land(flight)) this.#handler.fetched(snapshot);
  }

  /** @returns whether this request is still the newest. */
  #land(flight: AbortController): boolean {
    if (this.#flight !== flight) return false;
    this.#flight = undefined;
    return true;
  }
}
