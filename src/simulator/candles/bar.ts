import type { TapeCandle } from '../contract.js';

/** What one stretch of time traded, still being written. */
export type Bar = { -readonly [K in keyof TapeCandle]: TapeCandle[K] };

/** Lengths of the bars that everything longer is made of: second, minute, hour, day. */
export const BAR_MS = [1_000, 60_000, 3_600_000, 86_400_000] as const;

/** Index into {@link BAR_MS}. */
export type BarSize = 0 | 1 | 2 | 3;

/** How many bars of the next smaller size fit into one; seconds hold none. */
export const BAR_PARTS = [0, 60, 60, 24] as const;

/** `target` with a later bar added; `undefined` is the empty bar. The inputs are not changed. */
export function mergeBars(target: Bar | undefined, later: Bar | undefined): Bar | undefined {
  if (target === undefined || later === undefined) return target ?? later;
  return {
    openedAt: target.openedAt,
    openTicks: target.openTicks,
    highTicks: Math.max(target.highTicks, later.highTicks),
    lowTicks: Math.min(target.lowTicks, later.lowTicks),
    closeTicks: later.closeTicks,
    baseLots: target.baseLots + later.baseLots,
    quoteTickLots: target.quoteTickLots + later.quoteTickLots,
  };
}
