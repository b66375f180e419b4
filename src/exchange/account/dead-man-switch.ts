import type { DeadManEndpoints } from '../../adapter/account-endpoints.js';
import { ValidationError } from '../../errors/kinds.js';
import type { Timer } from '../../transport/clock.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { DeadManSwitchFacet } from './private-exchange.js';

/** Keeps the venue's own timer running while this process is well. */
export class DeadManSwitch implements DeadManSwitchFacet {
  readonly #core: ExchangeCore;
  readonly #endpoints: DeadManEndpoints;
  /** Counts what was asked for: refreshes of an older wish end. */
  #wish = 0;
  /** Calls go out one after the other: one that is repeated late must not undo the next. */
  #last: Promise<unknown> = Promise.resolve();
  #timer: Timer | undefined;

  constructor(core: ExchangeCore, endpoints: DeadManEndpoints) {
    this.#core = core;
    this.#endpoints = endpoints;
  }

  async arm(timeoutMs: number): Promise<void> {
    this.#core.requireOpen();
    const { minTimeoutMs, stepMs } = this.#endpoints;
    if (!(Number.isSafeInteger(timeoutMs) && timeoutMs >= minTimeoutMs && timeoutMs % stepMs === 0)) {
      const expected = `at least ${minTimeoutMs} ms in steps of ${stepMs} ms`;
      throw new ValidationError({ field: 'timeoutMs', expected, received: timeoutMs });
    }
    this.stop();
    const wish = this.#wish;
    await this.#send(timeoutMs);
    if (this.#wish === wish) this.#refreshLater(timeoutMs, wish);
  }

  async disarm(): Promise<void> {
    this.#core.requireOpen();
    this.stop();
    await this.#send(0);
  }

  /** Stops refreshing; the venue's timer runs on. */
  stop(): void {
    this.#wish++;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #refreshLater(timeoutMs: number, wish: number): void {
    const refresh = (): void => void this.#refresh(timeoutMs, wish);
    this.#timer = this.#core.clock.setTimer(timeoutMs / 3, refresh, { background: true });
  }

  async #refresh(timeoutMs: number, wish: number): Promise<void> {
    try {
      await this.#send(timeoutMs);
    } catch (error) {
      this.#core.report(error);
    }
    if (this.#wish === wish) this.#refreshLater(timeoutMs, wish);
  }

  #send(timeoutMs: number): Promise<unknown> {
    const call = this.#last.then(() => this.#core.rest.call(this.#endpoints.arm, { timeoutMs }));
    this.#last = call.catch(() => undefined);
    return call;
  }
}
