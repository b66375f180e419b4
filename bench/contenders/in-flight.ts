import type { Contender } from '../measure/rounds.js';

const IN_FLIGHT = 16;

/** So many calls, 16 of them under way at any time. */
export function inFlight(name: string, calls: number, call: () => Promise<unknown>): Contender {
  return {
    name,
    run: async () => {
      let left = calls;
      const lane = async (): Promise<void> => {
        while (left-- > 0) await call();
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    },
  };
}
