import type { Clock } from '../../transport/clock.js';

/** Pushes come in bursts: what they speak of is read once for so many ms. */
const PAUSE_MS = 250;

/**
 * Reads again what pushes only say to have moved: once for a burst, and once more for what came while it was read.
 * @param read tells its failures by itself.
 */
export function createRefresh(clock: Clock, read: () => Promise<void>): () => void {
  let isBusy = false;
  let isWanted = false;

  async function run(): Promise<void> {
    isWanted = false;
    await read();
    isBusy = false;
    if (isWanted) plan();
  }

  function plan(): void {
    isBusy = true;
    clock.setTimer(PAUSE_MS, () => void run(), { background: true });
  }

  return () => {
    isWanted = true;
    if (!isBusy) plan();
  };
}
