import type { Clock } from '../../../transport/clock.js';

/** The venue's clock as it prints it: whole epoch ms. */
export function wallMs(clock: Clock): number {
  return Math.floor(clock.now());
}

/** Epoch ms → whole epoch seconds. */
export function toSeconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
