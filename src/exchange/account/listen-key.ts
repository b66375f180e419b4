import type { ListenKeyEndpoints } from '../../adapter/account-streams.js';
import { isExchangeError } from '../../errors/exchange-error.js';
import type { Clock, Timer } from '../../transport/clock.js';
import type { RestClient } from '../rest-client.js';

/** A keep-alive that got no answer is tried again after this, ms. */
const RETRY_MS = 30_000;
/** Nobody waits longer for the venue to forget a key, ms. */
const REMOVAL_MS = 800;

/** The key of a private connection: made when needed, kept alive, made anew when it is lost, removed at the end. A secret. */
export class ListenKey {
  readonly #rest: RestClient;
  readonly #endpoints: ListenKeyEndpoints;
  readonly #clock: Clock;
  readonly #report: (error: unknown) => void;
  readonly #lost: () => void;
  #key: string | undefined;
  /** Monotonic ms until which the key is good for certain. */
  #goodUntil = 0;
  #making: Promise<string> | undefined;
  #timer: Timer | undefined;
  #isClosed = false;

  /** @param lost called when the venue refuses to keep the key alive: the connection that has it may be silent for good. */
  constructor(
    rest: RestClient,
    endpoints: ListenKeyEndpoints,
    clock: Clock,
    report: (error: unknown) => void,
    lost: () => void,
  ) {
    this.#rest = rest;
    this.#endpoints = endpoints;
    this.#clock = clock;
    this.#report = report;
    this.#lost = lost;
  }

  /** URL for the next connection; its key has just been made or proven. @throws what the venue answers. */
  async url(base: string): Promise<string> {
    return this.#endpoints.url(base, await this.#current());
  }

  /** The venue does not know the key any more. */
  forget(): void {
    this.#key = undefined;
    this.#timer?.cancel();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const key = this.#key;
    this.forget();
    if (key === undefined) return;
    const limit = new AbortController();
    const timer = this.#clock.setTimer(REMOVAL_MS, () => limit.abort());
    try {
      await this.#rest.call(this.#endpoints.remove, { key }, { signal: limit.signal });
    } catch (error) {
      // It ends by itself within the hour.
      this.#report(error);
    } finally {
      timer.cancel();
    }
  }

  #current(): Promise<string> {
    this.#making ??= this.#prove().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #prove(): Promise<string> {
    const key = this.#key;
    if (key !== undefined && (await this.#extend(key))) return key;
    const made = await this.#rest.call(this.#endpoints.create, undefined);
    this.#key = made;
    this.#kept();
    return made;
  }

  /** @returns whether the key is good. */
  async #extend(key: string): Promise<boolean> {
    try {
      await this.#rest.call(this.#endpoints.keepAlive, { key });
      this.#kept();
      return true;
    } catch (error) {
      // One call too many says nothing about the key.
      if (isExchangeError(error) && error.outcome === 'rejected' && !error.retryable) {
        if (this.#key === key) this.forget();
        return false;
      }
      if (this.#clock.monotonic() < this.#goodUntil) return true;
      throw error;
    }
  }

  #kept(): void {
    this.#goodUntil = this.#clock.monotonic() + this.#endpoints.lifeMs;
    this.#arm(this.#endpoints.keepAliveMs);
  }

  #arm(delayMs: number): void {
    this.#timer?.cancel();
    if (this.#isClosed) return;
    this.#timer = this.#clock.setTimer(delayMs, () => void this.#keepAlive(), { background: true });
  }

  async #keepAlive(): Promise<void> {
    const key = this.#key;
    if (key === undefined) return;
    try {
      if (!(await this.#extend(key))) {
        if (!this.#isClosed) this.#lost();
        return;
      }
    } catch (error) {
      this.#report(error);
    }
    // No answer: the key is still good for a while.
    if (this.#key === key && this.#clock.monotonic() >= this.#goodUntil - this.#endpoints.lifeMs + 1) {
      this.#arm(Math.min(RETRY_MS, this.#endpoints.keepAliveMs));
    }
  }
}
