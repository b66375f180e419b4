import type { DeadManEndpoints } from '../../adapter/account-endpoints.js';
import { ValidationError } from '../../errors/kinds.js';
import type { Timer } from '../../transport/clock.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { DeadManSwitchFacet } from './private-exchange.js';

/** Keeps the venue's own timer running while this process is well. */
export class DeadManSwitch implements DeadManSwitchFacet {
  readonly #core: ExchangeCore;
  readonly #endpoints: DeadManEndpoints;
  #timeoutMs = 0;
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
    this.#timeoutMs = timeoutMs;
    await this.#core.rest.call(this.#endpoints.arm, { timeoutMs });
    if (this.#timeoutMs === timeoutMs) this.#refreshLater();
  }

  async disarm(): Promise<void> {
    this.#core.requireOpen();
    this.stop();
    await this.#core.rest.call(this.#endpoints.arm, { timeoutMs: 0 });
  }

  /** Stops refreshing; the venue's timer runs on. */
  stop(): void {
    this.#timeoutMs = 0;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #refreshLater(): void {
    this.#timer = this.#core.clock.setTimer(this.#timeoutMs / 3, () => void this.#refresh(), { background: true });
  }

  async #refresh(): Promise<void> {
    const timeoutMs = this.#timeoutMs;
    try {
      await this.#core.rest.call(this.#endpoints.arm, { timeoutMs });
    } catch (error) {
      this.#core.report(error);
    }
    if (this.#timeoutMs === timeoutMs && timeoutMs > 0) this.#refreshLater();
  }
}
