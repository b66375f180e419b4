import type { Clock } from './clock.js';

/** What it resolves to, or `undefined` after `ms`: then it goes on, and nobody waits. @throws what it rejects with in time. */
export async function atMost<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | undefined> {
  let cancel = (): void => undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    const timer = clock.setTimer(ms, () => resolve(undefined));
    cancel = () => timer.cancel();
  });
  try {
    return await Promise.race([promise, tooLong]);
  } finally {
    cancel();
  }
}
