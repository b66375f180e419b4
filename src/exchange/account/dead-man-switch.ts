import type { DeadManEndpoints } from '../../adapter/account-endpoints.js';
import { TimeoutError, ValidationError } from '../../errors/kinds.js';
import type { Timer } from '../../transport/clock.js';
import type { ExchangeCore } from '../exchange-core.js';
import type { DeadManSwitchFacet } from './private-exchange.js';

interface Armed {
  readonly timeoutMs: number;
  readonly wish: number;
  /** When the call began that the venue confirmed last, monotonic ms: its timer started then or later. */
  readonly sureFrom: number;
}

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
    const startedAt = this.#core.clock.monotonic();
    await this.#send(timeoutMs);
    if (this.#wish === wish) this.#refreshLater({ timeoutMs, wish, sureFrom: startedAt }, startedAt);
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

  /** @param startedAt when the last call began, monotonic ms: one that took long must not delay the next. */
  #refreshLater(armed: Armed, startedAt: number): void {
    const { clock } = this.#core;
    const delayMs = Math.max(0, startedAt + armed.timeoutMs / 3 - clock.monotonic());
    this.#timer = clock.setTimer(delayMs, () => void this.#refresh(armed), { background: true });
  }

  /** Bounded, so that a call without an answer leaves time for another one. */
  async #refresh({ timeoutMs, wish, sureFrom }: Armed): Promise<void> {
    const { clock, report } = this.#core;
    const startedAt = clock.monotonic();
    const tooLong = new AbortController();
    const timer = clock.setTimer(timeoutMs / 3, () => tooLong.abort(), { background: true });
    let isArmed = false;
    try {
      await this.#send(timeoutMs, tooLong.signal);
      isArmed = true;
    } catch (error) {
      report(tooLong.signal.aborted ? this.#noAnswer(timeoutMs / 3) : error);
    } finally {
      timer.cancel();
    }
    if (this.#wish !== wish) return;
    if (isArmed) this.#tellLapse(timeoutMs, clock.monotonic() - sureFrom);
    this.#refreshLater({ timeoutMs, wish, sureFrom: isArmed ? startedAt : sureFrom }, startedAt);
  }

  #noAnswer(withinMs: number): TimeoutError {
    const message = `the dead-man switch could not be refreshed within ${Math.round(withinMs)} ms; it is tried again`;
    return new TimeoutError({ message, outcome: 'unknown', venue: this.#core.venue.id });
  }

  /** Nobody else would tell why the orders are gone. */
  #tellLapse(timeoutMs: number, sinceMs: number): void {
    if (sinceMs <= timeoutMs) return;
    const what = `the dead-man switch of ${timeoutMs} ms was not refreshed for ${Math.round(sinceMs)} ms`;
    const message = `${what}: the venue may have canceled all orders`;
    this.#core.report(new TimeoutError({ message, outcome: 'unknown', venue: this.#core.venue.id }));
  }

  #send(timeoutMs: number, signal?: AbortSignal): Promise<unknown> {
    const options = signal === undefined ? {} : { signal };
    const call = this.#last.then(() => this.#core.rest.call(this.#endpoints.arm, { timeoutMs }, options));
    this.#last = call.catch(() => undefined);
    return call;
  }
}
