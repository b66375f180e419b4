import type { Clock } from './clock.js';
import { onAbort } from './on-abort.js';

/** Resolves after `ms`; earlier, and without an error, when the signal fires. */
export function sleep(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = (): void => {
      timer.cancel();
      leave?.();
      resolve();
    };
    const timer = clock.setTimer(ms, end);
    const leave = signal && onAbort(signal, end);
  });
}
