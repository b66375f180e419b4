import type { VirtualClock } from '../../src/transport/virtual-clock.js';

/** Lets time pass until a promise is settled, or two minutes. */
export function runOn(clock: Pick<VirtualClock, 'advance'>): <T>(promise: Promise<T>) => Promise<T> {
  return async (promise) => {
    let isSettled = false;
    const mark = (): void => {
      isSettled = true;
    };
    promise.then(mark, mark);
    for (let ms = 0; !isSettled && ms < 120_000; ms += 10) await clock.advance(10);
    return promise;
  };
}
