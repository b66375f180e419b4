import type { ExchangeError } from '../errors/exchange-error.js';
import { AbortedError, ClosedError, ConfigurationError, RateLimitError } from '../errors/kinds.js';
import type { Clock, Timer } from './clock.js';
import { onAbort } from './on-abort.js';
import { SlidingWindow } from './sliding-window.js';

/** A weight to be taken from one budget. */
export interface Spend {
  /** Names the budget. The same key always comes with the same capacity and interval. */
  readonly key: string;
  /** Weight that may be spent in any window of `intervalMs`. */
  readonly capacity: number;
  readonly intervalMs: number;
  /** Not negative, at most `capacity`. */
  readonly weight: number;
  /** Weight to be left for others: it is granted only where so much stays free. Default 0. */
  readonly reserve?: number | undefined;
}

export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined;
  /** The longest wait, ms from now. Default: no bound. */
  readonly deadlineMs?: number | undefined;
  /** Higher goes first; equal ones in the order of asking. Default 0. */
  readonly priority?: number | undefined;
}

/**
 * Keeps requests within the venue's budgets. Time is monotonic; there is a timer only while somebody waits. Budgets of which
 * nothing is spent any more are forgotten, so there are at most twice as many as were in use at one time, and a few.
 */
export interface RateLimiter {
  /**
   * Takes all spends now, or none and says `false`: a budget is short, somebody waits for one of them, a ban runs, or the
   * limiter is closed. Each key at most once.
   * @throws {ConfigurationError} for a spend that could never be granted.
   */
  tryAcquire(spends: readonly Spend[]): boolean;
  /**
   * Takes all spends as soon as they are free together. Who waits for one budget does not hold up who needs another.
   * @throws {RateLimitError} `not_sent`, with `retryAfterMs`, as soon as it is certain that `deadlineMs` will not do.
   * @throws {AbortedError | ClosedError} `not_sent`.
   * @throws {ConfigurationError} for a spend that could never be granted.
   */
  acquire(spends: readonly Spend[], options?: AcquireOptions): Promise<void>;
  /**
   * Stops everything for `ms` from now: a ban; with `spends` only what needs one of those budgets, which the venue holds to
   * be empty. The furthest end counts; a block is never shortened.
   */
  block(ms: number, spends?: readonly Spend[]): void;
  /** What is left of the block, ms; 0 when there is none. */
  blockedForMs(): number;
  /** Rejects all who wait and all who come. Idempotent. */
  close(): void;
}

interface Waiter {
  readonly spends: readonly Spend[];
  readonly priority: number;
  readonly deadlineAt: number;
  settle(error?: ExchangeError): void;
}

const GRANTED = Promise.resolve();
/** So many budgets are kept in any case. */
const FEW_WINDOWS = 256;

export function createRateLimiter(options: { readonly clock: Clock }): RateLimiter {
  return new WindowLimiter(options.clock);
}

class WindowLimiter implements RateLimiter {
  readonly #clock: Clock;
  readonly #windows = new Map<string, SlidingWindow>();
  #mostWindows = FEW_WINDOWS;
  #queue: Waiter[] = [];
  #blockedUntil = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined;
  #willPump = false;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  tryAcquire(spends: readonly Spend[]): boolean {
    const now = this.#clock.monotonic();
    for (let i = 0; i < spends.length; i++) this.#check(spends, i);
    if (this.#closed || now < this.#blockedUntil || this.#isAwaited(spends)) return false;
    for (const spend of spends) if (!this.#window(spend).fits(need(spend), now)) return false;
    this.#take(spends, now);
    return true;
  }

  acquire(spends: readonly Spend[], options: AcquireOptions = {}): Promise<void> {
    const { signal, deadlineMs = Number.POSITIVE_INFINITY, priority = 0 } = options;
    if (this.#closed) return Promise.reject(closedError());
    if (signal?.aborted) return Promise.reject(abortedError());
    try {
      if (this.tryAcquire(spends)) return GRANTED;
    } catch (error) {
      return Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiter), 1);
        waiter.settle(abortedError());
        this.#pumpSoon();
      };
      const waiter: Waiter = {
        spends,
        priority,
        deadlineAt: this.#clock.monotonic() + deadlineMs,
        settle: (error) => {
          leave?.();
          if (error) reject(error);
          else resolve();
        },
      };
      const leave = signal && onAbort(signal, abort);
      const place = this.#queue.findLastIndex((other) => other.priority >= priority) + 1;
      this.#queue.splice(place, 0, waiter);
      this.#pumpSoon();
    });
  }

  block(ms: number, spends?: readonly Spend[]): void {
    const until = this.#clock.monotonic() + ms;
    if (spends !== undefined) {
      for (const spend of spends) this.#window(spend).close(until);
      if (this.#queue.length > 0) this.#pump();
      return;
    }
    if (!(until > this.#blockedUntil)) return;
    this.#blockedUntil = until;
    if (this.#queue.length > 0) this.#pump();
  }

  blockedForMs(): number {
    return Math.max(0, this.#blockedUntil - this.#clock.monotonic());
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    for (const waiter of this.#queue.splice(0)) waiter.settle(closedError());
  }

  /** One look at the queue for all that ask or abort in one go: thousands may. */
  #pumpSoon(): void {
    if (this.#willPump) return;
    this.#willPump = true;
    queueMicrotask(() => {
      this.#willPump = false;
      this.#pump();
    });
  }

  /** Grants what can be granted, refuses what can no longer be in time, and arms the timer for the next change. */
  #pump(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const now = this.#clock.monotonic();
    const short = new Set<string>();
    const waiting: Waiter[] = [];
    let wakeAt = Number.POSITIVE_INFINITY;
    for (const waiter of this.#queue) {
      const readyAt = Math.max(this.#blockedUntil, this.#freeAt(waiter.spends, now));
      const isBehind = waiter.spends.some((spend) => short.has(spend.key));
      if (readyAt <= now && !isBehind) {
        this.#take(waiter.spends, now);
        waiter.settle();
      } else if (readyAt > waiter.deadlineAt || now >= waiter.deadlineAt) {
        waiter.settle(rateLimitError(readyAt - now));
      } else {
        waiting.push(waiter);
        this.#markShort(waiter.spends, short, now);
        // One that fits but stands behind another is looked at again when that one goes.
        wakeAt = Math.min(wakeAt, waiter.deadlineAt, readyAt > now ? readyAt : Number.POSITIVE_INFINITY);
      }
    }
    this.#queue = waiting;
    if (waiting.length > 0) this.#timer = this.#clock.setTimer(wakeAt - now, () => this.#pump());
  }

  #isAwaited(spends: readonly Spend[]): boolean {
    return this.#queue.some((waiter) => waiter.spends.some(({ key }) => spends.some((spend) => spend.key === key)));
  }

  #freeAt(spends: readonly Spend[], now: number): number {
    let freeAt = now;
    for (const spend of spends) freeAt = Math.max(freeAt, this.#window(spend).readyAt(need(spend), now));
    return freeAt;
  }

  /** Who comes later must not eat up what this one lacks: heavy requests are not overtaken for ever by light ones. */
  #markShort(spends: readonly Spend[], short: Set<string>, now: number): void {
    for (const spend of spends) if (!this.#window(spend).fits(need(spend), now)) short.add(spend.key);
  }

  #take(spends: readonly Spend[], now: number): void {
    for (const spend of spends) if (spend.weight > 0) this.#window(spend).take(spend.weight, now);
  }

  #window({ key, capacity, intervalMs }: Spend): SlidingWindow {
    let window = this.#windows.get(key);
    if (window === undefined) {
      if (this.#windows.size >= this.#mostWindows) this.#forgetFresh();
      window = new SlidingWindow(capacity, intervalMs);
      this.#windows.set(key, window);
    }
    return window;
  }

  #forgetFresh(): void {
    const now = this.#clock.monotonic();
    for (const [key, window] of this.#windows) if (window.isFresh(now)) this.#windows.delete(key);
    this.#mostWindows = Math.max(FEW_WINDOWS, 2 * this.#windows.size);
  }

  #check(spends: readonly Spend[], index: number): void {
    const { key, capacity, intervalMs, weight, reserve = 0 } = spends[index] as Spend;
    if (!(weight >= 0 && reserve >= 0 && weight + reserve <= capacity && intervalMs > 0)) {
      throw new ConfigurationError({
        field: `weight of ${key}`,
        expected: `at most ${capacity} in ${intervalMs} ms`,
        received: weight,
      });
    }
    const known = this.#windows.get(key);
    if (known !== undefined && (known.capacity !== capacity || known.intervalMs !== intervalMs)) {
      throw new ConfigurationError({
        field: `budget ${key}`,
        expected: `${known.capacity} in ${known.intervalMs} ms`,
        received: capacity,
      });
    }
    for (let i = 0; i < index; i++) {
      if (spends[i]?.key === key)
        throw new ConfigurationError({ field: `budget ${key}`, expected: 'one spend', received: spends.length });
    }
  }
}

/** What must be free for it to be granted. A spend of nothing needs nothing. */
function need({ weight, reserve = 0 }: Spend): number {
  return weight === 0 ? 0 : weight + reserve;
}

function closedError(): ClosedError {
  return new ClosedError({ message: 'the rate limiter is closed; nothing was sent' });
}

function abortedError(): AbortedError {
  return new AbortedError({
    message: 'aborted while waiting for the rate limit; nothing was sent',
    outcome: 'not_sent',
  });
}

function rateLimitError(waitMs: number): RateLimitError {
  const retryAfterMs = Math.max(1, Math.ceil(waitMs));
  return new RateLimitError({
    message: `our own rate limit: no room before the deadline, free in about ${retryAfterMs} ms; nothing was sent`,
    outcome: 'not_sent',
    retryAfterMs,
  });
}
