import { createHistogram } from '../model/histogram.js';
import type { StageTimes } from '../model/stage-times.js';

/**
 * Histograms of how long it takes from a frame to an order, by stage; in constant memory, quantiles off by less than 5 %.
 * @param options.now monotonic ms, `() => performance.now()`; with a simulator its own clock's.
 */
export function createStageTimes({ now }: { readonly now: () => number }): StageTimes {
  const decoded = createHistogram();
  const applied = createHistogram();
  const decided = createHistogram();
  const written = createHistogram();
  const acknowledged = createHistogram();
  let frames = 0;
  let receivedAt = Number.NaN;
  return {
    received() {
      frames++;
      receivedAt = now();
    },
    decoded: () => decoded.record(now() - receivedAt),
    applied: () => applied.record(now() - receivedAt),
    decided() {
      // Frames that come while the order is on its way are not what it was decided on.
      const from = receivedAt;
      decided.record(now() - from);
      return {
        written: () => written.record(now() - from),
        acknowledged: () => acknowledged.record(now() - from),
      };
    },
    summary: () => ({
      received: frames,
      decoded: decoded.summary(),
      applied: applied.summary(),
      decided: decided.summary(),
      written: written.summary(),
      acknowledged: acknowledged.summary(),
    }),
  };
}
