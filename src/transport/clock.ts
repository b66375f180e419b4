/** A started timer. `cancel` is idempotent and may be called after it fired. */
export interface Timer {
  cancel(): void;
}

/**
 * The only source of time. `now` may jump (the user sets the clock); `monotonic` never goes back, so every time-out,
 * age and limit is measured with it.
 */
export interface Clock {
  /** Wall time, epoch ms. */
  now(): number;
  /** Milliseconds since some fixed moment; may have a fraction. */
  monotonic(): number;
  /** Calls once after `delayMs`; any length (long delays are chunked), negative counts as 0. Never keeps the process alive by itself when `background`. */
  setTimer(delayMs: number, callback: () => void, options?: { background?: boolean }): Timer;
}

/** The longest delay that a native timer takes; a longer one would fire at once. */
const MAX_NATIVE_DELAY_MS = 2 ** 31 - 1;

/** The real clock of this process. */
export function createSystemClock(): Clock {
  // The global is a getter, which is a tenth of a look at the clock.
  const { performance: monotonic } = globalThis;
  return { now: () => Date.now(), monotonic: () => monotonic.now(), setTimer: setSystemTimer };
}

function setSystemTimer(delayMs: number, callback: () => void, options?: { background?: boolean }): Timer {
  const dueAt = performance.now() + Math.max(delayMs, 0);
  let native: NodeJS.Timeout | undefined;
  const arm = (restMs: number): void => {
    native = setTimeout(restMs > MAX_NATIVE_DELAY_MS ? next : callback, Math.min(restMs, MAX_NATIVE_DELAY_MS));
    if (options?.background) native.unref();
  };
  const next = (): void => arm(dueAt - performance.now());
  arm(Math.max(delayMs, 0));
  return { cancel: () => clearTimeout(native) };
}

/** Resolves once every promise reaction that is pending now, and every one that follows from it, has run. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
